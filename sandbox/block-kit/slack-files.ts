import { isRecord } from './check-schema.ts';

export interface PlacedFile {
  file: { id?: string; url?: string };
  /** Where the slack_file stands, which is where Slack reports `invalid slack file`. */
  pointer: string;
}

/** The slack_file references of valid blocks, in image blocks and in image elements however deep they stand. */
export function placedSlackFiles(blocks: unknown, pointer: string): PlacedFile[] {
  if (Array.isArray(blocks)) return blocks.flatMap((item, index) => placedSlackFiles(item, `${pointer}/${index}`));
  if (!isRecord(blocks)) return [];
  const own = isRecord(blocks.slack_file) ? [{ file: blocks.slack_file, pointer: `${pointer}/slack_file` }] : [];
  const inside = Object.entries(blocks).filter(([key]) => key !== 'slack_file');
  return [...own, ...inside.flatMap(([key, child]) => placedSlackFiles(child, `${pointer}/${key}`))];
}
