import { shapeRules } from '../../rules/block-kit-shape.ts';
import {
  actions,
  button,
  image,
  input,
  type Json,
  message,
  modal,
  mrkdwn,
  option,
  options,
  plain,
  select,
  textInput,
} from './builders.ts';
import { failed, missing, type ShapeCase } from './shape-case.ts';

const inActions = (element: Json) => message(actions(element));
const inInput = (element: Json, more?: Json) => modal([input(element, more)]);
const filtered = (filter: Json) => inActions({ type: 'conversations_select', filter });
const decimal = (more: Json) => inInput({ type: 'number_input', is_decimal_allowed: false, ...more });
const element = '/blocks/0/elements/0';

const iconButton = (icon: string) => ({ type: 'icon_button', icon, text: plain('Remove') });
const workflowButton = {
  type: 'workflow_button',
  text: plain(),
  workflow: { trigger: { url: 'https://slack.com/shortcuts/Ft/x' } },
};

/** Rules about elements and the objects in them. */
export const elementShapes = {
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
  iconButtonIcon: {
    good: [message({ type: 'context_actions', elements: [iconButton('trash')] })],
    bad: [[message({ type: 'context_actions', elements: [iconButton('star')] }), failed(`${element}/icon`, 'enum')]],
  },
  workflowButtonId: {
    good: [inActions({ ...workflowButton, action_id: 'run' })],
    bad: [[inActions(workflowButton), missing(element, 'action_id')]],
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
} satisfies Record<string, ShapeCase>;
