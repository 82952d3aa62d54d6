import type { Block, Element } from '../blocks/block.ts';
import { actionable, everyBlock } from '../blocks/prepare-blocks.ts';
import type { ClickTarget } from './person.ts';

export type Control = { block: Block; element: Element };

export function* controls(blocks: Block[]): Generator<Control> {
  for (const block of everyBlock(blocks)) for (const element of actionable(block)) yield { block, element };
}

/** A button's value and words; feedback_buttons are two of them under one action_id. */
type Face = Pick<Element, 'value' | 'text'>;

export function facesOf(element: Element): Face[] {
  if (element.type !== 'feedback_buttons') return [element];
  return [element.positive_button, element.negative_button].filter((face) => face !== undefined) as Face[];
}

export const isFaceOf = (face: Face, target: ClickTarget) =>
  (target.value === undefined || face.value === target.value) &&
  (target.text === undefined || face.text?.text === target.text);

const matches = ({ block, element }: Control, target: ClickTarget) =>
  element.action_id === target.actionId &&
  (target.blockId === undefined || block.block_id === target.blockId) &&
  facesOf(element).some((face) => isFaceOf(face, target));

const describe = ({ block, element }: Control) =>
  `${element.type} ${element.action_id}${element.text ? ` "${element.text.text}"` : ''}${
    element.value === undefined ? '' : ` (${element.value})`
  } in ${block.block_id}`;

/** The one control that a target names; an Error that lists what is shown when there is none, or more than one. */
export function findControl(blocks: Block[], target: ClickTarget): Control {
  const shown = [...controls(blocks)];
  const found = shown.filter((control) => matches(control, target));
  if (found.length === 1 && found[0]) return found[0];
  const wanted = JSON.stringify(target);
  if (found.length === 0)
    throw new Error(`nothing matches ${wanted}; shown: ${shown.map(describe).join('; ') || 'no controls'}`);
  throw new Error(`${found.length} controls match ${wanted}, say which: ${found.map(describe).join('; ')}`);
}
