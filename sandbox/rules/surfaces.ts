import type { Rules } from './rule.ts';

const docs = 'https://docs.slack.dev/reference/block-kit/blocks';
const messages = ['message'];
const everywhere = ['message', 'modal', 'home'];

/** Where each block may stand. */
export const blockSurfaces = {
  actions: { rule: 'actions: surfaces', value: everywhere, source: `${docs}/actions-block`, evidence: 'official' },
  alert: {
    rule: "alert: surfaces (sources disagree: modals only in one SDK, messages in Slack's own skill)",
    value: ['message', 'modal'],
    source: 'slack-web-api 0.2 (Rust), slackapi/slack-skills-plugin',
    evidence: 'third-party',
  },
  card: { rule: 'card: surfaces', value: messages, source: `${docs}/card-block`, evidence: 'assumed' },
  carousel: { rule: 'carousel: surfaces', value: messages, source: `${docs}/carousel-block`, evidence: 'assumed' },
  container: { rule: 'container: surfaces', value: messages, source: `${docs}/container-block`, evidence: 'assumed' },
  context: { rule: 'context: surfaces', value: everywhere, source: `${docs}/context-block`, evidence: 'official' },
  context_actions: {
    rule: 'context_actions: surfaces',
    value: messages,
    source: `${docs}/context-actions-block`,
    evidence: 'official',
  },
  data_table: {
    rule: 'data_table: surfaces',
    value: messages,
    source: `${docs}/data-table-block`,
    evidence: 'assumed',
  },
  data_visualization: {
    rule: 'data_visualization: surfaces',
    value: messages,
    source: `${docs}/data-visualization-block`,
    evidence: 'third-party',
  },
  divider: { rule: 'divider: surfaces', value: everywhere, source: `${docs}/divider-block`, evidence: 'official' },
  file: {
    rule: 'file: apps cannot send it, it appears only in messages that are read',
    value: [],
    source: '@slack/types 3.2 FileBlock',
    evidence: 'sdk',
  },
  header: { rule: 'header: surfaces', value: everywhere, source: `${docs}/header-block`, evidence: 'official' },
  image: { rule: 'image: surfaces', value: everywhere, source: `${docs}/image-block`, evidence: 'official' },
  input: {
    rule: 'input: surfaces (messages are not documented well enough to allow)',
    value: ['modal', 'home'],
    source: '@slack/types 3.2 InputBlock',
    evidence: 'sdk',
  },
  markdown: { rule: 'markdown: surfaces', value: messages, source: `${docs}/markdown-block`, evidence: 'official' },
  plan: { rule: 'plan: surfaces', value: messages, source: `${docs}/plan-block`, evidence: 'assumed' },
  rich_text: {
    rule: 'rich_text: surfaces',
    value: everywhere,
    source: `${docs}/rich-text-block`,
    evidence: 'official',
  },
  section: { rule: 'section: surfaces', value: everywhere, source: `${docs}/section-block`, evidence: 'official' },
  table: { rule: 'table: surfaces', value: messages, source: `${docs}/table-block`, evidence: 'official' },
  task_card: { rule: 'task_card: surfaces', value: messages, source: `${docs}/task-card-block`, evidence: 'assumed' },
  video: { rule: 'video: surfaces', value: everywhere, source: `${docs}/video-block`, evidence: 'official' },
} satisfies Rules;
