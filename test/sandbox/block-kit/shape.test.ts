import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import type { Surface, Violation } from '../../../sandbox/block-kit/violation.ts';
import { shapeRules } from '../../../sandbox/rules/block-kit-shape.ts';
import {
  actions,
  bars,
  button,
  card,
  cell,
  container,
  dataTable,
  divider,
  image,
  input,
  type Json,
  message,
  modal,
  mrkdwn,
  option,
  options,
  pie,
  plain,
  richSection,
  richText,
  rows,
  section,
  select,
  series,
  table,
  text,
  textInput,
  video,
} from './builders.ts';

/** What is taken, and what is refused with exactly these violations. */
interface Case {
  surface?: Surface;
  good: unknown[];
  bad: [payload: unknown, ...violations: Partial<Violation>[]][];
}

const failed = (pointer: string, type: string): Partial<Violation> => ({
  code: 'failed_constraint',
  pointer,
  constraint: expect.objectContaining({ type }),
});
const missing = (pointer: string, field: string): Partial<Violation> => ({
  code: 'missing_field',
  message: `missing required field: ${field}`,
  pointer,
  field,
});
const inActions = (element: Json) => message(actions(element));
const inInput = (element: Json, more?: Json) => modal([input(element, more)]);
const filtered = (filter: Json) => inActions({ type: 'conversations_select', filter });
const decimal = (more: Json) => inInput({ type: 'number_input', is_decimal_allowed: false, ...more });
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

const element = '/blocks/0/elements/0';

const cases: Record<keyof typeof shapeRules, Case> = {
  unknownType: {
    good: [message(divider())],
    bad: [
      [message({ type: 'sektion' }), { ...failed('/blocks/0/type', 'enum'), message: 'unsupported type: sektion' }],
      [message(section({ text: { type: 'text', text: 'x' } })), failed('/blocks/0/text/type', 'enum')],
      [inActions(image()), failed(`${element}/type`, 'enum')],
      [message({ type: 'constructor' }), failed('/blocks/0/type', 'enum')],
      [message({ type: 7 }), failed('/blocks/0/type', 'enum')],
      [message({ type: 'header', text: mrkdwn() }), failed('/blocks/0/text/type', 'enum')],
    ],
  },
  unknownProperty: {
    good: [inActions(button())],
    bad: [
      [
        message({ ...divider(), text: 'x' }),
        { ...failed('/blocks/0', 'additional_properties'), message: 'invalid additional property: text' },
      ],
      [inActions(button({ disabled: true })), failed(element, 'additional_properties')],
      [
        inActions(select({ options: [option('v', { type: 'option' })] })),
        failed(`${element}/options/0`, 'additional_properties'),
      ],
      [message({ ...JSON.parse('{"type":"divider","__proto__":{}}') }), failed('/blocks/0', 'additional_properties')],
    ],
  },
  missingField: {
    good: [message(image())],
    bad: [
      [
        message({ type: 'image', image_url: 'https://example.com/a.png' }),
        { code: 'missing_field', message: 'missing required field: alt_text', field: 'alt_text', pointer: '/blocks/0' },
      ],
      [message({ text: plain() }), { code: 'missing_field', field: 'type', pointer: '/blocks/0' }],
      [inActions({ type: 'button' }), { code: 'missing_field', field: 'text', pointer: element }],
    ],
  },
  wrongJsonType: {
    good: [message(section({ block_id: 'b' }))],
    bad: [
      [
        message(section({ block_id: null })),
        { code: 'invalid_type', message: 'must provide a string', pointer: '/blocks/0/block_id' },
      ],
      [
        message(section({ accessory: null })),
        { code: 'invalid_type', message: 'must provide an object', pointer: '/blocks/0/accessory' },
      ],
      [
        message(section({ fields: null })),
        { code: 'invalid_type', message: 'must provide an array', pointer: '/blocks/0/fields' },
      ],
      [
        message(section({ expand: 'yes' })),
        { code: 'invalid_type', message: 'must be a boolean', pointer: '/blocks/0/expand' },
      ],
      [
        inActions({ type: 'multi_users_select', max_selected_items: 1.5 }),
        { code: 'invalid_type', message: 'must provide an integer', pointer: `${element}/max_selected_items` },
      ],
      [
        message(pie([{ label: 'a', value: '1' }])),
        { code: 'invalid_type', message: 'must provide a number', pointer: '/blocks/0/chart/segments/0/value' },
      ],
      [message('divider'), { code: 'invalid_type', pointer: '/blocks/0' }],
      [
        { text: 'x', blocks: '[]' },
        { code: 'invalid_type', pointer: '/blocks' },
      ],
    ],
  },
  blockIdUnique: {
    good: [message(section({ block_id: 'a' }), section({ block_id: 'b' }), section())],
    bad: [
      [
        message(section({ block_id: 'a' }), divider(), section({ block_id: 'a' })),
        failed('/blocks/2/block_id', 'unique'),
      ],
      [
        message(section({ block_id: 'a' }), container({ child_blocks: [section({ block_id: 'a' })] })),
        failed('/blocks/1/child_blocks/0/block_id', 'unique'),
      ],
      [
        { blocks: [section({ block_id: 'a' })], attachments: [{ blocks: [section({ block_id: 'a' })] }] },
        failed('/attachments/0/blocks/0/block_id', 'unique'),
      ],
    ],
  },
  actionIdUnique: {
    good: [message(actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' })))],
    bad: [
      [
        message(actions(button({ action_id: 'a' }), button({ action_id: 'b' }), button({ action_id: 'a' }))),
        failed('/blocks/0/elements/2/action_id', 'unique'),
      ],
      [
        message(card({ actions: [button({ action_id: 'a' }), button({ action_id: 'a' })] })),
        failed('/blocks/0/actions/1/action_id', 'unique'),
      ],
    ],
  },
  sectionTextOrFields: {
    good: [message({ type: 'section', fields: [plain()] }), message(section({ fields: [plain()] }))],
    bad: [
      [
        message({ type: 'section' }),
        { ...failed('/blocks/0', 'any_of'), message: 'must define either `text` or `fields`' },
      ],
      [message({ type: 'section', fields: [] }), failed('/blocks/0/fields', 'min_items')],
    ],
  },
  imageSource: {
    good: [message(image()), message({ type: 'image', slack_file: { id: 'F0123ABCD' }, alt_text: 'A chart' })],
    bad: [
      [message({ type: 'image', alt_text: 'A chart' }), missing('/blocks/0', 'image_url')],
      [message(image({ slack_file: { id: 'F0123ABCD' } })), failed('/blocks/0', 'one_of')],
      [
        message({ type: 'context', elements: [{ type: 'image', alt_text: 'A chart' }] }),
        missing('/blocks/0/elements/0', 'image_url'),
      ],
    ],
  },
  slackFileSource: {
    good: [message({ type: 'image', slack_file: { url: 'https://files.slack.com/x.png' }, alt_text: 'A chart' })],
    bad: [
      [message({ type: 'image', slack_file: {}, alt_text: 'A chart' }), missing('/blocks/0/slack_file', 'id')],
      [
        message({
          type: 'image',
          slack_file: { id: 'F0123ABCD', url: 'https://files.slack.com/x.png' },
          alt_text: 'A chart',
        }),
        failed('/blocks/0/slack_file', 'one_of'),
      ],
    ],
  },
  selectSource: {
    good: [inActions({ type: 'multi_static_select', option_groups: [{ label: plain(), options: options(1) }] })],
    bad: [
      [inActions({ type: 'static_select' }), missing(element, 'options')],
      [inActions(select({ option_groups: [{ label: plain(), options: options(1) }] })), failed(element, 'one_of')],
    ],
  },
  initialOption: {
    good: [
      inActions(select({ initial_option: { value: 'v1', text: plain('Option v1') } })),
      inActions({
        type: 'static_select',
        option_groups: [{ label: plain(), options: options(2) }],
        initial_option: option('v1'),
      }),
      inActions({ type: 'checkboxes', options: options(3), initial_options: [option('v0'), option('v2')] }),
    ],
    bad: [
      [inActions(select({ initial_option: option('v9') })), failed(`${element}/initial_option`, 'enum')],
      [
        inActions(select({ initial_option: { ...option('v1'), description: plain('more') } })),
        failed(`${element}/initial_option`, 'enum'),
      ],
      [
        inActions({ type: 'checkboxes', options: options(2), initial_options: [option('v0'), option('v2')] }),
        failed(`${element}/initial_options/1`, 'enum'),
      ],
    ],
  },
  mrkdwnOptions: {
    good: [inActions({ type: 'checkboxes', options: [option('a', { text: mrkdwn(), description: mrkdwn() })] })],
    bad: [
      [
        inActions(select({ options: [option('a', { text: mrkdwn() })] })),
        failed(`${element}/options/0/text/type`, 'enum'),
      ],
      [
        inActions({ type: 'overflow', options: [option('a', { description: mrkdwn() })] }),
        failed(`${element}/options/0/description/type`, 'enum'),
      ],
    ],
  },
  optionUrlInOverflow: {
    good: [inActions({ type: 'overflow', options: [option('a', { url: 'https://example.com' })] })],
    bad: [
      [
        inActions(select({ options: [option('a', { url: 'https://example.com' })] })),
        failed(`${element}/options/0`, 'additional_properties'),
      ],
    ],
  },
  conversationFilter: {
    good: [filtered({ include: ['public', 'private'] }), filtered({ exclude_bot_users: true })],
    bad: [
      [filtered({}), failed(`${element}/filter`, 'any_of')],
      [filtered({ include: [] }), failed(`${element}/filter/include`, 'min_items')],
      [filtered({ include: ['secret'] }), failed(`${element}/filter/include/0`, 'enum')],
    ],
  },
  responseUrlEnabled: {
    surface: 'modal',
    good: [
      inInput({ type: 'conversations_select', response_url_enabled: true }),
      modal([actions({ type: 'channels_select', response_url_enabled: false })]),
    ],
    bad: [
      [
        modal([actions({ type: 'channels_select', response_url_enabled: true })]),
        failed('/blocks/0/elements/0/response_url_enabled', 'enum'),
      ],
    ],
  },
  dispatchFileInput: {
    surface: 'modal',
    good: [
      inInput({ type: 'file_input' }, { dispatch_action: false }),
      inInput(textInput(), { dispatch_action: true }),
    ],
    bad: [
      [
        inInput({ type: 'file_input' }, { dispatch_action: true }),
        { ...failed('/blocks/0/element/type', 'enum'), message: 'unsupported type: file_input' },
      ],
    ],
  },
  textInputsInInput: {
    surface: 'modal',
    good: shapeRules.textInputsInInput.value.map((type) =>
      inInput(type === 'number_input' ? { type, is_decimal_allowed: true } : { type }),
    ),
    bad: shapeRules.textInputsInInput.value.map((type) => [
      modal([actions({ type })]),
      failed('/blocks/0/elements/0/type', 'enum'),
    ]),
  },
  minMaxLength: {
    surface: 'modal',
    good: [inInput(textInput({ min_length: 5, max_length: 5, initial_value: 'fiver' }))],
    bad: [
      [inInput(textInput({ min_length: 6, max_length: 5 })), failed('/blocks/0/element/min_length', 'maximum')],
      [
        inInput(textInput({ max_length: 5, initial_value: 'sixsix' })),
        failed('/blocks/0/element/initial_value', 'max_length'),
      ],
    ],
  },
  numberRange: {
    surface: 'modal',
    good: [decimal({ min_value: '-10', initial_value: '9', max_value: '9' })],
    bad: [
      [decimal({ min_value: '10', max_value: '9' }), failed('/blocks/0/element/min_value', 'maximum')],
      [decimal({ initial_value: '10', max_value: '9' }), failed('/blocks/0/element/initial_value', 'maximum')],
      [decimal({ initial_value: '-11', min_value: '-10' }), failed('/blocks/0/element/initial_value', 'minimum')],
      [decimal({ min_value: 'ten' }), failed('/blocks/0/element/min_value', 'format')],
    ],
  },
  numberDecimal: {
    surface: 'modal',
    good: [decimal({ is_decimal_allowed: true, initial_value: '0.25' })],
    bad: [[decimal({ initial_value: '0.25' }), { code: 'invalid_type', pointer: '/blocks/0/element/initial_value' }]],
  },
  dateFormat: {
    good: [inActions({ type: 'datepicker', initial_date: '2028-02-29' })],
    bad: ['2026-02-29', '2026-2-1', '01.02.2026', '2026-02-01T00:00:00Z'].map((initial_date) => [
      inActions({ type: 'datepicker', initial_date }),
      failed(`${element}/initial_date`, 'format'),
    ]),
  },
  timeFormat: {
    good: [
      inActions({ type: 'timepicker', initial_time: '00:00' }),
      inActions({ type: 'timepicker', initial_time: '23:59' }),
    ],
    bad: ['24:00', '9:30', '09:60', '09:30:00'].map((initial_time) => [
      inActions({ type: 'timepicker', initial_time }),
      failed(`${element}/initial_time`, 'format'),
    ]),
  },
  timeZone: {
    good: [inActions({ type: 'timepicker', timezone: 'America/Chicago' })],
    bad: [[inActions({ type: 'timepicker', timezone: 'Mars/Olympus' }), failed(`${element}/timezone`, 'format')]],
  },
  urlFormat: {
    good: ['http://localhost:3000/x?y#z', 'slack://app?team=T1&id=A1', 'mailto:ana@example.com'].map((url) =>
      inActions(button({ url })),
    ),
    bad: ['/relative', 'javascript:alert(1)', 'ftp://example.com', ''].map((url) => [
      inActions(button({ url })),
      failed(`${element}/url`, 'format'),
    ]),
  },
  imageUrlFormat: {
    good: [message(image({ image_url: 'http://127.0.0.1/a.png' }))],
    bad: ['a.png', 'data:image/png;base64,AAAA', 'slack://file'].map((image_url) => [
      message(image({ image_url })),
      failed('/blocks/0/image_url', 'format'),
    ]),
  },
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
    bad: [[message(table({ rows: [[cell(), cell()], [cell()]] })), failed('/blocks/0/rows/1', 'min_items')]],
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
};

describe('shape', () => {
  it.each(Object.entries(cases))('%s', (_name, { surface = 'message', good, bad }) => {
    for (const payload of good) expect(validateSurface(surface, payload)).toEqual([]);
    for (const [payload, ...violations] of bad) {
      expect(validateSurface(surface, payload)).toEqual(
        violations.map((violation) => expect.objectContaining(violation)),
      );
    }
  });
});
