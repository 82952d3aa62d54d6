import type { Ids } from '../state/ids.ts';
import type { Message, View } from '../state/model.ts';
import type { Block, Element } from './block.ts';

/** Elements of a block that a person can act on. */
export function actionable(block: Block): Element[] {
  const found: Element[] = [];
  if (block.element) found.push(block.element);
  if (block.accessory) found.push(block.accessory);
  if (block.type === 'actions' || block.type === 'context_actions') found.push(...(block.elements ?? []));
  if (block.type === 'card' && Array.isArray(block.actions)) found.push(...(block.actions as Element[]));
  return found.filter((element) => element.type !== 'image');
}

/** All blocks, those inside containers and carousels included. */
export function* everyBlock(blocks: Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block;
    if (Array.isArray(block.child_blocks)) yield* everyBlock(block.child_blocks as Block[]);
    if (block.type === 'carousel' && Array.isArray(block.elements)) yield* everyBlock(block.elements as Block[]);
  }
}

type Attachment = NonNullable<Message['attachments']>[number];

const blocksIn = (attachment: Attachment) => (Array.isArray(attachment.blocks) ? (attachment.blocks as Block[]) : []);

/** Everything that a message or view shows, attachments' blocks included. */
export function shownBlocks(on: Message | View): Block[] {
  if ('hash' in on) return on.blocks;
  return [...(on.blocks ?? []), ...(on.attachments ?? []).flatMap(blocksIn)];
}

export function prepareAttachments(attachments: Attachment[], ids: Ids): Attachment[] {
  return attachments.map((attachment, index) => ({
    id: index + 1,
    ...attachment,
    ...(attachment.blocks ? { blocks: prepareBlocks(blocksIn(attachment), ids) } : {}),
  }));
}

/** A copy with the block_ids and action_ids that Slack makes up where an app gives none. */
export function prepareBlocks(blocks: Block[], ids: Ids): Block[] {
  const copy = structuredClone(blocks);
  for (const block of everyBlock(copy)) {
    block.block_id ||= ids.secret(5);
    for (const element of actionable(block)) element.action_id ||= ids.secret(5);
  }
  return copy;
}
