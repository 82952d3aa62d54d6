import { cutText } from '../../domain/text/clean-text.ts';

/** Text that is already mrkdwn: escaped where a person typed it. Only `mrkdwn` and its friends make one. */
export class Mrkdwn {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  toString(): string {
    return this.source;
  }
}

type Value = string | number | Mrkdwn | readonly (string | number | Mrkdwn)[];

/** Builds mrkdwn. Whatever is put in is escaped unless it is mrkdwn itself, so nobody can mention or link by typing. */
export function mrkdwn(strings: TemplateStringsArray, ...values: Value[]): Mrkdwn {
  return new Mrkdwn(strings.reduce((all, text, i) => all + text + (i < values.length ? render(values[i]) : ''), ''));
}

function render(value: Value | undefined): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => render(one as Value)).join('');
  return value instanceof Mrkdwn ? value.source : escapeMrkdwn(String(value));
}

/** Slack asks for these three characters and no others; with them gone no mention, link or date can be typed. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function joinMrkdwn(parts: readonly Mrkdwn[], separator = '\n'): Mrkdwn {
  return new Mrkdwn(parts.map(({ source }) => source).join(separator));
}

/** Names a person and notifies them. */
export function mention(userId: string): Mrkdwn {
  return /^[UW][A-Z0-9]+$/.test(userId) ? new Mrkdwn(`<@${userId}>`) : mrkdwn`${userId}`;
}

export function channelLink(channelId: string): Mrkdwn {
  return /^[CG][A-Z0-9]+$/.test(channelId) ? new Mrkdwn(`<#${channelId}>`) : mrkdwn`${channelId}`;
}

export function link(url: string, label: string): Mrkdwn {
  const safe = escapeMrkdwn(url).replaceAll('|', '%7C');
  return /^https?:\/\//.test(url)
    ? new Mrkdwn(`<${safe}|${escapeMrkdwn(label).replaceAll('|', '/')}>`)
    : mrkdwn`${label}`;
}

/** Cuts mrkdwn to a length without leaving half an entity, half a link or half a mention behind. */
export function clipMrkdwn(text: Mrkdwn, limit: number): Mrkdwn {
  if (text.source.length <= limit) return text;
  let kept = cutText(text.source, limit - 1).slice(0, -1);
  const open = kept.lastIndexOf('<');
  if (open > kept.lastIndexOf('>')) kept = kept.slice(0, open);
  return new Mrkdwn(`${kept.replace(/&[a-z]{0,4}$/, '').trimEnd()}…`);
}
