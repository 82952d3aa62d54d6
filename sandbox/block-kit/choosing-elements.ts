import { limits } from '../rules/limits.ts';
import {
  choiceOption,
  confirm,
  conversationFilter,
  optionGroup,
  plainText,
  selectOption,
} from './composition-objects.ts';
import { initialsAreOptions } from './element-checks.ts';
import { actionable } from './elements.ts';
import { isDate, isTime, isTimeZone } from './formats.ts';
import { exactlyOneOf } from './presence.ts';
import { array, boolean, type Field, formatted, integer, required, type Schema, someText, typed } from './schema.ts';

const choosable: Record<string, Field> = { ...actionable, confirm, focus_on_load: boolean };
const single: Record<string, Field> = { ...choosable, placeholder: plainText(limits.placeholder.value) };
const multiple: Record<string, Field> = { ...single, max_selected_items: integer(limits.maxSelectedItemsMin.value) };
const options: Record<string, Field> = {
  options: array(selectOption, limits.selectOptionsMin.value, limits.selectOptions.value),
  option_groups: array(optionGroup, limits.selectOptionsMin.value, limits.selectOptionGroups.value),
};
const oneSource = exactlyOneOf(...limits.selectSource.value);
const conversations: Record<string, Field> = { default_to_current_conversation: boolean, filter: conversationFilter };
const respondable: Record<string, Field> = { response_url_enabled: boolean };
const choices = required(array(choiceOption, 1, limits.choiceOptions.value));
const initialOptions = array(selectOption, 1);
const ids = array(someText);

/** Elements that choose and may stand in a section, an actions block or an input. */
export const choosers: Record<string, Schema> = {
  static_select: typed({ ...single, ...options, initial_option: selectOption }, oneSource, initialsAreOptions),
  external_select: typed({ ...single, initial_option: selectOption, min_query_length: integer(0) }),
  users_select: typed({ ...single, initial_user: someText }),
  conversations_select: typed({ ...single, ...conversations, ...respondable, initial_conversation: someText }),
  channels_select: typed({ ...single, ...respondable, initial_channel: someText }),
  multi_static_select: typed(
    { ...multiple, ...options, initial_options: initialOptions },
    oneSource,
    initialsAreOptions,
  ),
  multi_external_select: typed({ ...multiple, initial_options: initialOptions, min_query_length: integer(0) }),
  multi_users_select: typed({ ...multiple, initial_users: ids }),
  multi_conversations_select: typed({ ...multiple, ...conversations, initial_conversations: ids }),
  multi_channels_select: typed({ ...multiple, initial_channels: ids }),
  datepicker: typed({ ...single, initial_date: formatted('date', isDate) }),
  timepicker: typed({
    ...single,
    initial_time: formatted('time', isTime),
    timezone: formatted('timezone', isTimeZone),
  }),
  checkboxes: typed({ ...choosable, options: choices, initial_options: array(choiceOption, 1) }, initialsAreOptions),
  radio_buttons: typed({ ...choosable, options: choices, initial_option: choiceOption }, initialsAreOptions),
};

const digits = limits.dateTimeDigits.value;

export const dateTimePicker = typed({
  ...choosable,
  initial_date_time: integer(10 ** (digits - 1), 10 ** digits - 1),
});
