import { assumed, issue, official, type Rules, sdk, thirdParty } from './rule.ts';

const blocks = 'reference/block-kit/blocks';
const elements = 'reference/block-kit/block-elements';

/** How many, and how large a number: the greatest unless the rule says otherwise. */
export const countRules = {
  messageBlocks: official('Blocks in a message', 50, blocks),
  viewBlocks: official('Blocks in a modal or Home tab', 100, blocks),
  sectionFields: official('section: fields', 10, `${blocks}/section-block`),
  contextElementsMin: thirdParty('context: fewest elements', 1, 'blocks.validate, measured 2026-10-07'),
  contextElements: official('context: elements', 10, `${blocks}/context-block`),
  actionsElementsMin: assumed('actions: fewest elements', 1, 'as context'),
  actionsElements: official('actions: elements', 25, `${blocks}/actions-block`),
  contextActionsElements: official('context_actions: elements', 5, `${blocks}/context-actions-block`),
  selectOptionsMin: official('select: fewest options', 1, `${elements}/select-menu-element`),
  selectOptions: official('select: options, also of one group', 100, `${elements}/select-menu-element`),
  selectOptionGroups: official('select: option groups', 100, `${elements}/select-menu-element`),
  maxSelectedItemsMin: official('multi select: least max_selected_items', 1, `${elements}/multi-select-menu-element`),
  overflowOptions: official('overflow: options', 5, `${elements}/overflow-menu-element`),
  choiceOptions: official('checkboxes, radio_buttons: options', 10, `${elements}/checkboxes-element`),
  plainTextInputMinLength: official('plain_text_input: min_length', 3000, `${elements}/plain-text-input-element`),
  plainTextInputMaxLength: official('plain_text_input: max_length', 3000, `${elements}/plain-text-input-element`),
  plainTextInputMaxLengthMin: official('plain_text_input: least max_length', 1, `${elements}/plain-text-input-element`),
  fileInputMaxFiles: official('file_input: max_files', 10, `${elements}/file-input-element`),
  fileInputMaxFilesMin: official('file_input: least max_files', 1, `${elements}/file-input-element`),
  richTextInputLines: sdk('rich_text_input: min_lines and max_lines', 100, '@slack/types 3.2 RichTextInput'),
  richTextIndent: official('rich_text_list: indent', 8, `${blocks}/rich-text-block`),
  tableRows: official('table: rows', 100, `${blocks}/table-block`),
  tableCells: official('table: cells of a row', 20, `${blocks}/table-block`),
  tableColumnSettings: official('table: column_settings', 20, `${blocks}/table-block`),
  tableText: official(
    'table, data_table: text of all cells of a message (newer pages say 20,000)',
    10000,
    `${blocks}/data-table-block`,
  ),
  tablesPerMessage: sdk('table blocks in a message', 1, 'slackapi/slack-skills-plugin, block-kit skill'),
  dataTableRowsMin: official('data_table: fewest rows, the header and one', 2, `${blocks}/data-table-block`),
  dataTableRows: official('data_table: rows with the header (newer pages say 201)', 101, `${blocks}/data-table-block`),
  dataTableCells: official('data_table: cells of a row', 20, `${blocks}/data-table-block`),
  dataTablePageSize: official('data_table: page_size', 100, `${blocks}/data-table-block`),
  chartSegments: official(
    'data_visualization pie: segments (newer third-party docs say 12)',
    6,
    `${blocks}/data-visualization-block`,
  ),
  chartSeries: official(
    'data_visualization bar, area, line: series (newer third-party docs say 12)',
    6,
    `${blocks}/data-visualization-block`,
  ),
  chartPoints: official(
    'data_visualization bar, area, line: categories, and points of a series',
    20,
    `${blocks}/data-visualization-block`,
  ),
  chartsPerMessage: thirdParty('data_visualization blocks in a message', 2, 'slack-morphism 2.30'),
  carouselCards: sdk('carousel: cards', 10, '@slack/types 3.2 CarouselBlock'),
  containerBlocks: sdk('container: child_blocks', 10, '@slack/types 3.2 ContainerBlock'),
  dateTimeDigits: official('datetimepicker: digits of initial_date_time', 10, `${elements}/datetime-picker-element`),
  slackFileId: issue('slack_file: shape of an id', '^[F][A-Z0-9]{8,}$', 'slackapi/python-slack-sdk#1658, #1521'),
} satisfies Rules;
