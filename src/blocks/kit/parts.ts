import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  Option,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/types';
import type { ChartSlot } from '../../domain/digest/charts.ts';
import { cutText, startOf } from '../../domain/text/clean-text.ts';
import { clipMrkdwn, escapeMrkdwn, type Mrkdwn } from './mrkdwn.ts';

/** A message as Slack takes it; `text` is what a notification and a screen reader say. Its charts are drawn when it is sent. */
export type Message = { text: string; blocks: KnownBlock[]; charts?: readonly ChartSlot[] };

/** Slack's limits in UTF-16 units after escaping, its strictest reading. */
const LIMIT = {
  section: 3000,
  header: 150,
  button: 75,
  option: 75,
  context: 2000,
  fallback: 3000,
  value: 2000,
} as const;

/** Slack takes 50; the rest of a message is always worth less than its top. */
const BLOCKS_LIMIT = 50;
/** Above about 13,000 characters in blocks Slack has answered msg_blocks_too_long. */
const BLOCKS_TEXT_LIMIT = 12_000;

export function message(text: string, blocks: KnownBlock[]): Message {
  return { text: fallback(text), blocks: fitting(blocks) };
}

/** The fallback is mrkdwn too, so what people typed is escaped there as well. */
export function fallback(text: string): string {
  return cutText(escapeMrkdwn(text), LIMIT.fallback).replace(/&[a-z]{0,4}…$/, '…');
}

/** Drops blocks from the end until a message fits, keeping the last one where it carries the buttons. */
export function fitting(blocks: KnownBlock[], limit: number = BLOCKS_LIMIT): KnownBlock[] {
  const kept = blocks.slice(0, limit);
  while (kept.length > 1 && JSON.stringify(kept).length > BLOCKS_TEXT_LIMIT) {
    kept.splice(kept.at(-1)?.type === 'actions' ? kept.length - 2 : kept.length - 1, 1);
  }
  return kept;
}

export function plain(text: string, limit = 75): PlainTextElement {
  return { type: 'plain_text', text: cutText(text, limit) || ' ', emoji: false };
}

export function mrkdwnText(text: Mrkdwn, limit: number = LIMIT.section): MrkdwnElement {
  return { type: 'mrkdwn', text: clipMrkdwn(text, limit).source || ' ' };
}

export function section(text: Mrkdwn, accessory?: SectionBlock['accessory']): SectionBlock {
  return { type: 'section', text: mrkdwnText(text), ...(accessory ? { accessory } : {}) };
}

/** Up to ten short facts in two columns. */
export function facts(fields: readonly Mrkdwn[]): SectionBlock {
  return { type: 'section', fields: fields.slice(0, 10).map((field) => mrkdwnText(field, 2000)) };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, LIMIT.header) };
}

export function context(...texts: Mrkdwn[]): ContextBlock {
  return { type: 'context', elements: texts.slice(0, 10).map((text) => mrkdwnText(text, LIMIT.context)) };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

export function actions(blockId: string, elements: ActionsBlockElement[]): ActionsBlock {
  return { type: 'actions', block_id: blockId, elements: elements.slice(0, 25) };
}

export function button(
  actionId: string,
  label: string,
  value: string,
  look: { style?: 'primary' | 'danger'; confirm?: Button['confirm']; spoken?: string } = {},
): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(label, LIMIT.button),
    value: startOf(value, LIMIT.value),
    ...(look.style ? { style: look.style } : {}),
    ...(look.confirm ? { confirm: look.confirm } : {}),
    ...(look.spoken ? { accessibility_label: cutText(look.spoken, LIMIT.button) } : {}),
  };
}

export function option(label: string, value: string, description?: string): PlainTextOption & Option {
  return {
    text: plain(label, LIMIT.option),
    value,
    ...(description ? { description: plain(description, LIMIT.option) } : {}),
  };
}
