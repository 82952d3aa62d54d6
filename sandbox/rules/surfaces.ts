import { assumed, official, type Rules, sdk, thirdParty } from './rule.ts';

type Surfaces = readonly ('message' | 'modal' | 'home')[];

const blocks = 'reference/block-kit/blocks';
const elements = 'reference/block-kit/block-elements';
const everywhere: Surfaces = ['message', 'modal', 'home'];
const messages: Surfaces = ['message'];
const modals: Surfaces = ['modal'];
const views: Surfaces = ['modal', 'home'];

/** Where each block may stand. */
export const blockSurfaces = {
  actions: official('Surfaces of actions', everywhere, `${blocks}/actions-block`),
  alert: thirdParty(
    'Surfaces of alert (one SDK says modals only, Slack’s own skill uses it in messages)',
    ['message', 'modal'] as Surfaces,
    'slack-web-api 0.2 for Rust, slackapi/slack-skills-plugin',
  ),
  card: assumed('Surfaces of card', messages, 'published for messages'),
  carousel: assumed('Surfaces of carousel', messages, 'published for messages'),
  container: thirdParty('Surfaces of container', messages, 'views.publish answered "unsupported type: container"'),
  context: official('Surfaces of context', everywhere, `${blocks}/context-block`),
  context_actions: official('Surfaces of context_actions', messages, `${blocks}/context-actions-block`),
  data_table: thirdParty('Surfaces of data_table', messages, 'views.publish answered "unsupported type: data_table"'),
  data_visualization: thirdParty(
    'Surfaces of data_visualization',
    messages,
    'views.publish answered "unsupported type: data_visualization"',
  ),
  divider: official('Surfaces of divider', everywhere, `${blocks}/divider-block`),
  file: sdk('file is never sent by an app, only read', [] as Surfaces, '@slack/types 3.2 FileBlock'),
  header: official('Surfaces of header', everywhere, `${blocks}/header-block`),
  image: official('Surfaces of image', everywhere, `${blocks}/image-block`),
  input: official(
    'Surfaces of input (the page of the elements lists messages; in 2022 one was refused, python-slack-sdk#1257)',
    everywhere,
    'reference/block-kit/block-elements',
  ),
  markdown: official('Surfaces of markdown', messages, `${blocks}/markdown-block`),
  plan: assumed('Surfaces of plan', messages, 'published for messages'),
  rich_text: official('Surfaces of rich_text', everywhere, `${blocks}/rich-text-block`),
  section: official('Surfaces of section', everywhere, `${blocks}/section-block`),
  table: official('Surfaces of table', messages, `${blocks}/table-block`),
  task_card: assumed('Surfaces of task_card', messages, 'published for messages'),
  video: official('Surfaces of video', everywhere, `${blocks}/video-block`),
} satisfies Rules;

/** Where an element may stand; an element that is not listed follows its block. */
export const elementSurfaces = {
  datetimepicker: official(
    'Surfaces of datetimepicker',
    ['message', 'modal'] as Surfaces,
    `${elements}/datetime-picker-element`,
  ),
  email_text_input: official('Surfaces of email_text_input', modals, `${elements}/email-input-element`),
  file_input: official('Surfaces of file_input', modals, `${elements}/file-input-element`),
  number_input: official('Surfaces of number_input', modals, `${elements}/number-input-element`),
  rich_text_input: official('Surfaces of rich_text_input', views, `${elements}/rich-text-input-element`),
  url_text_input: official('Surfaces of url_text_input', modals, `${elements}/url-input-element`),
  workflow_button: official('Surfaces of workflow_button', messages, `${elements}/workflow-button-element`),
} satisfies Rules;
