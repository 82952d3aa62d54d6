import { placedBlocks } from '../block-kit/blocks.ts';
import { placedSlackFiles } from '../block-kit/slack-files.ts';
import { type Report, unsupported, type Violation } from '../block-kit/violation.ts';
import type { Block } from '../blocks/block.ts';
import { everyBlock } from '../blocks/prepare-blocks.ts';
import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import { blockSurfaces } from '../rules/surfaces.ts';
import { ApiError } from './api-error.ts';

/** Well-formed blocks that this workspace refuses all the same. `pointer` is where the blocks stand. */
export function refusedBlocks(engine: Engine, blocks: Block[] | undefined, pointer: string): Violation[] {
  return [...missingBlocks(engine, blocks, pointer), ...unusableFiles(engine, blocks, pointer)];
}

function missingBlocks({ missingBlocks: missing }: Engine, blocks: Block[] | undefined, pointer: string): Violation[] {
  const report: Report = { surface: 'message', violations: [] };
  const known = Object.keys(blockSurfaces).filter((type) => !missing.has(type));
  for (const { value, pointer: place } of placedBlocks(blocks, pointer)) {
    if (missing.has(String(value.type))) unsupported(report, place, known, value.type);
  }
  return report.violations;
}

/** Images whose slack_file is no image, not processed yet, or nobody's. */
function unusableFiles(engine: Engine, blocks: Block[] | undefined, pointer: string): Violation[] {
  const { files } = engine.state;
  const types: string[] = limits.slackFileTypes.value.map((type) => `image/${type}`);
  return placedSlackFiles(blocks, pointer).flatMap(({ file: { id, url }, pointer: place }) => {
    const file = id ? files.get(id) : [...files.values()].find((entry) => url?.includes(`-${entry.id}/`));
    if (file?.state === 'ready' && types.includes(file.mimetype)) return [];
    return [{ code: 'failed_constraint' as const, message: limits.slackFileNotReady.value, pointer: place }];
  });
}

function requireScope(engine: Engine, needed: string): void {
  const { scopes } = engine.state.app;
  if (!scopes.includes(needed)) throw new ApiError('missing_scope', { needed, provided: scopes.join(',') });
}

export function requireVideoScope(engine: Engine, blocks: Block[] | undefined): void {
  for (const { type } of everyBlock(blocks ?? [])) if (type === 'video') requireScope(engine, limits.videoScope.value);
}

export function requireFileInputScope(engine: Engine, blocks: Block[]): void {
  for (const { element } of everyBlock(blocks))
    if (element?.type === 'file_input') requireScope(engine, limits.fileInputScope.value);
}
