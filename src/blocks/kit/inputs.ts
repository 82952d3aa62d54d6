import type { InputBlock, PlainTextOption } from '@slack/types';
import { cleanText } from '../../domain/text/clean-text.ts';
import { option, plain } from './parts.ts';

type Ask = { label: string; hint?: string | undefined; optional?: boolean | undefined };

/** One input of a form; its block id and its action id are the same, so that an answer is found by one name. */
function input(id: string, { label, hint, optional }: Ask, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label, 150),
    element,
    ...(hint ? { hint: plain(hint, 150) } : {}),
    ...(optional ? { optional } : {}),
  };
}

export function textInput(
  id: string,
  ask: Ask & { limit: number; initial?: string | null | undefined; placeholder?: string; lines?: boolean },
): InputBlock {
  const initial = cleanText(ask.initial, ask.limit);
  return input(id, ask, {
    type: 'plain_text_input',
    action_id: id,
    max_length: ask.limit,
    ...(ask.lines ? { multiline: true } : {}),
    ...(initial ? { initial_value: initial } : {}),
    ...(ask.placeholder ? { placeholder: plain(ask.placeholder, 150) } : {}),
  });
}

export function personInput(id: string, ask: Ask & { initial?: string | null | undefined }): InputBlock {
  // Slack refuses a form whose preset person it does not know.
  const known = ask.initial && /^[UW][A-Z0-9]+$/.test(ask.initial) ? ask.initial : null;
  return input(id, ask, { type: 'users_select', action_id: id, ...(known ? { initial_user: known } : {}) });
}

export function peopleInput(id: string, ask: Ask & { initial: readonly string[] }): InputBlock {
  const initial = ask.initial.length > 0 ? { initial_users: [...ask.initial] } : {};
  return input(id, { optional: true, ...ask }, { type: 'multi_users_select', action_id: id, ...initial });
}

/** Channels, public ones and those private ones that whoever looks is in. */
export function channelInput(id: string, ask: Ask & { initial: string | undefined }): InputBlock {
  return input(id, ask, {
    type: 'conversations_select',
    action_id: id,
    filter: { include: ['public', 'private'], exclude_bot_users: true },
    ...(ask.initial ? { initial_conversation: ask.initial } : {}),
  });
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Days of the week, 1 for Monday to 7. */
export function weekdaysInput(id: string, ask: Ask & { initial: readonly number[] }): InputBlock {
  const options = WEEKDAYS.map((day, i) => option(day, String(i + 1)));
  const initial = options.filter((_, i) => ask.initial.includes(i + 1));
  return input(id, ask, {
    type: 'multi_static_select',
    action_id: id,
    options,
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  });
}

export function timeInput(id: string, ask: Ask & { initial: string }): InputBlock {
  return input(id, ask, { type: 'timepicker', action_id: id, initial_time: ask.initial });
}

export function dayInput(id: string, ask: Ask & { initialOn?: string | null | undefined }): InputBlock {
  return input(id, ask, {
    type: 'datepicker',
    action_id: id,
    ...(ask.initialOn ? { initial_date: ask.initialOn } : {}),
  });
}

export function momentInput(id: string, ask: Ask & { initialAt?: Date }): InputBlock {
  const initial = ask.initialAt && { initial_date_time: Math.floor(ask.initialAt.getTime() / 1000) };
  return input(id, ask, { type: 'datetimepicker', action_id: id, ...initial });
}

export function numberInput(id: string, ask: Ask & { initial: number; least?: number; most: number }): InputBlock {
  return input(id, ask, {
    type: 'number_input',
    action_id: id,
    is_decimal_allowed: false,
    min_value: String(ask.least ?? 0),
    max_value: String(ask.most),
    initial_value: String(ask.initial),
  });
}

export function choiceInput(
  id: string,
  ask: Ask & { options: readonly PlainTextOption[]; initial?: string | null | undefined },
): InputBlock {
  const chosen = ask.options.find(({ value }) => value === ask.initial);
  return input(id, ask, {
    type: 'static_select',
    action_id: id,
    options: [...ask.options],
    ...(chosen ? { initial_option: chosen } : {}),
  });
}

/** Tells the bot each time that something is picked. Checkboxes up to ten, which is what Slack allows, and a list to pick from above that. */
export function severalInput(
  id: string,
  ask: Ask & { options: readonly PlainTextOption[]; actionId: string },
): InputBlock {
  const options = ask.options.slice(0, 100);
  const type = options.length <= 10 ? 'checkboxes' : 'multi_static_select';
  return { ...input(id, ask, { type, action_id: ask.actionId, options }), dispatch_action: true };
}

/** Options that the bot looks up, from the first click on; it is told what is picked. */
export function searchInput(id: string, ask: Ask & { actionId: string; placeholder: string }): InputBlock {
  const element = {
    type: 'external_select',
    action_id: ask.actionId,
    min_query_length: 0,
    placeholder: plain(ask.placeholder, 150),
  } as const;
  return { ...input(id, ask, element), dispatch_action: true };
}
