import {
  actions,
  button,
  card,
  container,
  divider,
  image,
  type Json,
  message,
  mrkdwn,
  option,
  pie,
  plain,
  section,
  select,
} from './builders.ts';
import { failed, missing, type ShapeCase } from './shape-case.ts';

const inActions = (element: Json) => message(actions(element));
const element = '/blocks/0/elements/0';

const asking = (confirm: Json) => inActions(button({ confirm }));

/** Rules about any object. */
export const objectShapes = {
  confirmLabels: {
    good: [asking({ text: plain(), confirm: plain('Yes'), deny: plain('No') })],
    bad: [
      [asking({ text: plain(), deny: plain('No') }), missing(`${element}/confirm`, 'confirm')],
      [asking({ text: plain(), confirm: plain('Yes') }), missing(`${element}/confirm`, 'deny')],
    ],
  },
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
} satisfies Record<string, ShapeCase>;
