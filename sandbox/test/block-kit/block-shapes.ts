import {
  bars,
  cell,
  container,
  dataTable,
  divider,
  image,
  type Json,
  message,
  mrkdwn,
  pie,
  richSection,
  richText,
  rows,
  series,
  table,
  text,
  video,
} from './builders.ts';
import { failed, type ShapeCase } from './shape-case.ts';

const threeSeries = (...names: string[]) =>
  message({
    ...bars(),
    chart: { type: 'line', series: names.map((name) => series(name, ['Mon'])), axis_config: { categories: ['Mon'] } },
  });
const oneSeries = (labels: string[]) =>
  message({
    ...bars(),
    chart: { type: 'area', series: [series('s', labels)], axis_config: { categories: ['Mon', 'Tue'] } },
  });

const dated = (more: object): Json => ({ type: 'date', timestamp: 1_795_000_000, format: '{date_short}', ...more });

/** Rules about single kinds of block. */
export const blockShapes = {
  videoHttps: {
    good: [message(video({ title_url: 'https://example.com/watch' }))],
    bad: [
      [message(video({ video_url: 'http://example.com/v' })), failed('/blocks/0/video_url', 'format')],
      [message(video({ title_url: 'http://example.com/v' })), failed('/blocks/0/title_url', 'format')],
    ],
  },
  listInList: {
    good: [
      message(richText({ type: 'rich_text_list', style: 'ordered', elements: [richSection(text()), richSection()] })),
    ],
    bad: [
      [
        message(
          richText({
            type: 'rich_text_list',
            style: 'ordered',
            elements: [{ type: 'rich_text_list', style: 'bullet', elements: [richSection(text())] }],
          }),
        ),
        failed('/blocks/0/elements/0/elements/0/type', 'enum'),
      ],
    ],
  },
  richTextNotEmpty: {
    good: [message(richText(richSection(text(' '))))],
    bad: [
      [message(richText(richSection(text('')))), failed('/blocks/0/elements/0/elements/0/text', 'min_length')],
      [message(richText()), failed('/blocks/0/elements', 'min_items')],
    ],
  },
  cardNotEmpty: {
    good: [message({ type: 'card', body: mrkdwn() }), message({ type: 'card', hero_image: image() })],
    bad: [[message({ type: 'card', subtitle: mrkdwn(), icon: image() }), failed('/blocks/0', 'any_of')]],
  },
  containerTitled: {
    good: [message({ type: 'container', rich_text_title: richText(richSection(text())), child_blocks: [divider()] })],
    bad: [[message({ type: 'container', child_blocks: [divider()] }), failed('/blocks/0', 'any_of')]],
  },
  mentionStyles: {
    good: [
      message(
        richText(
          richSection(
            { type: 'user', user_id: 'U1', style: { highlight: true, client_highlight: false, unlink: true } },
            { type: 'usergroup', usergroup_id: 'S1', style: { unlink: true } },
            { type: 'channel', channel_id: 'C1', style: { bold: true, highlight: true } },
          ),
        ),
      ),
    ],
    bad: [
      [
        message(richText(richSection({ type: 'text', text: 'x', style: { highlight: true } }))),
        failed('/blocks/0/elements/0/elements/0/style', 'additional_properties'),
      ],
    ],
  },
  richTextDate: {
    good: [message(richText(richSection(dated({ timezone: 'Europe/Lisbon', style: { highlight: true } }))))],
    bad: [
      [
        message(richText(richSection(dated({ timezone: 'Mars/Olympus' })))),
        failed('/blocks/0/elements/0/elements/0/timezone', 'format'),
      ],
      [
        message(richText(richSection(dated({ style: { unlink: true } })))),
        failed('/blocks/0/elements/0/elements/0/style', 'additional_properties'),
      ],
    ],
  },
  containerCollapsed: {
    good: [message(container({ is_collapsible: true, default_collapsed: true }))],
    bad: [[message(container({ default_collapsed: true })), failed('/blocks/0', 'all_of')]],
  },
  containerDivider: {
    good: [message(container({ has_header_divider: true, is_collapsible: false }))],
    bad: [[message(container({ has_header_divider: true, is_collapsible: true })), failed('/blocks/0', 'not')]],
  },
  tableEvenRows: {
    good: [message(table({ rows: rows(3, 4) }))],
    bad: [
      [message(table({ rows: [[cell(), cell()], [cell()]] })), failed('/blocks/0/rows/1', 'min_items')],
      [
        message(table({ rows: ['row', [cell(), cell()], [cell()]] })),
        { code: 'invalid_type', pointer: '/blocks/0/rows/0' },
        failed('/blocks/0/rows/2', 'min_items'),
      ],
    ],
  },
  dataTableEvenRows: {
    good: [message(dataTable({ rows: rows(3, 4) }))],
    bad: [[message(dataTable({ rows: [[cell()], [cell(), cell()]] })), failed('/blocks/0/rows/1', 'min_items')]],
  },
  dataTableHeader: {
    good: [
      message(dataTable({ rows: [[{ type: 'raw_number', value: 1, text: '1' }], [richText(richSection(text()))]] })),
    ],
    bad: [
      [
        message(
          dataTable({
            rows: [
              [cell(), richText(richSection(text()))],
              [cell(), cell()],
            ],
          }),
        ),
        failed('/blocks/0/rows/0/1/type', 'enum'),
      ],
    ],
  },
  dataTableHeaderColumn: {
    good: [message(dataTable({ row_header_column_index: 1 }))],
    bad: [
      [message(dataTable({ row_header_column_index: 2 })), failed('/blocks/0/row_header_column_index', 'maximum')],
      [message(dataTable({ row_header_column_index: -1 })), failed('/blocks/0/row_header_column_index', 'minimum')],
    ],
  },
  chartPositive: {
    good: [message(pie([{ label: 'a', value: 0.001 }]))],
    bad: [
      [message(pie([{ label: 'a', value: 0 }])), failed('/blocks/0/chart/segments/0/value', 'minimum')],
      [message(pie([{ label: 'a', value: -1 }])), failed('/blocks/0/chart/segments/0/value', 'minimum')],
    ],
  },
  chartSeriesNames: {
    good: [threeSeries('a', 'b', 'c')],
    bad: [[threeSeries('a', 'b', 'a'), failed('/blocks/0/chart/series/2/name', 'unique_items')]],
  },
  chartCategories: {
    good: [oneSeries(['Mon', 'Tue'])],
    bad: [
      [oneSeries(['Mon']), failed('/blocks/0/chart/series/0/data', 'enum')],
      [oneSeries(['Tue', 'Mon']), failed('/blocks/0/chart/series/0/data', 'enum')],
    ],
  },
} satisfies Record<string, ShapeCase>;
