import type { Rules } from './rule.ts';

const blocks = 'https://docs.slack.dev/reference/block-kit/blocks';
const composition = 'https://docs.slack.dev/reference/block-kit/composition-objects';
const elements = 'https://docs.slack.dev/reference/block-kit/block-elements';

/** Lengths, in UTF-16 units of the string as it was sent. */
export const textRules = {
  lengthUnit: {
    rule: 'Lengths count UTF-16 units of the string as sent (escapes included)',
    value: 'utf-16',
    source: 'Slack does not say which unit "characters" means',
    evidence: 'assumed',
  },
  textObjectMin: {
    rule: 'plain_text and mrkdwn: least text length',
    value: 1,
    source: `${composition}/text-object`,
    evidence: 'official',
  },
  textObject: {
    rule: 'plain_text and mrkdwn: greatest text length',
    value: 3000,
    source: `${composition}/text-object`,
    evidence: 'official',
  },
  blockId: { rule: 'block_id: greatest length', value: 255, source: blocks, evidence: 'official' },
  actionId: { rule: 'action_id: greatest length', value: 255, source: elements, evidence: 'official' },
  sectionText: { rule: 'section text', value: 3000, source: `${blocks}/section-block`, evidence: 'official' },
  sectionField: { rule: 'section: each field', value: 2000, source: `${blocks}/section-block`, evidence: 'official' },
  headerText: { rule: 'header text', value: 150, source: `${blocks}/header-block`, evidence: 'official' },
  imageUrl: { rule: 'image_url', value: 3000, source: `${blocks}/image-block`, evidence: 'official' },
  imageAltText: { rule: 'image alt_text', value: 2000, source: `${blocks}/image-block`, evidence: 'official' },
  imageTitle: { rule: 'image title', value: 2000, source: `${blocks}/image-block`, evidence: 'official' },
  inputLabel: { rule: 'input label', value: 2000, source: `${blocks}/input-block`, evidence: 'official' },
  inputHint: { rule: 'input hint', value: 2000, source: `${blocks}/input-block`, evidence: 'official' },
  buttonText: { rule: 'button text', value: 75, source: `${elements}/button-element`, evidence: 'official' },
  buttonValue: { rule: 'button value', value: 2000, source: `${elements}/button-element`, evidence: 'official' },
  buttonUrl: { rule: 'button url', value: 3000, source: `${elements}/button-element`, evidence: 'official' },
  accessibilityLabel: {
    rule: 'accessibility_label',
    value: 75,
    source: `${elements}/button-element`,
    evidence: 'official',
  },
  optionText: { rule: 'option text', value: 75, source: `${composition}/option-object`, evidence: 'official' },
  optionValue: {
    rule: 'option value (the comment in @slack/types still says 75)',
    value: 150,
    source: `${composition}/option-object`,
    evidence: 'official',
  },
  optionDescription: {
    rule: 'option description',
    value: 75,
    source: `${composition}/option-object`,
    evidence: 'official',
  },
  optionUrl: { rule: 'option url', value: 3000, source: `${composition}/option-object`, evidence: 'official' },
  optionGroupLabel: {
    rule: 'option group label',
    value: 75,
    source: `${composition}/option-group-object`,
    evidence: 'official',
  },
  placeholder: { rule: 'placeholder text', value: 150, source: elements, evidence: 'official' },
  confirmTitle: {
    rule: 'confirm title',
    value: 100,
    source: `${composition}/confirmation-dialog-object`,
    evidence: 'official',
  },
  confirmText: {
    rule: 'confirm text',
    value: 300,
    source: `${composition}/confirmation-dialog-object`,
    evidence: 'official',
  },
  confirmButton: {
    rule: 'confirm: text of the confirm and deny buttons',
    value: 30,
    source: `${composition}/confirmation-dialog-object`,
    evidence: 'official',
  },
  markdownText: {
    rule: 'markdown: text summed over all markdown blocks of a message',
    value: 12000,
    source: `${blocks}/markdown-block`,
    evidence: 'official',
  },
  cardTitle: { rule: 'card title and subtitle', value: 150, source: '@slack/types 3.2 CardBlock', evidence: 'sdk' },
  cardBody: { rule: 'card body', value: 200, source: '@slack/types 3.2 CardBlock', evidence: 'sdk' },
  containerTitle: {
    rule: 'container title and subtitle',
    value: 150,
    source: '@slack/types 3.2 ContainerBlock',
    evidence: 'sdk',
  },
  videoTitle: {
    rule: 'video title: fewer than 200 characters',
    value: 199,
    source: `${blocks}/video-block`,
    evidence: 'official',
  },
  videoAuthor: {
    rule: 'video author_name: fewer than 50 characters',
    value: 49,
    source: `${blocks}/video-block`,
    evidence: 'official',
  },
  chartTitle: {
    rule: 'data_visualization title',
    value: 50,
    source: `${blocks}/data-visualization-block`,
    evidence: 'official',
  },
  chartLabel: {
    rule: 'data_visualization: segment label, series name, category',
    value: 20,
    source: `${blocks}/data-visualization-block`,
    evidence: 'official',
  },
  chartAxisLabel: {
    rule: 'data_visualization: x_label and y_label',
    value: 50,
    source: `${blocks}/data-visualization-block`,
    evidence: 'official',
  },
} as const satisfies Rules;
