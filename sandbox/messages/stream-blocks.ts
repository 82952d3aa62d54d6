import type { Block } from '../blocks/block.ts';
import { textOrEmpty } from '../text/in-text.ts';

/** A piece of a streamed message, as chat.startStream, appendStream and stopStream take it. */
export type Chunk = { type: string; [key: string]: unknown };

const plain = (text: unknown) =>
  typeof text === 'string' && text !== ''
    ? { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] }
    : undefined;

function taskOf(chunk: Chunk, before: Block | undefined): Block {
  const { id, title, status, details, output, sources } = chunk;
  return {
    ...before,
    type: 'task_card',
    task_id: id,
    title: title ?? before?.title,
    status: status ?? before?.status ?? 'pending',
    ...(plain(details) ? { details: plain(details) } : {}),
    ...(plain(output) ? { output: plain(output) } : {}),
    ...(sources ? { sources } : {}),
  } as Block;
}

function withTask(blocks: Block[], chunk: Chunk): Block[] {
  const index = blocks.findIndex((block) => block.type === 'task_card' && block.task_id === chunk.id);
  const task = taskOf(chunk, blocks[index]);
  return index < 0 ? [...blocks, task] : blocks.with(index, task);
}

function withPlan(blocks: Block[], change: (plan: Block & { tasks: Block[] }) => Block): Block[] {
  const index = blocks.findIndex(({ type }) => type === 'plan');
  const found = blocks[index] as (Block & { tasks?: Block[] }) | undefined;
  const plan = change({ type: 'plan', title: 'Plan' as never, ...found, tasks: found?.tasks ?? [] });
  return index < 0 ? [...blocks, plan] : blocks.with(index, plan);
}

function withMarkdown(blocks: Block[], text: string): Block[] {
  const last = blocks.at(-1);
  if (last?.type !== 'markdown') return [...blocks, { type: 'markdown', text: text as never }];
  return blocks.with(-1, { ...last, text: `${textOrEmpty(last.text)}${text}` as never });
}

/** The blocks of a streamed message after one more chunk. `grouped` puts its tasks into one plan. */
export function streamBlocks(blocks: Block[], chunk: Chunk, grouped: boolean): Block[] {
  if (chunk.type === 'markdown_text') return withMarkdown(blocks, textOrEmpty(chunk.text));
  if (chunk.type === 'blocks') return [...blocks, ...(chunk.blocks as Block[])];
  if (chunk.type === 'plan_update') return withPlan(blocks, (plan) => ({ ...plan, title: chunk.title as never }));
  if (!grouped) return withTask(blocks, chunk);
  return withPlan(blocks, (plan) => ({ ...plan, tasks: withTask(plan.tasks, chunk) }));
}
