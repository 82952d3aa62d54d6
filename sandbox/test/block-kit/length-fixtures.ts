import type { textRules } from '../../rules/block-kit-text.ts';
import type { Boundary } from './boundary.ts';
import {
  actions,
  bars,
  button,
  card,
  chars,
  container,
  image,
  input,
  message,
  modal,
  mrkdwn,
  option,
  pie,
  plain,
  section,
  select,
  textInput,
  urlOf,
  video,
} from './builders.ts';

type Length = Omit<Boundary, 'type'>;
export type LengthRule = Exclude<keyof typeof textRules, 'lengthUnit' | 'textObjectMin'>;

const overflow = (more: object) => actions({ type: 'overflow', options: [{ ...option(), ...more }] });
const confirming = (more: object) =>
  actions(button({ confirm: { text: plain(), confirm: plain(), deny: plain(), ...more } }));

/** For each rule of length a payload with a text of the given length. */
export const lengths: Record<LengthRule, Length> = {
  textObject: {
    limit: 3000,
    payload: (n) => message({ type: 'context', elements: [mrkdwn(chars(n))] }),
    pointer: '/blocks/0/elements/0/text',
  },
  blockId: { limit: 255, payload: (n) => message(section({ block_id: chars(n) })), pointer: '/blocks/0/block_id' },
  actionId: {
    limit: 255,
    payload: (n) => message(actions(button({ action_id: chars(n) }))),
    pointer: '/blocks/0/elements/0/action_id',
  },
  sectionText: {
    limit: 3000,
    payload: (n) => message(section({ text: plain(chars(n)) })),
    pointer: '/blocks/0/text/text',
  },
  sectionField: {
    limit: 2000,
    payload: (n) => message({ type: 'section', fields: [mrkdwn(), mrkdwn(chars(n))] }),
    pointer: '/blocks/0/fields/1/text',
  },
  headerText: {
    limit: 150,
    payload: (n) => message({ type: 'header', text: plain(chars(n)) }),
    pointer: '/blocks/0/text/text',
  },
  imageUrl: { limit: 3000, payload: (n) => message(image({ image_url: urlOf(n) })), pointer: '/blocks/0/image_url' },
  imageAltText: { limit: 2000, payload: (n) => message(image({ alt_text: chars(n) })), pointer: '/blocks/0/alt_text' },
  imageTitle: {
    limit: 2000,
    payload: (n) => message(image({ title: plain(chars(n)) })),
    pointer: '/blocks/0/title/text',
  },
  inputLabel: {
    limit: 2000,
    surface: 'modal',
    payload: (n) => modal([input(textInput(), { label: plain(chars(n)) })]),
    pointer: '/blocks/0/label/text',
  },
  inputHint: {
    limit: 2000,
    surface: 'modal',
    payload: (n) => modal([input(textInput(), { hint: plain(chars(n)) })]),
    pointer: '/blocks/0/hint/text',
  },
  markdownText: {
    limit: 12000,
    payload: (n) => message({ type: 'markdown', text: chars(6000) }, { type: 'markdown', text: chars(n - 6000) }),
    pointer: '/blocks',
  },
  buttonText: {
    limit: 75,
    payload: (n) => message(actions(button({ text: plain(chars(n)) }))),
    pointer: '/blocks/0/elements/0/text/text',
  },
  buttonValue: {
    limit: 2000,
    payload: (n) => message(actions(button({ value: chars(n) }))),
    pointer: '/blocks/0/elements/0/value',
  },
  buttonUrl: {
    limit: 3000,
    payload: (n) => message(actions(button({ url: urlOf(n) }))),
    pointer: '/blocks/0/elements/0/url',
  },
  accessibilityLabel: {
    limit: 75,
    payload: (n) => message(actions(button({ accessibility_label: chars(n) }))),
    pointer: '/blocks/0/elements/0/accessibility_label',
  },
  placeholder: {
    limit: 150,
    payload: (n) => message(actions(select({ placeholder: plain(chars(n)) }))),
    pointer: '/blocks/0/elements/0/placeholder/text',
  },
  optionText: {
    limit: 75,
    payload: (n) => message(overflow({ text: plain(chars(n)) })),
    pointer: '/blocks/0/elements/0/options/0/text/text',
  },
  optionValue: {
    limit: 150,
    payload: (n) => message(overflow({ value: chars(n) })),
    pointer: '/blocks/0/elements/0/options/0/value',
  },
  optionDescription: {
    limit: 75,
    payload: (n) => message(overflow({ description: plain(chars(n)) })),
    pointer: '/blocks/0/elements/0/options/0/description/text',
  },
  optionUrl: {
    limit: 3000,
    payload: (n) => message(overflow({ url: urlOf(n) })),
    pointer: '/blocks/0/elements/0/options/0/url',
  },
  optionGroupLabel: {
    limit: 75,
    payload: (n) =>
      message(actions({ type: 'static_select', option_groups: [{ label: plain(chars(n)), options: [option()] }] })),
    pointer: '/blocks/0/elements/0/option_groups/0/label/text',
  },
  confirmTitle: {
    limit: 100,
    payload: (n) => message(confirming({ title: plain(chars(n)) })),
    pointer: '/blocks/0/elements/0/confirm/title/text',
  },
  confirmText: {
    limit: 300,
    payload: (n) => message(confirming({ text: mrkdwn(chars(n)) })),
    pointer: '/blocks/0/elements/0/confirm/text/text',
  },
  confirmButton: {
    limit: 30,
    payload: (n) => message(confirming({ confirm: plain(chars(30)), deny: plain(chars(n)) })),
    pointer: '/blocks/0/elements/0/confirm/deny/text',
  },
  plainTextInputValue: {
    limit: 3000,
    surface: 'modal',
    payload: (n) => modal([input(textInput({ initial_value: chars(n) }))]),
    pointer: '/blocks/0/element/initial_value',
  },
  cardTitle: {
    limit: 150,
    payload: (n) => message(card({ title: mrkdwn(chars(150)), subtitle: mrkdwn(chars(n)) })),
    pointer: '/blocks/0/subtitle/text',
  },
  cardBody: { limit: 200, payload: (n) => message(card({ body: mrkdwn(chars(n)) })), pointer: '/blocks/0/body/text' },
  containerTitle: {
    limit: 150,
    payload: (n) => message(container({ title: plain(chars(n)), subtitle: mrkdwn(chars(150)) })),
    pointer: '/blocks/0/title/text',
  },
  videoTitle: {
    limit: 199,
    payload: (n) => message(video({ title: plain(chars(n)) })),
    pointer: '/blocks/0/title/text',
  },
  videoAuthor: {
    limit: 49,
    payload: (n) => message(video({ author_name: chars(n) })),
    pointer: '/blocks/0/author_name',
  },
  chartTitle: { limit: 50, payload: (n) => message(pie(undefined, { title: chars(n) })), pointer: '/blocks/0/title' },
  chartLabel: {
    limit: 20,
    payload: (n) => message(pie([{ label: chars(n), value: 1 }])),
    pointer: '/blocks/0/chart/segments/0/label',
  },
  chartAxisLabel: {
    limit: 50,
    payload: (n) => message(bars(1, ['Mon'], { x_label: chars(50), y_label: chars(n) })),
    pointer: '/blocks/0/chart/axis_config/y_label',
  },
};
