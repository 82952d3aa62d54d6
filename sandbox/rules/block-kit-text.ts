import { assumed, official, type Rules, sdk } from './rule.ts';

const blocks = 'reference/block-kit/blocks';
const objects = 'reference/block-kit/composition-objects';
const elements = 'reference/block-kit/block-elements';

/** Greatest lengths, in UTF-16 units of the string as it was sent. */
export const textRules = {
  lengthUnit: assumed(
    'Lengths count UTF-16 units of the string as sent, escapes included',
    'utf-16',
    'Slack does not say what a character is',
  ),
  textObjectMin: official('plain_text, mrkdwn: least text', 1, `${objects}/text-object`),
  textObject: official('plain_text, mrkdwn: text', 3000, `${objects}/text-object`),
  blockId: official('block_id', 255, blocks),
  actionId: official('action_id', 255, elements),
  sectionText: official('section: text', 3000, `${blocks}/section-block`),
  sectionField: official('section: each field', 2000, `${blocks}/section-block`),
  headerText: official('header: text', 150, `${blocks}/header-block`),
  imageUrl: official('image: image_url', 3000, `${blocks}/image-block`),
  imageAltText: official('image: alt_text', 2000, `${blocks}/image-block`),
  imageTitle: official('image: title', 2000, `${blocks}/image-block`),
  inputLabel: official('input: label', 2000, `${blocks}/input-block`),
  inputHint: official('input: hint', 2000, `${blocks}/input-block`),
  markdownText: official('markdown: text of all markdown blocks of a message', 12000, `${blocks}/markdown-block`),
  buttonText: official('button: text', 75, `${elements}/button-element`),
  buttonValue: official('button: value', 2000, `${elements}/button-element`),
  buttonUrl: official('button: url', 3000, `${elements}/button-element`),
  accessibilityLabel: official('button: accessibility_label', 75, `${elements}/button-element`),
  placeholder: official('placeholder', 150, elements),
  optionText: official('option: text', 75, `${objects}/option-object`),
  optionValue: official('option: value (the comment in @slack/types still says 75)', 150, `${objects}/option-object`),
  optionDescription: official('option: description', 75, `${objects}/option-object`),
  optionUrl: official('option: url', 3000, `${objects}/option-object`),
  optionGroupLabel: official('option group: label', 75, `${objects}/option-group-object`),
  confirmTitle: official('confirm: title', 100, `${objects}/confirmation-dialog-object`),
  confirmText: official('confirm: text', 300, `${objects}/confirmation-dialog-object`),
  confirmButton: official('confirm: confirm and deny', 30, `${objects}/confirmation-dialog-object`),
  plainTextInputValue: assumed(
    'plain_text_input: initial_value, unless max_length says less',
    3000,
    'the greatest max_length',
  ),
  cardTitle: sdk('card: title and subtitle', 150, '@slack/types 3.2 CardBlock'),
  cardBody: sdk('card: body', 200, '@slack/types 3.2 CardBlock'),
  containerTitle: sdk('container: title and subtitle', 150, '@slack/types 3.2 ContainerBlock'),
  videoTitle: official('video: title, fewer than 200', 199, `${blocks}/video-block`),
  videoAuthor: official('video: author_name, fewer than 50', 49, `${blocks}/video-block`),
  chartTitle: official('data_visualization: title', 50, `${blocks}/data-visualization-block`),
  chartLabel: official(
    'data_visualization: segment label, series name, category',
    20,
    `${blocks}/data-visualization-block`,
  ),
  chartAxisLabel: official('data_visualization: x_label and y_label', 50, `${blocks}/data-visualization-block`),
} satisfies Rules;
