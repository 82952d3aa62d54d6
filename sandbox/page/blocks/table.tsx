import type { Block } from '../../model.ts';
import { ScrollRegion } from '../shell/scroll-region.tsx';
import { type Cell, CellView, cellText } from './cell.tsx';

type ColumnSettings = { align?: 'left' | 'center' | 'right'; is_wrapped?: boolean } | null;

export function Table({ block }: { block: Block }) {
  const [head = [], ...rows] = (block.rows ?? []) as Cell[][];
  const settings = (block.column_settings ?? []) as ColumnSettings[];
  const look = (column: number, cell: Cell) => ({
    textAlign: settings[column]?.align ?? (cell.type === 'raw_number' ? 'right' : undefined),
    whiteSpace: settings[column]?.is_wrapped === false ? ('nowrap' as const) : undefined,
  });
  return (
    <ScrollRegion className="table-scroll" label="Table">
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
