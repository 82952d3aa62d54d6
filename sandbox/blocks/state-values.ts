import type { Block, Element, StateValue, StateValues } from './block.ts';
import { actionable, everyBlock } from './prepare-blocks.ts';

type Initial = (element: Element) => Omit<StateValue, 'type'>;

const text: Initial = (element) => ({ value: element.initial_value ?? null });

/** What `state.values` holds for each stateful element before anybody touches it; buttons and overflows have no state. */
const INITIAL: { [type: string]: Initial } = {
  plain_text_input: text,
  number_input: text,
  email_text_input: text,
  url_text_input: text,
  rich_text_input: (element) => (element.initial_value ? { rich_text_value: element.initial_value as never } : {}),
  static_select: (element) => ({ selected_option: element.initial_option ?? null }),
  external_select: (element) => ({ selected_option: element.initial_option ?? null }),
  radio_buttons: (element) => ({ selected_option: element.initial_option ?? null }),
  multi_static_select: (element) => ({ selected_options: element.initial_options ?? [] }),
  multi_external_select: (element) => ({ selected_options: element.initial_options ?? [] }),
  checkboxes: (element) => ({ selected_options: element.initial_options ?? [] }),
  users_select: (element) => ({ selected_user: element.initial_user ?? null }),
  multi_users_select: (element) => ({ selected_users: element.initial_users ?? [] }),
  channels_select: (element) => ({ selected_channel: element.initial_channel ?? null }),
  multi_channels_select: (element) => ({ selected_channels: element.initial_channels ?? [] }),
  conversations_select: (element) => ({ selected_conversation: element.initial_conversation ?? null }),
  multi_conversations_select: (element) => ({ selected_conversations: element.initial_conversations ?? [] }),
  datepicker: (element) => ({ selected_date: element.initial_date ?? null }),
  timepicker: (element) => ({ selected_time: element.initial_time ?? null }),
  datetimepicker: (element) => ({ selected_date_time: element.initial_date_time ?? null }),
  file_input: () => ({ files: [] }),
};

function initialValue(element: Element, openedIn: string | undefined): StateValue | undefined {
  const initial = INITIAL[element.type];
  if (!initial) return undefined;
  const value: StateValue = { type: element.type, ...initial(element) };
  if (element.default_to_current_conversation && openedIn) {
    if (element.type === 'conversations_select') value.selected_conversation ??= openedIn;
    if (element.type === 'multi_conversations_select' && !element.initial_conversations)
      value.selected_conversations = [openedIn];
  }
  return value;
}

/** Values of a surface; what a person entered survives where block_id, action_id and type stayed the same. */
export function stateValues(blocks: Block[], previous: StateValues = {}, openedIn?: string): StateValues {
  const values: StateValues = {};
  for (const block of everyBlock(blocks))
    for (const element of actionable(block)) {
      const fresh = initialValue(element, openedIn);
      if (!fresh || !block.block_id || !element.action_id) continue;
      const kept = previous[block.block_id]?.[element.action_id];
      const ofBlock = values[block.block_id] ?? {};
      ofBlock[element.action_id] = kept?.type === fresh.type ? kept : fresh;
      values[block.block_id] = ofBlock;
    }
  return values;
}
