import { blockSurfaces } from '../rules/surfaces.ts';
import { isRecord } from './check-schema.ts';
import { composedBlocks } from './composed-blocks.ts';
import { dataBlocks } from './data-blocks.ts';
import { layoutBlocks } from './layout-blocks.ts';
import { type Schema, union } from './schema.ts';
import { fail, type Report, type Surface } from './violation.ts';

export const blockSchemas: Record<string, Schema> = { ...layoutBlocks, ...dataBlocks, ...composedBlocks };

export const anyBlock = union(blockSchemas);

export interface PlacedBlock {
  block: Record<string, unknown>;
  pointer: string;
}

const nests: Record<string, string> = { container: 'child_blocks', carousel: 'elements', plan: 'tasks' };

/** The blocks of a surface and those inside them, in the order in which they are read. */
export function placedBlocks(blocks: unknown, pointer: string): PlacedBlock[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap((block, index) => {
    if (!isRecord(block)) return [];
    const at = `${pointer}/${index}`;
    const nest = typeof block.type === 'string' ? nests[block.type] : undefined;
    return [{ block, pointer: at }, ...(nest ? placedBlocks(block[nest], `${at}/${nest}`) : [])];
  });
}

export function checkSurfaces(placed: PlacedBlock[], report: Report): void {
  const surfaces: Record<string, { value: string[] }> = blockSurfaces;
  const allowed = Object.keys(surfaces).filter((type) => surfaces[type]?.value.includes(report.surface));
  for (const { block, pointer } of placed) {
    const { type } = block;
    if (typeof type !== 'string' || !Object.hasOwn(surfaces, type) || allowed.includes(type)) continue;
    fail(report, `${pointer}/type`, `unsupported type: ${type}`, { type: 'enum', expected: allowed, got: type });
  }
}

export function checkBlockIds(placed: PlacedBlock[], report: Report): void {
  const seen = new Set<string>();
  for (const { block, pointer } of placed) {
    const { block_id: id } = block;
    if (typeof id !== 'string') continue;
    if (seen.has(id)) {
      fail(report, `${pointer}/block_id`, 'block_id must be unique', {
        type: 'unique',
        expected: 'a block_id of its own',
        got: id,
      });
    }
    seen.add(id);
  }
}

interface PlacedElement {
  element: Record<string, unknown>;
  pointer: string;
}

/** The interactive elements of one block, without those of the blocks inside it. */
function elementsOf({ block, pointer }: PlacedBlock): PlacedElement[] {
  const places: [string, unknown][] = [
    [`${pointer}/accessory`, block.accessory],
    [`${pointer}/element`, block.element],
  ];
  for (const name of block.type === 'carousel' ? [] : ['elements', 'actions']) {
    const list = block[name];
    if (Array.isArray(list))
      for (const [index, item] of list.entries()) places.push([`${pointer}/${name}/${index}`, item]);
  }
  return places.flatMap(([at, element]) => (isRecord(element) ? [{ element, pointer: at }] : []));
}

export function checkActionIds(placed: PlacedBlock[], report: Report): void {
  for (const block of placed) {
    const seen = new Set<string>();
    for (const { element, pointer } of elementsOf(block)) {
      const { action_id: id } = element;
      if (typeof id !== 'string') continue;
      if (seen.has(id)) {
        fail(report, `${pointer}/action_id`, 'action_id must be unique within its block', {
          type: 'unique',
          expected: 'an action_id of its own',
          got: id,
        });
      }
      seen.add(id);
    }
  }
}

export function checkFocus(placed: PlacedBlock[], most: number, report: Report): void {
  const focused = placed.flatMap(elementsOf).filter(({ element }) => element.focus_on_load === true);
  for (const { pointer } of focused.slice(most)) {
    fail(report, `${pointer}/focus_on_load`, `only ${most} element may have focus_on_load`, {
      type: 'max_items',
      expected: most,
    });
  }
}

export function checkFileInputs(placed: PlacedBlock[], surfaces: readonly Surface[], report: Report): void {
  if (surfaces.includes(report.surface)) return;
  for (const { element, pointer } of placed.flatMap(elementsOf)) {
    if (element.type !== 'file_input') continue;
    fail(report, `${pointer}/type`, 'unsupported type: file_input', {
      type: 'enum',
      expected: surfaces,
      got: report.surface,
    });
  }
}
