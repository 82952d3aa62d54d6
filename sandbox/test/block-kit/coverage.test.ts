import type {
  Button,
  Checkboxes,
  Datepicker,
  DateTimepicker,
  EmailInput,
  FeedbackButtons,
  FileInput,
  IconButton,
  ImageElement,
  KnownBlock,
  MultiSelect,
  NumberInput,
  Overflow,
  PlainTextInput,
  RadioButtons,
  RichTextInput,
  Select,
  Timepicker,
  URLInput,
  WorkflowButton,
} from '@slack/types';
import { describe, expect, it } from 'vitest';
import { blockSchemas } from '../../block-kit/blocks.ts';
import { choosers, dateTimePicker } from '../../block-kit/choosing-elements.ts';
import { contextActions, imageElement, pressables } from '../../block-kit/elements.ts';
import type { Schema } from '../../block-kit/schema.ts';
import { inputsOnly, richTextInput } from '../../block-kit/typing-elements.ts';
import { blockSurfaces } from '../../rules/surfaces.ts';

type KeysOf<T> = T extends unknown ? keyof T : never;
/** For each type of T the names of its properties; the compiler refuses one too few or too many. */
type Fields<T extends { type: string }> = { [Type in T['type']]: Record<KeysOf<Extract<T, { type: Type }>>, true> };

type KnownElement =
  | Button
  | Checkboxes
  | Datepicker
  | DateTimepicker
  | EmailInput
  | FeedbackButtons
  | FileInput
  | IconButton
  | ImageElement
  | MultiSelect
  | NumberInput
  | Overflow
  | PlainTextInput
  | RadioButtons
  | RichTextInput
  | Select
  | Timepicker
  | URLInput
  | WorkflowButton;

const block = { type: true, block_id: true } as const;
const image = { type: true, image_url: true, slack_file: true, alt_text: true } as const;
const action = { type: true, action_id: true } as const;
const pressed = { ...action, confirm: true, text: true, accessibility_label: true } as const;
const chosen = { ...action, confirm: true, focus_on_load: true } as const;
const menu = { ...chosen, placeholder: true } as const;
const menus = { ...menu, max_selected_items: true } as const;
const conversations = { default_to_current_conversation: true, filter: true } as const;
const typed = {
  ...action,
  dispatch_action_config: true,
  focus_on_load: true,
  placeholder: true,
  initial_value: true,
} as const;

const blockFields: Fields<KnownBlock> = {
  actions: { ...block, elements: true },
  alert: { ...block, text: true, level: true },
  card: { ...block, hero_image: true, icon: true, title: true, subtitle: true, body: true, actions: true },
  carousel: { ...block, elements: true },
  container: {
    ...block,
    title: true,
    rich_text_title: true,
    subtitle: true,
    child_blocks: true,
    width: true,
    icon: true,
    is_collapsible: true,
    default_collapsed: true,
    has_header_divider: true,
  },
  context: { ...block, elements: true },
  context_actions: { ...block, elements: true },
  data_table: { ...block, rows: true, caption: true, page_size: true, row_header_column_index: true },
  divider: block,
  file: { ...block, source: true, external_id: true },
  header: { ...block, text: true },
  image: { ...block, ...image, title: true },
  input: { ...block, label: true, hint: true, optional: true, element: true, dispatch_action: true },
  markdown: { ...block, text: true },
  plan: { ...block, title: true, tasks: true },
  rich_text: { ...block, elements: true },
  section: { ...block, text: true, fields: true, accessory: true, expand: true },
  table: { ...block, rows: true, column_settings: true },
  task_card: { ...block, task_id: true, title: true, details: true, output: true, sources: true, status: true },
  video: {
    ...block,
    video_url: true,
    thumbnail_url: true,
    alt_text: true,
    title: true,
    title_url: true,
    author_name: true,
    provider_name: true,
    provider_icon_url: true,
    description: true,
  },
};

const elementFields: Fields<KnownElement> = {
  button: { ...pressed, value: true, url: true, style: true },
  checkboxes: { ...chosen, options: true, initial_options: true },
  datepicker: { ...menu, initial_date: true },
  datetimepicker: { ...chosen, initial_date_time: true },
  email_text_input: typed,
  feedback_buttons: { ...action, positive_button: true, negative_button: true },
  file_input: { ...action, filetypes: true, max_files: true },
  icon_button: { ...pressed, icon: true, value: true, visible_to_user_ids: true },
  image,
  multi_static_select: { ...menus, options: true, option_groups: true, initial_options: true },
  multi_external_select: { ...menus, initial_options: true, min_query_length: true },
  multi_users_select: { ...menus, initial_users: true },
  multi_conversations_select: { ...menus, ...conversations, initial_conversations: true },
  multi_channels_select: { ...menus, initial_channels: true },
  number_input: { ...typed, is_decimal_allowed: true, min_value: true, max_value: true },
  overflow: { ...action, confirm: true, options: true },
  plain_text_input: { ...typed, multiline: true, min_length: true, max_length: true },
  radio_buttons: { ...chosen, options: true, initial_option: true },
  rich_text_input: { ...typed, min_lines: true, max_lines: true },
  static_select: { ...menu, options: true, option_groups: true, initial_option: true },
  external_select: { ...menu, initial_option: true, min_query_length: true },
  users_select: { ...menu, initial_user: true },
  conversations_select: { ...menu, ...conversations, initial_conversation: true, response_url_enabled: true },
  channels_select: { ...menu, initial_channel: true, response_url_enabled: true },
  timepicker: { ...menu, initial_time: true, timezone: true },
  url_text_input: typed,
  workflow_button: { ...pressed, workflow: true, style: true },
};

const elementSchemas: Record<string, Schema> = {
  ...pressables,
  ...contextActions,
  ...choosers,
  ...inputsOnly,
  datetimepicker: dateTimePicker,
  rich_text_input: richTextInput,
  image: imageElement,
};

function fieldsOf(schema: Schema | undefined): string[] {
  return schema?.kind === 'object' ? Object.keys(schema.fields).sort() : [];
}

describe('the validator knows what @slack/types knows', () => {
  it('all blocks, and the chart that the types do not have yet', () => {
    expect(Object.keys(blockSchemas).sort()).toEqual([...Object.keys(blockFields), 'data_visualization'].sort());
  });

  it('where each block may stand', () => {
    expect(Object.keys(blockSurfaces).sort()).toEqual(Object.keys(blockSchemas).sort());
  });

  it('all elements', () => {
    expect(Object.keys(elementSchemas).sort()).toEqual(Object.keys(elementFields).sort());
  });

  it.each(Object.entries(blockFields))('all properties of the block %s', (type, fields) => {
    expect(fieldsOf(blockSchemas[type])).toEqual(Object.keys(fields).sort());
  });

  it.each(Object.entries(elementFields))('all properties of the element %s', (type, fields) => {
    expect(fieldsOf(elementSchemas[type])).toEqual(Object.keys(fields).sort());
  });
});
