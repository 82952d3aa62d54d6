import { limits } from '../rules/limits.ts';
import { blockSurfaces, elementSurfaces } from '../rules/surfaces.ts';
import { type Placed, placedElements } from './blocks.ts';
import { fail, type Report, type Surface, unsupported } from './violation.ts';

type Where = Record<string, { value: readonly Surface[] }>;

/** What blocks break together, on any surface: where they stand, ids that repeat, two focused elements. */
export function checkPlacement(blocks: Placed[], report: Report): void {
  const held = blocks.map((block) => ({ block, elements: placedElements(block) }));
  const elements = held.flatMap((each) => each.elements);
  checkSurfaces(blocks, blockSurfaces, report);
  checkSurfaces(elements, elementSurfaces, report);
  checkUnique(blocks, 'block_id', report);
  for (const each of held) checkUnique(each.elements, 'action_id', report);
  checkFocus(elements, report);
  for (const each of held) {
    if (report.surface !== 'modal' || each.block.value.type !== 'input') checkResponseUrls(each.elements, report);
  }
}

function checkSurfaces(all: Placed[], where: Where, report: Report): void {
  const stands = (type: string) => where[type]?.value.includes(report.surface);
  for (const { value, pointer } of all) {
    const { type } = value;
    if (typeof type !== 'string' || !Object.hasOwn(where, type) || stands(type)) continue;
    unsupported(report, pointer, Object.keys(where).filter(stands), type);
  }
}

function checkUnique(all: Placed[], name: string, report: Report): void {
  const seen = new Set<unknown>();
  for (const { value, pointer } of all) {
    const got = value[name];
    if (seen.has(got)) fail(report, `${pointer}/${name}`, `\`${name}\` ${got} already exists`, { type: 'unique', got });
    if (typeof got === 'string') seen.add(got);
  }
}

function checkFocus(elements: Placed[], report: Report): void {
  const expected = limits.focusOnLoad.value;
  const focused = elements.filter(({ value }) => value.focus_on_load === true);
  for (const { pointer } of focused.slice(expected)) {
    const message = `no more than ${expected} element may have \`focus_on_load\``;
    fail(report, `${pointer}/focus_on_load`, message, { type: 'max_items', expected, got: focused.length });
  }
}

function checkResponseUrls(elements: Placed[], report: Report): void {
  for (const { value, pointer } of elements) {
    if (value.response_url_enabled !== true) continue;
    const message = '`response_url_enabled` asks for an input block of a modal';
    fail(report, `${pointer}/response_url_enabled`, message, { type: 'enum', expected: [false], got: true });
  }
}
