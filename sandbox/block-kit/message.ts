import { limits } from '../rules/limits.ts';
import { anyBlock, type Placed, placedBlocks } from './blocks.ts';
import { checkSchema, isRecord } from './check-schema.ts';
import { checkPlacement } from './placement.ts';
import { array } from './schema.ts';
import { textLength } from './text-length.ts';
import { fail, mistype, type Report } from './violation.ts';

const blockList = array(anyBlock, 0, limits.messageBlocks.value);

/** A message `{ text?, blocks?, attachments? }`, or its blocks alone as an array. */
export function checkMessage(payload: unknown, report: Report): void {
  if (Array.isArray(payload)) {
    checkTogether(checkBlocks(payload, '', report), '', report);
    return;
  }
  if (!isRecord(payload)) {
    mistype(report, '', 'must provide an object');
    return;
  }
  const { text, blocks, attachments } = payload;
  if (text !== undefined && typeof text !== 'string') mistype(report, '/text', 'must provide a string');
  const placed = blocks === undefined ? [] : checkBlocks(blocks, '/blocks', report);
  const attached = attachments === undefined ? [] : checkAttachments(attachments, report);
  checkTogether([...placed, ...attached], '/blocks', report);
}

function checkBlocks(blocks: unknown, pointer: string, report: Report): Placed[] {
  checkSchema(blockList, blocks, pointer, report);
  return placedBlocks(blocks, pointer);
}

function checkAttachments(attachments: unknown, report: Report): Placed[] {
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
    else if (attachment.blocks !== undefined) return checkBlocks(attachment.blocks, `${pointer}/blocks`, report);
    return [];
  });
}

/** What the blocks of a message break together; `root` is where sums over all of them are reported. */
function checkTogether(blocks: Placed[], root: string, report: Report): void {
  const ofType = (...types: unknown[]) => blocks.filter(({ value }) => types.includes(value.type));
  const outermost = blocks.filter(({ pointer }) => !blocks.some((other) => pointer.startsWith(`${other.pointer}/`)));
  checkPlacement(blocks, report);
  checkMost(ofType('table'), limits.tablesPerMessage.value, report);
  checkMost(ofType('data_visualization'), limits.chartsPerMessage.value, report);
  checkSum(ofType('markdown'), 'max_markdown_text', limits.markdownText.value, root, report);
  checkSum(ofType('table', 'data_table'), 'max_table_text', limits.tableText.value, root, report);
  checkSum(outermost, 'max_blocks_text', limits.messageBlocksText.value, root, report);
}

function checkMost(blocks: Placed[], expected: number, report: Report): void {
  for (const { value, pointer } of blocks.slice(expected)) {
    const message = `no more than ${expected} ${value.type} allowed in a message`;
    fail(report, pointer, message, { type: 'max_items', expected, got: blocks.length });
  }
}

function checkSum(blocks: Placed[], type: string, expected: number, root: string, report: Report): void {
  const got = blocks.reduce((sum, { value }) => sum + textLength(value), 0);
  if (got > expected)
    fail(report, root, `must be less than ${expected + 1} characters together`, { type, expected, got });
}
