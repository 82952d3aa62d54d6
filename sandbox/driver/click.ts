import type { Confirm, Element, StateValue } from '../blocks/block.ts';
import { shownBlocks } from '../blocks/prepare-blocks.ts';
import type { Engine } from '../engine/engine.ts';
import type { Message, MessageRef, View } from '../state/model.ts';
import { inText } from '../text/in-text.ts';
import { type Actor, isView, requireInstalled, requireNoModal, visibleMessage, visibleView } from './actor.ts';
import { chooseValue, findOption } from './choose-value.ts';
import { facesOf, findControl, isFaceOf } from './find-control.ts';
import { sendAction } from './interact.ts';
import type { ClickChoice, ClickResult, ClickTarget, FillValue } from './person.ts';

/** What the person picked, out of the target's fields that name a choice. */
function chosenValue(target: ClickTarget): FillValue | undefined {
  return (
    target.option ??
    target.options ??
    target.user ??
    target.users ??
    target.channel ??
    target.channels ??
    target.conversation ??
    target.conversations ??
    target.date ??
    target.time ??
    target.dateTime
  );
}

/** The surface as it is now, with nothing in front of it. */
export function surface(actor: Actor, on: MessageRef | View): Message | View {
  requireInstalled(actor);
  if (isView(on)) return visibleView(actor, on);
  requireNoModal(actor);
  return visibleMessage(actor, on);
}

/** True when the person goes on; asks for the answer where the control asks. */
export function confirmed(confirm: Confirm | undefined, choice: ClickChoice): boolean {
  if (!confirm) return true;
  if (choice.confirm === undefined)
    throw new Error(
      `a dialog asks "${confirm.title?.text}: ${confirm.text?.text}": answer with { confirm: true } or false`,
    );
  return choice.confirm;
}

export function rememberValue(
  engine: Engine,
  on: Message | View,
  blockId: string,
  actionId: string,
  value: StateValue,
): void {
  on.values ??= {};
  on.values[blockId] = { ...on.values[blockId], [actionId]: value };
  if ('hash' in on) {
    delete on.errors[blockId];
    engine.changed({ kind: on.type, user: on.user });
  } else engine.changed({ kind: 'message', channel: on.channel, ts: on.ts });
}

function isButton(element: Element): boolean {
  return ['button', 'workflow_button', 'icon_button', 'feedback_buttons'].includes(element.type);
}

export async function click(
  actor: Actor,
  on: MessageRef | View,
  given: string | ClickTarget,
  choice: ClickChoice = {},
): Promise<ClickResult> {
  const { engine } = actor;
  const target = typeof given === 'string' ? { actionId: given } : given;
  const where = surface(actor, on);
  const control = findControl(shownBlocks(where), target);
  const { block, element } = control;
  if (isButton(element)) {
    const faces = facesOf(element).filter((face) => isFaceOf(face, target));
    if (faces.length > 1) throw new Error(`say which of the buttons of ${target.actionId}, by its value or its words`);
    if (!confirmed(element.confirm, choice)) return undefined;
    const { value, text } = faces[0] ?? {};
    return (await sendAction(actor, where, control, element.type === 'feedback_buttons' ? { value, text } : {})).record;
  }
  const value = chosenValue(target);
  if (value === undefined) throw new Error(`say what to choose in the ${element.type} ${target.actionId}`);
  if (element.type === 'overflow') {
    const option = findOption(element.options ?? [], inText(value));
    if (!confirmed(element.confirm, choice)) return undefined;
    return (await sendAction(actor, where, control, { selected_option: option })).record;
  }
  const chosen = chooseValue(actor, element, value);
  if (!confirmed(element.confirm, choice)) return undefined;
  rememberValue(engine, where, block.block_id ?? '', element.action_id ?? '', chosen);
  if (block.type === 'input' && !block.dispatch_action) return undefined;
  return (await sendAction(actor, where, control, chosen)).record;
}
