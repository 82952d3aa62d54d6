/** The ids of the people that a Slack message names. */
export function peopleNamedIn(text: string): string[] {
  return [...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].map(([, id]) => id ?? ''))];
}

/** A Slack message without Slack's markup: people by their names, links by their labels with the address behind. */
export function plainWords(text: string, nameOf: (userId: string) => string | undefined): string {
  return unescaped(text.replace(ENTITY, (_, inner: string) => wordsOf(inner, nameOf, addressInFull)));
}

/**
 * The first line of a Slack message that says something, as a title: no addresses, no marks of bold or code. Empty where
 * the message says nothing but addresses.
 */
export function titleOfMessage(text: string, nameOf: (userId: string) => string | undefined): string {
  const lines = text.split('\n').map((line) => {
    const spoken = line.replace(ENTITY, (_, inner: string) => wordsOf(inner, nameOf, (__, label) => label ?? ''));
    return unescaped(spoken)
      .replace(MARKS, '$2')
      .replace(/^[>•\-\s]+/, '')
      .replace(/:[a-z0-9_+-]+:/g, ' ')
      .replace(/\s+([,.;:!?])/g, '$1')
      .replace(/\s+/g, ' ')
      .trim();
  });
  return lines.find((line) => /\p{L}|\p{N}/u.test(line)) ?? '';
}

/** The name of a Slack message among the reports of a program: it is reported once, whoever does it. */
export function messageKey({ channelId, ts }: { channelId: string; ts: string }): string {
  return `message:${channelId}:${ts}`;
}

/** When a Slack message was written, by its own `ts`; null where that is none. */
export function messageAt(ts: string): Date | null {
  return /^\d{9,11}\.\d{1,6}$/.test(ts) ? new Date(Math.floor(Number(ts)) * 1000) : null;
}

// https://docs.slack.dev/messaging/formatting-message-text: whatever Slack itself writes stands in angle brackets.
const ENTITY = /<([^<>\n]+)>/g;
const MARKS = /(?<![\p{L}\p{N}])([*_~`]+)(\S(?:.*?\S)?)\1(?![\p{L}\p{N}])/gu;

type Worded = (address: string, label: string | undefined) => string;

function wordsOf(inner: string, nameOf: (userId: string) => string | undefined, ofAddress: Worded): string {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('@')) return `@${nameOf(target.slice(1)) ?? label ?? 'somebody'}`;
  if (target.startsWith('#')) return label ? `#${label}` : 'a channel';
  if (target.startsWith('!date^')) return label ?? '';
  if (target.startsWith('!subteam^')) return label ?? 'a group';
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return ofAddress(target, label);
}

function addressInFull(address: string, label: string | undefined): string {
  return label && label !== address && !address.endsWith(label) ? `${label} (${address})` : address;
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
