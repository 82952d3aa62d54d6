import type { countRules } from '../../rules/block-kit-counts.ts';
import type { Boundary } from './boundary.ts';
import {
  actions,
  bars,
  button,
  card,
  cell,
  chars,
  container,
  dataTable,
  divider,
  home,
  image,
  input,
  message,
  modal,
  mrkdwn,
  options,
  pie,
  plain,
  richSection,
  richText,
  rows,
  section,
  select,
  table,
  text,
  textInput,
  times,
} from './builders.ts';
import type { Minimum } from './minimum-fixtures.ts';

export type Maximum = Exclude<keyof typeof countRules, Minimum | 'dateTimeDigits' | 'slackFileId'>;

const list = (n: number) =>
  richText({ type: 'rich_text_list', style: 'bullet', indent: n, elements: [richSection(text())] });

/** For each rule of a greatest number a payload with the given number. */
export const maxima: Record<Maximum, Boundary> = {
  messageBlocks: { limit: 50, payload: (n) => message(...times(n, divider)), pointer: '/blocks', type: 'max_items' },
  viewBlocks: {
    limit: 100,
    surface: 'home',
    payload: (n) => home(...times(n, divider)),
    pointer: '/blocks',
    type: 'max_items',
  },
  sectionFields: {
    limit: 10,
    payload: (n) => message({ type: 'section', fields: times(n, () => mrkdwn()) }),
    pointer: '/blocks/0/fields',
    type: 'max_items',
  },
  contextElements: {
    limit: 10,
    payload: (n) => message({ type: 'context', elements: [image(), ...times(n - 1, () => plain())] }),
    pointer: '/blocks/0/elements',
    type: 'max_items',
  },
  actionsElements: {
    limit: 25,
    payload: (n) => message(actions(...times(n, () => button()))),
    pointer: '/blocks/0/elements',
    type: 'max_items',
  },
  contextActionsElements: {
    limit: 5,
    payload: (n) =>
      message({
        type: 'context_actions',
        elements: times(n, () => ({ type: 'icon_button', icon: 'trash', text: plain('Remove') })),
      }),
    pointer: '/blocks/0/elements',
    type: 'max_items',
  },
  selectOptions: {
    limit: 100,
    payload: (n) => message(actions(select({ options: options(n) }))),
    pointer: '/blocks/0/elements/0/options',
    type: 'max_items',
  },
  selectOptionGroups: {
    limit: 100,
    payload: (n) =>
      message(
        actions({
          type: 'multi_static_select',
          option_groups: times(n, (index) => ({ label: plain(`g${index}`), options: options(1) })),
        }),
      ),
    pointer: '/blocks/0/elements/0/option_groups',
    type: 'max_items',
  },
  overflowOptions: {
    limit: 5,
    payload: (n) => message(section({ accessory: { type: 'overflow', options: options(n) } })),
    pointer: '/blocks/0/accessory/options',
    type: 'max_items',
  },
  choiceOptions: {
    limit: 10,
    payload: (n) => message(actions({ type: 'radio_buttons', options: options(n) })),
    pointer: '/blocks/0/elements/0/options',
    type: 'max_items',
  },
  plainTextInputMinLength: {
    limit: 3000,
    surface: 'modal',
    payload: (n) => modal([input(textInput({ min_length: n }))]),
    pointer: '/blocks/0/element/min_length',
    type: 'maximum',
  },
  plainTextInputMaxLength: {
    limit: 3000,
    surface: 'modal',
    payload: (n) => modal([input(textInput({ max_length: n }))]),
    pointer: '/blocks/0/element/max_length',
    type: 'maximum',
  },
  fileInputMaxFiles: {
    limit: 10,
    surface: 'modal',
    payload: (n) => modal([input({ type: 'file_input', max_files: n })]),
    pointer: '/blocks/0/element/max_files',
    type: 'maximum',
  },
  richTextInputLines: {
    limit: 100,
    surface: 'modal',
    payload: (n) => modal([input({ type: 'rich_text_input', min_lines: 1, max_lines: n })]),
    pointer: '/blocks/0/element/max_lines',
    type: 'maximum',
  },
  richTextIndent: {
    limit: 8,
    payload: (n) => message(list(n)),
    pointer: '/blocks/0/elements/0/indent',
    type: 'maximum',
  },
  tableRows: {
    limit: 100,
    payload: (n) => message(table({ rows: rows(n, 1) })),
    pointer: '/blocks/0/rows',
    type: 'max_items',
  },
  tableCells: {
    limit: 20,
    payload: (n) => message(table({ rows: rows(1, n) })),
    pointer: '/blocks/0/rows/0',
    type: 'max_items',
  },
  tableColumnSettings: {
    limit: 20,
    payload: (n) => message(table({ column_settings: [null, ...times(n - 1, () => ({ align: 'right' }))] })),
    pointer: '/blocks/0/column_settings',
    type: 'max_items',
  },
  tableText: {
    limit: 10000,
    payload: (n) =>
      message(
        table({ rows: rows(5, 2, chars(600)) }),
        dataTable({ rows: [[cell(chars(3000))], [cell(chars(n - 9000))]] }),
      ),
    pointer: '/blocks',
    type: 'max_table_text',
  },
  tablesPerMessage: {
    limit: 1,
    payload: (n) => message(...times(n, () => table())),
    pointer: '/blocks/1',
    type: 'max_items',
  },
  dataTableRows: {
    limit: 101,
    payload: (n) => message(dataTable({ rows: rows(n, 1) })),
    pointer: '/blocks/0/rows',
    type: 'max_items',
  },
  dataTableCells: {
    limit: 20,
    payload: (n) => message(dataTable({ rows: rows(2, n) })),
    pointer: '/blocks/0/rows/0',
    type: 'max_items',
  },
  dataTablePageSize: {
    limit: 100,
    payload: (n) => message(dataTable({ page_size: n })),
    pointer: '/blocks/0/page_size',
    type: 'maximum',
  },
  chartSegments: {
    limit: 6,
    payload: (n) => message(pie(times(n, (index) => ({ label: `s${index}`, value: 1 })))),
    pointer: '/blocks/0/chart/segments',
    type: 'max_items',
  },
  chartSeries: { limit: 6, payload: (n) => message(bars(n)), pointer: '/blocks/0/chart/series', type: 'max_items' },
  chartPoints: {
    limit: 20,
    payload: (n) =>
      message(
        bars(
          1,
          times(n, (index) => `c${index}`),
        ),
      ),
    pointer: '/blocks/0/chart/series/0/data',
    type: 'max_items',
  },
  chartsPerMessage: {
    limit: 2,
    payload: (n) => message(...times(n, () => pie())),
    pointer: '/blocks/2',
    type: 'max_items',
  },
  carouselCards: {
    limit: 10,
    payload: (n) => message({ type: 'carousel', elements: times(n, () => card()) }),
    pointer: '/blocks/0/elements',
    type: 'max_items',
  },
  containerBlocks: {
    limit: 10,
    payload: (n) => message(container({ child_blocks: times(n, divider) })),
    pointer: '/blocks/0/child_blocks',
    type: 'max_items',
  },
};
