import { limits } from '../rules/limits.ts';
import { anyText, atLeastOneOf, mrkdwnText, plainText, url } from './composition-objects.ts';
import { tableBlocks } from './data-blocks.ts';
import { imageElement, pressables } from './elements.ts';
import { blockId, layoutBlocks } from './layout-blocks.ts';
import { richText } from './rich-text.ts';
import { array, boolean, enumOf, required, type Schema, string, typed, union } from './schema.ts';
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
    actions: array(union({ button: pressables.button as Schema }), 1, limits.actionsElements.value),
  },
  atLeastOneOf('hero_image', 'title', 'actions', 'body'),
);

const taskCard = typed({
  ...blockId,
  task_id: required(string(undefined, 1)),
  title: required(string(undefined, 1)),
  details: richText,
  output: richText,
  sources: array(union({ url: typed({ url: required(url), text: required(string(undefined, 1)) }) })),
  status: required(enumOf('pending', 'in_progress', 'complete', 'error')),
});

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

function collapsedOnlyWhenCollapsible(block: Record<string, unknown>, pointer: string, report: Report): void {
  if (block.default_collapsed !== true || block.is_collapsible === true) return;
  fail(report, `${pointer}/default_collapsed`, 'requires is_collapsible', {
    type: 'requires',
    expected: 'is_collapsible',
  });
}

const children = Object.fromEntries(
  Object.entries({ ...layoutBlocks, ...tableBlocks }).filter(([type]) => contained.includes(type)),
);

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
    atLeastOneOf('title', 'rich_text_title'),
    collapsedOnlyWhenCollapsible,
  ),
  task_card: taskCard,
  plan: typed({ ...blockId, title: required(string(undefined, 1)), tasks: array(union({ task_card: taskCard })) }),
};
