import { assumed, issue, official, type Rules, sdk, thirdParty } from './rule.ts';

const blocks = 'reference/block-kit/blocks';
const objects = 'reference/block-kit/composition-objects';
const elements = 'reference/block-kit/block-elements';

/** What must stand together, what excludes what, and what form a value has. */
export const shapeRules = {
  unknownType: official(
    'A type that is not listed is refused',
    'unsupported type',
    'reference/methods/blocks.validate',
  ),
  unknownProperty: issue(
    'A property that is not listed is refused, also on objects without a type (option, confirm)',
    'invalid additional property',
    'nicklambourne/slackblocks#36, CopilotKit/CopilotKit#6454',
  ),
  missingField: sdk('A required property is asked for', 'missing_field', 'slackhq/hack-json-schema'),
  wrongJsonType: issue('A value of another JSON type is refused', 'invalid_type', 'slackapi/java-slack-sdk#853'),
  blockIdUnique: official('block_id is unique in its message or view', true, blocks),
  actionIdUnique: official('action_id is unique in its block', true, elements),
  sectionTextOrFields: official('section: text or fields', ['text', 'fields'], `${blocks}/section-block`),
  imageSource: official('image: one of image_url and slack_file', ['image_url', 'slack_file'], `${blocks}/image-block`),
  slackFileSource: official('slack_file: one of id and url', ['id', 'url'], `${objects}/slack-file-object`),
  selectSource: official(
    'static select: one of options and option_groups',
    ['options', 'option_groups'],
    `${elements}/select-menu-element`,
  ),
  initialOption: official(
    'initial_option and initial_options are exactly options of the element',
    true,
    `${elements}/select-menu-element`,
  ),
  mrkdwnOptions: official(
    'Options format their text in checkboxes and radio_buttons only',
    ['checkboxes', 'radio_buttons'],
    `${objects}/option-object`,
  ),
  optionUrlInOverflow: official('option url in overflow only', ['overflow'], `${objects}/option-object`),
  conversationFilter: official(
    'filter: at least one property',
    ['include', 'exclude_external_shared_channels', 'exclude_bot_users'],
    `${objects}/conversation-filter-object`,
  ),
  responseUrlEnabled: official(
    'response_url_enabled in input blocks of modals only',
    ['modal'],
    'surfaces/modals#modal_response_url',
  ),
  dispatchFileInput: official('input: dispatch_action not with file_input', false, `${blocks}/input-block`),
  textInputsInInput: official(
    'Elements that stand in input blocks only',
    ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'file_input'],
    elements,
  ),
  minMaxLength: official('plain_text_input: min_length up to max_length', true, `${elements}/plain-text-input-element`),
  numberRange: official(
    'number_input: min_value <= initial_value <= max_value',
    true,
    `${elements}/number-input-element`,
  ),
  numberDecimal: official(
    'number_input: decimals only with is_decimal_allowed',
    true,
    `${elements}/number-input-element`,
  ),
  dateFormat: official('datepicker: a day that exists, as', 'YYYY-MM-DD', `${elements}/date-picker-element`),
  timeFormat: official('timepicker: a time of day, as', 'HH:mm', `${elements}/time-picker-element`),
  timeZone: sdk('timepicker: timezone is a zone name', 'IANA', '@slack/types 3.2 Timepicker'),
  urlFormat: assumed(
    'URLs are absolute, of these schemes',
    ['https:', 'http:', 'slack:', 'mailto:'],
    'what clients open',
  ),
  imageUrlFormat: assumed('URLs of images are http or https', ['https:', 'http:'], 'what Slack can fetch'),
  videoHttps: official('video: video_url and title_url are https', ['https:'], `${blocks}/video-block`),
  listInList: thirdParty(
    'rich_text_list holds rich_text_section only',
    ['rich_text_section'],
    'a changelog that quotes the refusal of a nested list',
  ),
  mentionStyles: official(
    'rich_text: who or what is mentioned may also be styled by',
    ['highlight', 'client_highlight', 'unlink'],
    `${elements}/usergroup-element`,
  ),
  richTextDate: official(
    'rich_text date: a timezone, and styles of its own',
    ['highlight', 'client_highlight'],
    `${elements}/date-element`,
  ),
  iconButtonIcon: official('icon_button: icon', ['trash'], `${elements}/icon-button-element`),
  workflowButtonId: official(
    'workflow_button: action_id is asked for',
    'action_id',
    `${elements}/workflow-button-element`,
  ),
  confirmLabels: official(
    'confirm: the words of both buttons are asked for',
    ['confirm', 'deny'],
    `${objects}/confirmation-dialog-object`,
  ),
  richTextNotEmpty: issue('rich_text: text elements are not empty', 1, 'slackapi/bolt-js#793 for text objects'),
  cardNotEmpty: sdk('card: at least one of', ['hero_image', 'title', 'actions', 'body'], '@slack/types 3.2 CardBlock'),
  containerTitled: sdk('container: title or rich_text_title', ['title', 'rich_text_title'], '@slack/types 3.2'),
  containerCollapsed: sdk('container: default_collapsed asks for is_collapsible', true, '@slack/types 3.2'),
  containerDivider: issue(
    'container: has_header_divider not with is_collapsible',
    true,
    'slackapi/python-slack-sdk#1949',
  ),
  tableEvenRows: assumed('table: all rows have as many cells', true, 'as data_table'),
  dataTableEvenRows: official('data_table: all rows have as many cells', true, `${blocks}/data-table-block`),
  dataTableHeader: official(
    'data_table: header cells are not rich_text',
    ['raw_text', 'raw_number'],
    `${blocks}/data-table-block`,
  ),
  dataTableHeaderColumn: assumed('data_table: row_header_column_index is a column', true, 'the column must exist'),
  chartPositive: official('data_visualization pie: values above', 0, `${blocks}/data-visualization-block`),
  chartSeriesNames: official('data_visualization: series names are unique', true, `${blocks}/data-visualization-block`),
  chartCategories: official(
    'data_visualization: the labels of a series are the categories, in order',
    true,
    `${blocks}/data-visualization-block`,
  ),
} satisfies Rules;
