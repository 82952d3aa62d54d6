import type { RichTextBlock } from '@slack/types';
import { RichText } from '../text/rich-text.tsx';

export type Cell =
  | { type: 'raw_text'; text: string }
  | { type: 'raw_number'; value?: number; number?: number; text?: string }
  | RichTextBlock;

export function CellView({ cell }: { cell: Cell }) {
  if (cell.type === 'rich_text') return <RichText block={cell} />;
  return <>{cellText(cell)}</>;
}

/** A cell's words, for sorting and filtering. */
export function cellText(cell: Cell): string {
  if (cell.type === 'raw_text') return cell.text;
  if (cell.type === 'raw_number') return cell.text ?? String(cell.value ?? cell.number ?? '');
  return JSON.stringify(cell.elements).replace(/"(type|style|bold|italic)":("[^"]*"|true|false|\{)/g, ' ');
}
