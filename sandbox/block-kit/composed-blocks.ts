import { limits } from '../rules/limits.ts';
import { anyText, mrkdwnText, plainText, url } from './composition-objects.ts';
import { tableBlocks } from './data-blocks.ts';
import { button, imageElement } from './elements.ts';
import { blockId, layoutBlocks } from './layout-blocks.ts';
import { atLeastOneOf } from './presence.ts';
import { richText } from './rich-text.ts';
import { array, boolean, enumOf, object, required, type Schema, someText, typed, union } from './schema.ts';
import { fail, type Report } from './violation.ts';

const image = union({ image: imageElement });

const card = typed(
  {
    ...blockId,
    hero_image: image,
    icon: image,
    title: mrkdwnText(limits.cardTitle.value),
    subtitle: mrkdwnText(limits.cardTitle.value),
    body: mrkdwnText(limits.cardBody.value),
    actions: array(union({ button }), 1, limits.actionsElements.value),
  },
  atLeastOneOf(...limits.cardNotEmpty.value),
);

const task = {
  ...blockId,
  task_id: required(someText),
  title: required(someText),
  details: richText,
  output: richText,
  sources: array(union({ url: typed({ url: required(url()), text: required(someText) }) })),
  status: required(enumOf('pending', 'in_progress', 'complete', 'error')),
};

const contained = [
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];
const children = Object.fromEntries(
  Object.entries({ ...layoutBlocks, ...tableBlocks }).filter(([type]) => contained.includes(type)),
);

function collapsesOnlyIfCollapsible(block: Record<string, unknown>, pointer: string, report: Report): void {
  if (block.default_collapsed !== true || block.is_collapsible === true) return;
  const message = '`default_collapsed` asks for `is_collapsible`';
  fail(report, pointer, message, { type: 'all_of', expected: ['is_collapsible', 'default_collapsed'] });
}

function dividesOnlyIfFixed(block: Record<string, unknown>, pointer: string, report: Report): void {
  if (block.has_header_divider !== true || block.is_collapsible !== true) return;
  const message = '`has_header_divider` excludes `is_collapsible`';
  fail(report, pointer, message, { type: 'not', expected: ['is_collapsible', 'has_header_divider'] });
}

/** Blocks made of other blocks, or of their parts. */
export const composedBlocks: Record<string, Schema> = {
  alert: typed({
    ...blockId,
    text: required(anyText()),
    level: enumOf('default', 'info', 'warning', 'error', 'success'),
  }),
  card,
  carousel: typed({ ...blockId, elements: required(array(union({ card }), 1, limits.carouselCards.value)) }),
  container: typed(
    {
      ...blockId,
      title: plainText(limits.containerTitle.value),
      rich_text_title: richText,
      subtitle: anyText(limits.containerTitle.value),
      child_blocks: required(array(union(children), 1, limits.containerBlocks.value)),
      width: enumOf('narrow', 'standard', 'wide', 'full'),
      icon: image,
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
    atLeastOneOf(...limits.containerTitled.value),
    collapsesOnlyIfCollapsible,
    dividesOnlyIfFixed,
  ),
  task_card: typed(task),
  // Slack's own examples leave out the type of a task that stands in a plan.
  plan: typed({ ...blockId, title: required(someText), tasks: array(object({ type: enumOf('task_card'), ...task })) }),
};
