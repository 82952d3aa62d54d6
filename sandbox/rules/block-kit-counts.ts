import type { Rules } from './rule.ts';

const blocks = 'https://docs.slack.dev/reference/block-kit/blocks';
const composition = 'https://docs.slack.dev/reference/block-kit/composition-objects';
const elements = 'https://docs.slack.dev/reference/block-kit/block-elements';

/** How many, and how large a number. */
export const countRules = {
  messageBlocks: { rule: 'blocks in a message', value: 50, source: blocks, evidence: 'official' },
  viewBlocks: { rule: 'blocks in a modal or Home tab', value: 100, source: blocks, evidence: 'official' },
  sectionFields: { rule: 'section: fields', value: 10, source: `${blocks}/section-block`, evidence: 'official' },
  contextElements: { rule: 'context: elements', value: 10, source: `${blocks}/context-block`, evidence: 'official' },
  actionsElements: { rule: 'actions: elements', value: 25, source: `${blocks}/actions-block`, evidence: 'official' },
  contextActionsElements: {
    rule: 'context_actions: elements',
    value: 5,
    source: `${blocks}/context-actions-block`,
    evidence: 'official',
  },
  selectOptions: {
    rule: 'select: options, and options in a group',
    value: 100,
    source: `${elements}/select-menu-element`,
    evidence: 'official',
  },
  selectOptionGroups: {
    rule: 'select: option groups',
    value: 100,
    source: `${elements}/select-menu-element`,
    evidence: 'official',
  },
  maxSelectedItemsMin: {
    rule: 'multi select: least max_selected_items',
    value: 1,
    source: `${elements}/multi-select-menu-element`,
    evidence: 'official',
  },
  overflowOptions: {
    rule: 'overflow: options',
    value: 5,
    source: `${elements}/overflow-menu-element`,
    evidence: 'official',
  },
  choiceOptions: {
    rule: 'checkboxes and radio_buttons: options',
    value: 10,
    source: `${elements}/checkboxes-element`,
    evidence: 'official',
  },
  plainTextInputMinLength: {
    rule: 'plain_text_input: greatest min_length',
    value: 3000,
    source: `${elements}/plain-text-input-element`,
    evidence: 'official',
  },
  plainTextInputMaxLength: {
    rule: 'plain_text_input: greatest max_length',
    value: 3000,
    source: `${elements}/plain-text-input-element`,
    evidence: 'official',
  },
  fileInputMaxFiles: {
    rule: 'file_input: greatest max_files',
    value: 10,
    source: `${elements}/file-input-element`,
    evidence: 'official',
  },
  richTextInputLines: {
    rule: 'rich_text_input: greatest min_lines and max_lines',
    value: 100,
    source: '@slack/types 3.2 RichTextInput',
    evidence: 'sdk',
  },
  richTextIndent: {
    rule: 'rich_text_list: greatest indent',
    value: 8,
    source: `${blocks}/rich-text-block`,
    evidence: 'official',
  },
  tableRows: { rule: 'table: rows', value: 100, source: `${blocks}/table-block`, evidence: 'official' },
  tableCells: { rule: 'table: cells in a row', value: 20, source: `${blocks}/table-block`, evidence: 'official' },
  tableColumnSettings: {
    rule: 'table: column_settings',
    value: 20,
    source: `${blocks}/table-block`,
    evidence: 'official',
  },
  tableText: {
    rule: 'table and data_table: text of all cells of a message',
    value: 10000,
    source: `${blocks}/data-table-block`,
    evidence: 'official',
  },
  tablesPerMessage: {
    rule: 'table blocks in a message',
    value: 1,
    source: 'Slack block-kit skill (slackapi/slack-skills-plugin)',
    evidence: 'official',
  },
  dataTableRowsMin: {
    rule: 'data_table: fewest rows (header and one row)',
    value: 2,
    source: `${blocks}/data-table-block`,
    evidence: 'official',
  },
  dataTableRows: {
    rule: 'data_table: rows, header included (newer third-party docs say 201)',
    value: 101,
    source: `${blocks}/data-table-block`,
    evidence: 'official',
  },
  dataTableCells: {
    rule: 'data_table: cells in a row',
    value: 20,
    source: `${blocks}/data-table-block`,
    evidence: 'official',
  },
  dataTablePageSize: {
    rule: 'data_table: greatest page_size',
    value: 100,
    source: `${blocks}/data-table-block`,
    evidence: 'official',
  },
  chartSegments: {
    rule: 'data_visualization pie: segments (newer third-party docs say 12)',
    value: 6,
    source: `${blocks}/data-visualization-block`,
    evidence: 'official',
  },
  chartSeries: {
    rule: 'data_visualization bar, area, line: series (newer third-party docs say 12)',
    value: 6,
    source: `${blocks}/data-visualization-block`,
    evidence: 'official',
  },
  chartPoints: {
    rule: 'data_visualization bar, area, line: categories, and points of a series',
    value: 20,
    source: `${blocks}/data-visualization-block`,
    evidence: 'official',
  },
  chartsPerMessage: {
    rule: 'data_visualization blocks in a message',
    value: 2,
    source: 'slack-morphism 2.30 SlackDataVisualizationBlock',
    evidence: 'third-party',
  },
  carouselCards: { rule: 'carousel: cards', value: 10, source: '@slack/types 3.2 CarouselBlock', evidence: 'sdk' },
  containerBlocks: {
    rule: 'container: child_blocks',
    value: 10,
    source: '@slack/types 3.2 ContainerBlock',
    evidence: 'sdk',
  },
  dateTimeDigits: {
    rule: 'datetimepicker: digits of initial_date_time (seconds)',
    value: 10,
    source: `${elements}/datetime-picker-element`,
    evidence: 'official',
  },
  slackFileId: {
    rule: 'slack_file: shape of an id',
    value: '^[F][A-Z0-9]{8,}$',
    source: `${composition}/slack-file-object; slackapi/python-slack-sdk#1658`,
    evidence: 'issue',
  },
} as const satisfies Rules;
