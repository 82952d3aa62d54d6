import type { StateValue } from '../../../blocks/block.ts';
import type { View } from '../../../state/model.ts';

const words = 'Please fill in this field.';

function isEmpty({ type: _type, ...rest }: StateValue): boolean {
  return Object.values(rest).every(
    (value) =>
      value === null ||
      value === undefined ||
      (typeof value === 'string' && value.trim() === '') ||
      (Array.isArray(value) && value.length === 0),
  );
}

/** What a form says before it is sent: block_id -> words under each required input that is still empty. */
export function missingInputs(
  view: Pick<View, 'blocks' | 'values'>,
  drafts: ReadonlyMap<string, string>,
): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const { type, block_id: blockId = '', element, optional } of view.blocks) {
    if (type !== 'input' || !element || optional) continue;
    const draft = drafts.get(blockId);
    const value = view.values[blockId]?.[element.action_id ?? ''];
    const empty = draft === undefined ? !value || isEmpty(value) : draft.trim() === '';
    if (empty) missing[blockId] = words;
  }
  return missing;
}
