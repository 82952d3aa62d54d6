import { ApiError, invalidArguments } from './api-error.ts';
import type { Args } from './args.ts';

/** Slack's cursors are base64 of words like these; apps must not look inside. */
const encode = (mark: string) => Buffer.from(`next_ts:${mark}`).toString('base64');

export function readCursor(args: Args): string | undefined {
  const cursor = args.string('cursor');
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64').toString('utf8');
  if (!text.startsWith('next_ts:')) throw new ApiError('invalid_cursor');
  return text.slice('next_ts:'.length);
}

export function nextCursor(mark: string | undefined): { response_metadata: { next_cursor: string } } {
  return { response_metadata: { next_cursor: mark === undefined ? '' : encode(mark) } };
}

export function readLimit(args: Args, usual: number, most: number): number {
  const limit = args.number('limit') ?? usual;
  if (!Number.isInteger(limit) || limit < 0) throw invalidArguments('must be a positive number', '/limit');
  return Math.min(limit === 0 ? usual : limit, most);
}

/** One page of a list whose order does not change; the cursor is a position. `short`: less than asked for, unless it is the last. */
export function pageOf<Item>(
  items: Item[],
  args: Args,
  short = false,
): { page: Item[]; response_metadata: { next_cursor: string } } {
  const cursor = readCursor(args);
  const start = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isInteger(start) || start < 0 || start > items.length) throw new ApiError('invalid_cursor');
  const limit = readLimit(args, 100, 1000);
  const end = start + (short && limit > 1 && start + limit < items.length ? limit - 1 : limit);
  return { page: items.slice(start, end), ...nextCursor(end < items.length ? String(end) : undefined) };
}
