import { limits } from '../rules/limits.ts';
import { chart } from './chart.ts';
import { isRecord } from './check-schema.ts';
import { blockId } from './layout-blocks.ts';
import { richTextMember } from './rich-text.ts';
import {
  array,
  boolean,
  enumOf,
  integer,
  number,
  object,
  required,
  type Schema,
  someText,
  string,
  typed,
  union,
} from './schema.ts';
import { fail, type Report, unsupported } from './violation.ts';

const cell = union({
  raw_text: typed({ text: required(someText) }),
  raw_number: typed({ value: required(number), text: required(someText) }),
  rich_text: richTextMember,
});

function evenRows(block: Record<string, unknown>, pointer: string, report: Report): void {
  const rows: unknown[] = Array.isArray(block.rows) ? block.rows : [];
  const width = rows.find(Array.isArray)?.length;
  for (const [index, row] of rows.entries()) {
    if (!Array.isArray(row) || row.length === width) continue;
    const message = `must provide ${width} items, as the first row does`;
    fail(report, `${pointer}/rows/${index}`, message, { type: 'min_items', expected: width, got: row.length });
  }
}

function plainHeader(block: Record<string, unknown>, pointer: string, report: Report): void {
  const header: unknown[] = Array.isArray(block.rows) && Array.isArray(block.rows[0]) ? block.rows[0] : [];
  for (const [index, item] of header.entries()) {
    if (!isRecord(item) || item.type !== 'rich_text') continue;
    unsupported(report, `${pointer}/rows/0/${index}`, limits.dataTableHeader.value, item.type);
  }
}

function headerColumnExists(block: Record<string, unknown>, pointer: string, report: Report): void {
  const { row_header_column_index: index, rows } = block;
  const width = Array.isArray(rows) && Array.isArray(rows[0]) ? rows[0].length : undefined;
  if (typeof index !== 'number' || width === undefined || index < width) return;
  const expected = width - 1;
  const message = `must be less than ${expected}`;
  fail(report, `${pointer}/row_header_column_index`, message, { type: 'maximum', expected, got: index });
}

export const tableBlocks: Record<string, Schema> = {
  table: typed(
    {
      ...blockId,
      rows: required(array(array(cell, 1, limits.tableCells.value), 1, limits.tableRows.value)),
      column_settings: {
        ...array(
          object({ align: enumOf('left', 'center', 'right'), is_wrapped: boolean }),
          0,
          limits.tableColumnSettings.value,
        ),
        holes: true,
      },
    },
    evenRows,
  ),
  data_table: typed(
    {
      ...blockId,
      caption: required(someText),
      rows: required(
        array(array(cell, 1, limits.dataTableCells.value), limits.dataTableRowsMin.value, limits.dataTableRows.value),
      ),
      page_size: integer(1, limits.dataTablePageSize.value),
      row_header_column_index: integer(0),
    },
    evenRows,
    plainHeader,
    headerColumnExists,
  ),
};

export const dataBlocks: Record<string, Schema> = {
  ...tableBlocks,
  data_visualization: typed({
    ...blockId,
    title: required(string(limits.chartTitle.value, 1)),
    chart: required(chart),
  }),
};
