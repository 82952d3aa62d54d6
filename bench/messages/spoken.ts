import type { KnownBlock } from '@slack/types';
import type { Message } from '../../src/blocks/kit/parts.ts';

// biome-ignore lint/suspicious/noExplicitAny: each is called with the facts that stand beside it.
type Wording = (...facts: any[]) => unknown;

/** One message that the bot can send: the function that words it, and forms of it, the usual one first. */
export type Spoken = {
  by: Wording;
  /** What the function was given for these forms, call by call. */
  given: readonly (readonly unknown[])[];
  /** Which of the messages that one function words. */
  topic?: string;
  when: string;
  to: string;
  forms: readonly Message[];
};

type About = Pick<Spoken, 'when' | 'to'>;

/** A message in the forms that its function gives it, one for each of the facts that it is `given`. */
export function spoken<Facts extends unknown[]>(
  by: (...facts: Facts) => Message | undefined,
  about: About,
  given: readonly Facts[],
): Spoken {
  return { ...about, by, given, forms: given.flatMap((facts) => by(...facts) ?? []) };
}

export type Subject = { heading: string; messages: readonly Spoken[] };

/** A message as it is read on a screen, line by line, its buttons in brackets. */
export function readable({ blocks }: Pick<Message, 'blocks'>): string {
  return blocks.map(blockText).filter(Boolean).join('\n');
}

function blockText(block: KnownBlock): string {
  switch (block.type) {
    case 'header':
      return `*${block.text.text}*`;
    case 'section':
      return [
        ...(block.text ? [shown(block.text.text)] : []),
        ...(block.fields ?? []).map(({ text }) => shown(text).replace('\n', ' ')),
        ...(block.accessory?.type === 'button' ? [`[${block.accessory.text.text}]`] : []),
      ].join('\n');
    case 'context':
      return block.elements
        .flatMap((element) => ('text' in element ? [shown(element.text)] : ['(picture)']))
        .join('\n');
    case 'actions':
      return block.elements
        .flatMap((element) => {
          if (element.type === 'button') return [`[${element.text.text}]`];
          if (element.type === 'overflow') return [`[⋯ ${element.options.map(({ text }) => text.text).join(', ')}]`];
          return [];
        })
        .join(' ');
    case 'table':
      return block.rows.map((row) => row.map((cell) => ('text' in cell ? cell.text : '')).join(' | ')).join('\n');
    case 'divider':
      return '---';
    default:
      return '(picture)';
  }
}

const PEOPLE: Record<string, string> = { C0STABILITY: '#eng-stability', C0OTHER: '#eng-launch' };

/** Mentions and links as Slack shows them. */
function shown(source: string): string {
  return source
    .replaceAll(/<@U([A-Z]+)>/g, (_, name: string) => `@${name.toLowerCase()}`)
    .replaceAll(/<#([A-Z0-9]+)>/g, (_, id: string) => PEOPLE[id] ?? '#a-channel')
    .replaceAll(/<[^>|]*\|([^>]*)>/g, '$1')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
