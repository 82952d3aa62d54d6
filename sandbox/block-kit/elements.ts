import { limits } from '../rules/limits.ts';
import {
  choiceOption,
  confirm,
  conversationFilter,
  dispatchActionConfig,
  exactlyOneOf,
  imageSource,
  optionGroup,
  overflowOption,
  plainText,
  selectOption,
  url,
  urlUpTo,
} from './composition-objects.ts';
import { choiceInitials, numberBounds, selectInitials, textBounds } from './element-checks.ts';
import { isDate, isDecimal, isTime, isTimeZone } from './formats.ts';
import { richText } from './rich-text.ts';
import {
  array,
  boolean,
  enumOf,
  type Field,
  formatted,
  integer,
  object,
  required,
  type Schema,
  string,
  typed,
} from './schema.ts';

const actionable: Record<string, Field> = { action_id: string(limits.actionId.value) };
const focusable: Record<string, Field> = { focus_on_load: boolean };
const placeholder: Record<string, Field> = { placeholder: plainText(limits.placeholder.value) };
const choosable: Record<string, Field> = { ...actionable, ...focusable, confirm };
const typing: Record<string, Field> = {
  ...actionable,
  ...focusable,
  ...placeholder,
  dispatch_action_config: dispatchActionConfig,
};
const style = enumOf('primary', 'danger');
const accessibilityLabel = string(limits.accessibilityLabel.value);
const id = string(undefined, 1);

const button = typed({
  ...actionable,
  confirm,
  text: required(plainText(limits.buttonText.value)),
  value: string(limits.buttonValue.value),
  url: urlUpTo(limits.buttonUrl.value),
  style,
  accessibility_label: accessibilityLabel,
});

const workflowButton = typed({
  ...actionable,
  confirm,
  text: required(plainText(limits.buttonText.value)),
  style,
  accessibility_label: accessibilityLabel,
  workflow: required(
    object({
      trigger: required(
        object({
          url: required(url),
          customizable_input_parameters: array(object({ name: required(id), value: required(string()) })),
        }),
      ),
    }),
  ),
});

const feedbackButton = object({
  text: required(plainText(limits.buttonText.value)),
  value: required(string(limits.buttonValue.value)),
  accessibility_label: accessibilityLabel,
});

const iconButton = typed({
  ...actionable,
  confirm,
  icon: required(id),
  text: required(plainText(limits.buttonText.value)),
  value: string(limits.buttonValue.value),
  accessibility_label: accessibilityLabel,
  visible_to_user_ids: array(id),
});

const single: Record<string, Field> = { ...choosable, ...placeholder };
const multiple: Record<string, Field> = {
  ...single,
  max_selected_items: integer(limits.maxSelectedItemsMin.value),
};
const staticOptions: Record<string, Field> = {
  options: array(selectOption, 1, limits.selectOptions.value),
  option_groups: array(optionGroup, 1, limits.selectOptionGroups.value),
};
const conversations: Record<string, Field> = {
  default_to_current_conversation: boolean,
  filter: conversationFilter,
};
const respondable: Record<string, Field> = { response_url_enabled: boolean };
const oneSource = exactlyOneOf('options', 'option_groups');

export const selects: Record<string, Schema> = {
  static_select: typed({ ...single, ...staticOptions, initial_option: selectOption }, oneSource, selectInitials),
  external_select: typed({ ...single, initial_option: selectOption, min_query_length: integer(0) }),
  users_select: typed({ ...single, initial_user: id }),
  conversations_select: typed({ ...single, ...conversations, ...respondable, initial_conversation: id }),
  channels_select: typed({ ...single, ...respondable, initial_channel: id }),
};

export const multiSelects: Record<string, Schema> = {
  multi_static_select: typed(
    { ...multiple, ...staticOptions, initial_options: array(selectOption, 1) },
    oneSource,
    selectInitials,
  ),
  multi_external_select: typed({ ...multiple, initial_options: array(selectOption, 1), min_query_length: integer(0) }),
  multi_users_select: typed({ ...multiple, initial_users: array(id) }),
  multi_conversations_select: typed({ ...multiple, ...conversations, initial_conversations: array(id) }),
  multi_channels_select: typed({ ...multiple, initial_channels: array(id) }),
};

const tenDigits = 10 ** limits.dateTimeDigits.value;

/** Elements that may stand in an actions block, a section or an input. */
export const pickers: Record<string, Schema> = {
  datepicker: typed({ ...single, initial_date: formatted('date (YYYY-MM-DD)', isDate) }),
  timepicker: typed({
    ...single,
    initial_time: formatted('time (HH:mm)', isTime),
    timezone: formatted('time zone', isTimeZone),
  }),
  checkboxes: typed(
    {
      ...choosable,
      options: required(array(choiceOption, 1, limits.choiceOptions.value)),
      initial_options: array(choiceOption, 1),
    },
    choiceInitials,
  ),
  radio_buttons: typed(
    {
      ...choosable,
      options: required(array(choiceOption, 1, limits.choiceOptions.value)),
      initial_option: choiceOption,
    },
    choiceInitials,
  ),
};

export const dateTimePicker = typed({
  ...choosable,
  initial_date_time: integer(tenDigits / 10, tenDigits - 1),
});

export const pressables: Record<string, Schema> = {
  button,
  workflow_button: workflowButton,
  overflow: typed({
    ...actionable,
    confirm,
    options: required(array(overflowOption, 1, limits.overflowOptions.value)),
  }),
};

export const contextActions: Record<string, Schema> = {
  feedback_buttons: typed({
    ...actionable,
    positive_button: required(feedbackButton),
    negative_button: required(feedbackButton),
  }),
  icon_button: iconButton,
};

export const richTextInput = typed({
  ...typing,
  initial_value: richText,
  min_lines: integer(1, limits.richTextInputLines.value),
  max_lines: integer(1, limits.richTextInputLines.value),
});

const decimal = formatted('number', isDecimal);

/** Elements that only an input block may hold. */
export const textInputs: Record<string, Schema> = {
  plain_text_input: typed(
    {
      ...typing,
      initial_value: string(),
      multiline: boolean,
      min_length: integer(0, limits.plainTextInputMinLength.value),
      max_length: integer(1, limits.plainTextInputMaxLength.value),
    },
    textBounds,
  ),
  email_text_input: typed({ ...typing, initial_value: string() }),
  url_text_input: typed({ ...typing, initial_value: string() }),
  number_input: typed(
    {
      ...typing,
      is_decimal_allowed: required(boolean),
      initial_value: decimal,
      min_value: decimal,
      max_value: decimal,
    },
    numberBounds,
  ),
  file_input: typed({
    ...actionable,
    filetypes: array(id, 1),
    max_files: integer(1, limits.fileInputMaxFiles.value),
  }),
};

export const imageElement = typed({ ...imageSource }, exactlyOneOf('image_url', 'slack_file'));
