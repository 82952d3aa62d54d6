import { validateOptionsAnswer } from '../block-kit/options-answer.ts';
import type { Option, OptionGroup } from '../blocks/block.ts';
import { shownBlocks } from '../blocks/prepare-blocks.ts';
import { deliver } from '../delivery/deliver.ts';
import { envelope, userSubject } from '../delivery/subjects.ts';
import { limits } from '../rules/limits.ts';
import type { Message, MessageRef, View } from '../state/model.ts';
import { type Actor, visibleView } from './actor.ts';
import { chooseValue, findOption } from './choose-value.ts';
import { rememberValue, surface } from './click.ts';
import { type Control, controls, findControl } from './find-control.ts';
import { placeOf, sendAction } from './interact.ts';
import type { ClickResult, FillValue } from './person.ts';

const TEXT_INPUTS = new Set([
  'plain_text_input',
  'number_input',
  'email_text_input',
  'url_text_input',
  'rich_text_input',
]);

function findInput(view: View, key: string): Control {
  const shown = [...controls(view.blocks)];
  const found = shown.filter(({ block, element }) => block.block_id === key || element.action_id === key);
  const [control] = found.length > 1 ? found.filter(({ block }) => block.type === 'input') : found;
  const keys = shown.map(({ block, element }) => `${block.block_id}/${element.action_id}`).join(', ');
  if (!control) throw new Error(`there is no input "${key}" in the view; there are: ${keys}`);
  return control;
}

/** Whether entering a value, without Enter, tells the app at once. */
function dispatchesOnEntry({ block, element }: Control): boolean {
  if (block.type !== 'input') return true;
  if (!block.dispatch_action) return false;
  if (!TEXT_INPUTS.has(element.type)) return true;
  return element.dispatch_action_config?.trigger_actions_on?.includes('on_character_entered') ?? false;
}

export async function fill(actor: Actor, view: View, values: { [key: string]: FillValue }): Promise<void> {
  for (const [key, value] of Object.entries(values)) {
    const current = visibleView(actor, view);
    const control = findInput(current, key);
    const { block, element } = control;
    let chosen: ReturnType<typeof chooseValue>;
    try {
      chosen = chooseValue(actor, element, value);
    } catch (error) {
      throw new Error(`${key}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
    rememberValue(actor.engine, current, block.block_id ?? '', element.action_id ?? '', chosen);
    if (dispatchesOnEntry(control)) await sendAction(actor, current, control, chosen);
  }
}

export async function pressEnter(actor: Actor, view: View, key: string): Promise<ClickResult> {
  const current = visibleView(actor, view);
  const control = findInput(current, key);
  const { block, element } = control;
  const on = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  if (!block.dispatch_action || !on.includes('on_enter_pressed')) return undefined;
  const value = current.values[block.block_id ?? '']?.[element.action_id ?? ''] ?? {};
  return (await sendAction(actor, current, control, value)).record;
}

function findExternal(on: Message | View, actionId: string): Control {
  const byBlock = [...controls(shownBlocks(on))].find(
    ({ block, element }) => block.block_id === actionId && element.type.endsWith('external_select'),
  );
  const control = byBlock ?? findControl(shownBlocks(on), { actionId });
  if (!control.element.type.endsWith('external_select'))
    throw new Error(`${actionId} is a ${control.element.type}, its options are not searched`);
  return control;
}

export async function searchOptions(
  actor: Actor,
  on: MessageRef | View,
  actionId: string,
  query: string,
): Promise<Option[] | OptionGroup[]> {
  const { engine, user } = actor;
  const where = surface(actor, on);
  const { block, element } = findExternal(where, actionId);
  const least = element.min_query_length ?? limits.externalSelectMinQuery.value;
  if (query.length < least) throw new Error(`the select searches from ${least} characters on, not for "${query}"`);
  const { ack } = await deliver(engine, {
    kind: 'options',
    type: 'block_suggestion',
    acceptsResponse: true,
    payload: {
      type: 'block_suggestion',
      user: userSubject(engine, user.id),
      ...envelope(engine),
      ...placeOf(engine, where),
      action_id: element.action_id,
      block_id: block.block_id,
      value: query,
    },
  });
  if (ack.outcome !== 'acked') return [];
  const body = (ack.body ?? {}) as { options?: Option[]; option_groups?: OptionGroup[] };
  const violations = validateOptionsAnswer(body);
  for (const { message, pointer } of violations)
    engine.audit.brokenRules.add({
      rule: 'options_answer',
      detail: `${message} at ${pointer || '/'}`,
      at: engine.clock.now(),
    });
  return violations.length > 0 ? [] : (body.option_groups ?? body.options ?? []);
}

export async function pick(
  actor: Actor,
  on: MessageRef | View,
  actionId: string,
  query: string,
  choose = query,
): Promise<Option> {
  const { engine } = actor;
  const offered = await searchOptions(actor, on, actionId, query);
  const flat = offered.flatMap((entry) => ('options' in entry ? entry.options : [entry]));
  const option = findOption(flat, choose);
  const where = surface(actor, on);
  const control = findExternal(where, actionId);
  const { block, element } = control;
  const blockId = block.block_id ?? '';
  const id = element.action_id ?? '';
  const before = where.values?.[blockId]?.[id]?.selected_options ?? [];
  const multi = element.type === 'multi_external_select';
  if (multi && element.max_selected_items !== undefined && before.length >= element.max_selected_items)
    throw new Error(`only ${element.max_selected_items} can be selected`);
  const chosen = multi
    ? { type: element.type, selected_options: [...before.filter((entry) => entry.value !== option.value), option] }
    : { type: element.type, selected_option: option };
  rememberValue(engine, where, blockId, id, chosen);
  if (block.type !== 'input' || block.dispatch_action) await sendAction(actor, where, control, chosen);
  return option;
}
