import type { Element, Option, StateValue } from '../blocks/block.ts';
import { openDirect } from '../channels/open-direct.ts';
import type { Engine } from '../engine/engine.ts';
import { storeFile } from '../files/store-file.ts';
import type { User } from '../state/model.ts';
import { inText } from '../text/in-text.ts';
import { type Actor, isOpenTo } from './actor.ts';
import type { FillValue, OwnFile } from './person.ts';

function optionsOf(element: Element): Option[] {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}

/** The option with these words or this value; only what is offered can be picked. */
export function findOption(offered: Option[], wanted: string): Option {
  const option = offered.find((entry) => entry.value === wanted) ?? offered.find((entry) => entry.text.text === wanted);
  if (!option)
    throw new Error(
      `"${wanted}" is not offered; there is: ${offered.map((entry) => `"${entry.text.text}" (${entry.value})`).join(', ')}`,
    );
  return option;
}

function asList(value: FillValue): string[] {
  if (value === null || value === '') return [];
  if (!Array.isArray(value)) return [inText(value)];
  return value.map((entry) => (typeof entry === 'string' ? entry : entry.name));
}

function userId(engine: Engine, nameOrId: string): string {
  const user = engine.state.userByNameOrId(nameOrId);
  if (!user || user.deleted) throw new Error(`there is nobody called "${nameOrId}"`);
  return user.id;
}

function channelId(engine: Engine, user: User, nameOrId: string): string {
  const channel = engine.state.channelByNameOrId(nameOrId);
  if (channel?.kind !== 'public' || !isOpenTo(channel, user))
    throw new Error(`there is no channel "${nameOrId}" to pick`);
  return channel.id;
}

/** A channel the person is in, or the direct message with somebody. */
function conversationId(engine: Engine, user: User, nameOrId: string): string {
  const channel = engine.state.channelByNameOrId(nameOrId);
  if (channel && isOpenTo(channel, user)) return channel.id;
  const other = channel ? undefined : engine.state.userByNameOrId(nameOrId);
  if (!other) throw new Error(`there is no conversation "${nameOrId}" to pick`);
  return openDirect(engine, user.id, other.id).id;
}

function requireMost(element: Element, chosen: unknown[]): void {
  if (element.max_selected_items !== undefined && chosen.length > element.max_selected_items)
    throw new Error(`only ${element.max_selected_items} can be selected, not ${chosen.length}`);
}

function requireDate(text: string): string {
  const at = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    throw new Error(`"${text}" is not a date (YYYY-MM-DD)`);
  return text;
}

function requireTime(text: string): string {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new Error(`"${text}" is not a time (HH:mm)`);
  return text;
}

function typeInto(element: Element, value: FillValue): string | null {
  if (value === null || value === '') return null;
  const text = inText(value);
  const single = element.type !== 'plain_text_input' || !element.multiline;
  if (single && /[\r\n]/.test(text)) throw new Error('a line break cannot be typed into a single-line input');
  const most = element.max_length ?? 3000;
  if (text.length > most) throw new Error(`the input takes ${most} characters, not ${text.length}`);
  if (element.type === 'number_input') {
    const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
    if (!pattern.test(text)) throw new Error(`"${text}" is not a number that can be typed here`);
  }
  return text;
}

const isOwnFile = (entry: string | OwnFile): entry is OwnFile => typeof entry !== 'string';

function attach(engine: Engine, element: Element, user: User, value: FillValue): string[] {
  const single = value === null || value === '' ? [] : [inText(value)];
  const entries: (string | OwnFile)[] = Array.isArray(value) ? value : single;
  if (!entries.every(isOwnFile)) throw new Error('a file input takes files: [{ name, bytes }]');
  const most = typeof element.max_files === 'number' ? element.max_files : 10;
  if (entries.length > most) throw new Error(`only ${most} files can be attached, not ${entries.length}`);
  const types = Array.isArray(element.filetypes) ? element.filetypes : [];
  for (const { name } of entries)
    if (types.length > 0 && !types.includes(name.split('.').pop()?.toLowerCase()))
      throw new Error(`"${name}" is not one of: ${types.join(', ')}`);
  return entries.map((file) => storeFile(engine, { ...file, user: user.id }).id);
}

/** What a select, picker or input holds after a person has entered a value; refuses what the control would not take. */
export function chooseValue({ engine, user }: Actor, element: Element, value: FillValue): StateValue {
  const { type } = element;
  const first = asList(value)[0];
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: typeInto(element, value) };
    case 'rich_text_input': {
      if (first === undefined) return { type };
      const section = { type: 'rich_text_section', elements: [{ type: 'text', text: first }] };
      return { type, rich_text_value: { type: 'rich_text', elements: [section] } };
    }
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: first === undefined ? null : findOption(optionsOf(element), first) };
    case 'multi_static_select':
    case 'checkboxes': {
      const chosen = [...new Set(asList(value))].map((entry) => findOption(optionsOf(element), entry));
      requireMost(element, chosen);
      return { type, selected_options: chosen };
    }
    case 'users_select':
      return { type, selected_user: first === undefined ? null : userId(engine, first) };
    case 'multi_users_select': {
      const chosen = [...new Set(asList(value).map((entry) => userId(engine, entry)))];
      requireMost(element, chosen);
      return { type, selected_users: chosen };
    }
    case 'channels_select':
      return { type, selected_channel: first === undefined ? null : channelId(engine, user, first) };
    case 'multi_channels_select': {
      const chosen = [...new Set(asList(value).map((entry) => channelId(engine, user, entry)))];
      requireMost(element, chosen);
      return { type, selected_channels: chosen };
    }
    case 'conversations_select':
      return { type, selected_conversation: first === undefined ? null : conversationId(engine, user, first) };
    case 'multi_conversations_select': {
      const chosen = [...new Set(asList(value).map((entry) => conversationId(engine, user, entry)))];
      requireMost(element, chosen);
      return { type, selected_conversations: chosen };
    }
    case 'datepicker':
      return { type, selected_date: first === undefined ? null : requireDate(first) };
    case 'timepicker':
      return { type, selected_time: first === undefined ? null : requireTime(first) };
    case 'datetimepicker':
      return { type, selected_date_time: first === undefined ? null : Number(first) };
    case 'file_input':
      return { type, files: attach(engine, element, user, value) };
    case 'external_select':
    case 'multi_external_select':
      if (first === undefined)
        return type === 'external_select' ? { type, selected_option: null } : { type, selected_options: [] };
      throw new Error('the options of this select come from the app: use pick()');
    default:
      throw new Error(`nothing can be entered into a ${type}`);
  }
}
