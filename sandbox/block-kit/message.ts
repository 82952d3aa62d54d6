import { limits } from '../rules/limits.ts';
import {
  anyBlock,
  checkActionIds,
  checkBlockIds,
  checkFocus,
  checkSurfaces,
  type PlacedBlock,
  placedBlocks,
} from './blocks.ts';
import { checkSchema, isRecord } from './check-schema.ts';
import { array, lazy } from './schema.ts';
import { textLength } from './text-length.ts';
import { fail, type Report } from './violation.ts';

const blockList = array(
  lazy(() => anyBlock),
  0,
  limits.messageBlocks.value,
);

/** A message `{ text?, blocks?, attachments? }`, or its blocks alone as an array. */
export function checkMessage(payload: unknown, report: Report): void {
  if (Array.isArray(payload)) checkBlocks(payload, '', report);
  else if (isRecord(payload)) checkParts(payload, report);
  else fail(report, '', 'must be an object', { type: 'type', expected: 'object' });
}

function checkParts({ text, blocks, attachments }: Record<string, unknown>, report: Report): void {
  if (text !== undefined && typeof text !== 'string') {
    fail(report, '/text', 'must be a string', { type: 'type', expected: 'string', got: typeof text });
  }
  if (blocks !== undefined) checkBlocks(blocks, '/blocks', report);
  if (attachments !== undefined) checkAttachments(attachments, report);
}

function checkAttachments(attachments: unknown, report: Report): void {
  checkSchema(
    { kind: 'array', items: { kind: 'any' }, max: limits.attachments.value },
    attachments,
    '/attachments',
    report,
  );
  if (!Array.isArray(attachments)) return;
  for (const [index, attachment] of attachments.entries()) {
    const pointer = `/attachments/${index}`;
    if (!isRecord(attachment)) fail(report, pointer, 'must be an object', { type: 'type', expected: 'object' });
    else if (attachment.blocks !== undefined) checkBlocks(attachment.blocks, `${pointer}/blocks`, report);
  }
}

function checkBlocks(blocks: unknown, pointer: string, report: Report): void {
  checkSchema(blockList, blocks, pointer, report);
  const placed = placedBlocks(blocks, pointer);
  checkSurfaces(placed, report);
  checkBlockIds(placed, report);
  checkActionIds(placed, report);
  checkFocus(placed, limits.focusOnLoad.value, report);
  checkMost(placed, 'table', limits.tablesPerMessage.value, report);
  checkMost(placed, 'data_visualization', limits.chartsPerMessage.value, report);
  checkSum(placed, ['markdown'], 'max_markdown_text', limits.markdownText.value, pointer, report);
  checkSum(placed, ['table', 'data_table'], 'max_table_text', limits.tableText.value, pointer, report);
  const total = textLength(blocks);
  if (total > limits.messageBlocksText.value) {
    const expected = limits.messageBlocksText.value;
    fail(report, pointer, `blocks must hold less than ${expected + 1} characters`, {
      type: 'max_blocks_text',
      expected,
    });
  }
}

function checkMost(placed: PlacedBlock[], type: string, most: number, report: Report): void {
  for (const { pointer } of placed.filter(({ block }) => block.type === type).slice(most)) {
    fail(report, pointer, `no more than ${most} ${type} blocks allowed`, { type: 'max_items', expected: most });
  }
}

function checkSum(
  placed: PlacedBlock[],
  types: string[],
  constraint: string,
  most: number,
  pointer: string,
  report: Report,
): void {
  const members = placed.filter(({ block }) => types.includes(String(block.type)));
  if (members.length === 0) return;
  const total = members.reduce((sum, { block }) => sum + textLength(block), 0);
  if (total <= most) return;
  const message = `${types.join(' and ')} blocks must hold less than ${most + 1} characters together`;
  fail(report, pointer, message, { type: constraint, expected: most });
}
