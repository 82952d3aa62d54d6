import { useState } from 'preact/hooks';
import type { Block } from '../../blocks/block.ts';
import { ScrollRegion } from '../shell/kit/scroll-region.tsx';
import { type Cell, CellView, cellText } from './cell.tsx';

const defaultPageSize = 5;

export function DataTable({ block }: { block: Block }) {
  const [head = [], ...rows] = (block.rows ?? []) as Cell[][];
  const [sort, setSort] = useState<{ column: number; down: boolean }>();
  const [page, setPage] = useState(0);
  const size = Number(block.page_size ?? defaultPageSize);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const sorted = sort ? rows.toSorted((a, b) => byCell(a[sort.column], b[sort.column]) * (sort.down ? -1 : 1)) : rows;
  const rowHeader = block.row_header_column_index as number | undefined;
  const order = (column: number) => (sort?.column === column ? (sort.down ? 'descending' : 'ascending') : 'none');
  return (
    <div class="data-table">
      <ScrollRegion className="table-scroll" label={String(block.caption ?? 'Table')} small>
        <table>
          <caption>{String(block.caption ?? '')}</caption>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th key={column} scope="col" aria-sort={order(column)}>
                  <button
                    type="button"
                    class="sort"
                    onClick={() => setSort({ column, down: sort?.column === column && !sort.down })}
                  >
                    <CellView cell={cell} />
                    <span aria-hidden="true">{{ none: '', ascending: ' ↑', descending: ' ↓' }[order(column)]}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(page * size, (page + 1) * size).map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) =>
                  column === rowHeader ? (
                    <th key={column} scope="row">
                      <CellView cell={cell} />
                    </th>
                  ) : (
                    <td key={column} class={cell.type === 'raw_number' ? 'number' : ''}>
                      <CellView cell={cell} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {pages > 1 ? (
        <div class="pager">
          <button type="button" class="button button-small" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </button>
          <span>
            {page + 1} of {pages}
          </span>
          <button
            type="button"
            class="button button-small"
            disabled={page === pages - 1}
            onClick={() => setPage(page + 1)}
          >
            Next
          </button>
        </div>
      ) : null}
    </div>
  );
}

function byCell(a: Cell | undefined, b: Cell | undefined): number {
  const [one, other] = [a ? cellText(a) : '', b ? cellText(b) : ''];
  return one.localeCompare(other, 'en', { numeric: true });
}
