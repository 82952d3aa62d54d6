import { limits } from '../rules/limits.ts';
import { anyBlock, type Placed, placedBlocks } from './blocks.ts';
import { checkSchema, isRecord } from './check-schema.ts';
import { checkPlacement } from './placement.ts';
import { array } from './schema.ts';
import { textLength } from './text-length.ts';
import { fail, mistype, type Report } from './violation.ts';

const blockList = array(anyBlock, 0, limits.messageBlocks.value);

/** A list of blocks and where it stands: the message's own, or that of an attachment. */
interface BlockList {
  blocks: unknown;
  pointer: string;
}

/** A message `{ text?, blocks?, attachments? }`, or its blocks alone as an array. */
export function checkMessage(payload: unknown, report: Report): void {
  if (Array.isArray(payload)) {
    checkLists([{ blocks: payload, pointer: '' }], '', report);
    return;
  }
  if (!isRecord(payload)) {
    mistype(report, '', 'must provide an object');
    return;
  }
  const { text, blocks, attachments } = payload;
  if (text !== undefined && typeof text !== 'string') mistype(report, '/text', 'must provide a string');
  const own = blocks === undefined ? [] : [{ blocks, pointer: '/blocks' }];
  checkLists([...own, ...attachedLists(attachments, report)], '/blocks', report);
}

function attachedLists(attachments: unknown, report: Report): BlockList[] {
  if (attachments === undefined) return [];
  if (!Array.isArray(attachments)) {
    mistype(report, '/attachments', 'must provide an array');
    return [];
  }
  const expected = limits.attachments.value;
  const got = attachments.length;
  if (got > expected) {
    fail(report, '/attachments', `no more than ${expected} items allowed`, { type: 'max_items', expected, got });
  }
  return attachments.flatMap((attachment, index) => {
    const pointer = `/attachments/${index}`;
    if (!isRecord(attachment)) mistype(report, pointer, 'must provide an object');
    else if (attachment.blocks !== undefined) return [{ blocks: attachment.blocks, pointer: `${pointer}/blocks` }];
    return [];
  });
}

/** Each list alone, then what all of them break together; `root` is where sums are reported. */
function checkLists(lists: BlockList[], root: string, report: Report): void {
  for (const { blocks, pointer } of lists) checkSchema(blockList, blocks, pointer, report);
  const placed = lists.flatMap(({ blocks, pointer }) => placedBlocks(blocks, pointer));
  const ofType = (...types: unknown[]) => placed.filter(({ value }) => types.includes(value.type));
  const textOf = (...types: string[]) => ofType(...types).map(({ value }) => value);
  checkPlacement(placed, report);
  checkMost(ofType('table'), limits.tablesPerMessage.value, report);
  checkMost(ofType('data_visualization'), limits.chartsPerMessage.value, report);
  checkText(textOf('markdown'), 'max_markdown_text', limits.markdownText.value, root, report);
  checkText(textOf('table', 'data_table'), 'max_table_text', limits.tableText.value, root, report);
  const all = lists.map(({ blocks }) => blocks);
  checkText(all, 'max_blocks_text', limits.messageBlocksText.value, root, report);
}

function checkMost(blocks: Placed[], expected: number, report: Report): void {
  for (const { value, pointer } of blocks.slice(expected)) {
    const message = `no more than ${expected} ${value.type} allowed in a message`;
    fail(report, pointer, message, { type: 'max_items', expected, got: blocks.length });
  }
}

function checkText(values: unknown[], type: string, expected: number, root: string, report: Report): void {
  const got = textLength(values);
  if (got <= expected) return;
  fail(report, root, `must be less than ${expected + 1} characters together`, { type, expected, got });
}
