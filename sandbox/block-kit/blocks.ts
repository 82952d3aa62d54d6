import { isRecord } from './check-schema.ts';
import { composedBlocks } from './composed-blocks.ts';
import { dataBlocks } from './data-blocks.ts';
import { layoutBlocks } from './layout-blocks.ts';
import { type Schema, union } from './schema.ts';

export const blockSchemas: Record<string, Schema> = { ...layoutBlocks, ...dataBlocks, ...composedBlocks };

export const anyBlock = union(blockSchemas);

export interface Placed {
  value: Record<string, unknown>;
  pointer: string;
}

const nests = new Map<unknown, string>([
  ['container', 'child_blocks'],
  ['carousel', 'elements'],
  ['plan', 'tasks'],
]);

/** The blocks of a surface and those inside them, in the order in which they are read. */
export function placedBlocks(blocks: unknown, pointer: string): Placed[] {
  return placed(blocks, pointer).flatMap((block) => {
    const nest = nests.get(block.value.type);
    return nest ? [block, ...placedBlocks(block.value[nest], `${block.pointer}/${nest}`)] : [block];
  });
}

/** The elements of one block, without those of the blocks inside it. */
export function placedElements({ value, pointer }: Placed): Placed[] {
  const own = ['accessory', 'element'].flatMap((name) => {
    const element = value[name];
    return isRecord(element) ? [{ value: element, pointer: `${pointer}/${name}` }] : [];
  });
  const elements = value.type === 'carousel' ? [] : placed(value.elements, `${pointer}/elements`);
  return [...own, ...elements, ...placed(value.actions, `${pointer}/actions`)];
}

function placed(list: unknown, pointer: string): Placed[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value, index) => (isRecord(value) ? [{ value, pointer: `${pointer}/${index}` }] : []));
}
