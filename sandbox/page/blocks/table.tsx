import type { Block } from '../../blocks/block.ts';
import { ScrollRegion } from '../shell/kit/scroll-region.tsx';
import { type Cell, CellView, cellText } from './cell.tsx';

type ColumnSettings = { align?: 'left' | 'center' | 'right'; is_wrapped?: boolean } | null;

const shortCharacters = 24;

/** Columns do not wrap unless they say so; what is long wraps here all the same, so that it can be read. */
function staysOnOneLine(settings: ColumnSettings | undefined, cell: Cell): boolean {
  if (settings?.is_wrapped !== undefined) return !settings.is_wrapped;
  return cellText(cell).length <= shortCharacters;
}

export function Table({ block }: { block: Block }) {
  const [head = [], ...rows] = (block.rows ?? []) as Cell[][];
  const settings = (block.column_settings ?? []) as ColumnSettings[];
  const look = (column: number, cell: Cell) => ({
    textAlign: settings[column]?.align ?? (cell.type === 'raw_number' ? 'right' : undefined),
    whiteSpace: staysOnOneLine(settings[column], cell) ? ('nowrap' as const) : undefined,
  });
  return (
    <ScrollRegion className="table-scroll" label="Table" small>
      <table>
        <thead>
          <tr>
            {head.map((cell, column) =>
              cellText(cell).trim() === '' ? (
                <td key={column} />
              ) : (
                <th key={column} scope="col" style={look(column, cell)}>
                  <CellView cell={cell} />
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} style={look(column, cell)}>
                  <CellView cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
