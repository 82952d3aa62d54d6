import type { Message } from '../../sandbox/model.ts';
import { type Claim, claimsOfDigest, claimsOfDirect, claimsOfProgress, claimsOfTriage } from './claims.ts';
import type { Log } from './log.ts';
import { type Standing, shownText } from './said.ts';

export type Held = { messages: number; claims: number; falses: string[]; longestDigest: number };

/** What has been there before: all messages, and when each triage was opened, the oldest first. */
export type Heard = { messages: Set<string>; triages: Map<string, Date> };

/** Holds all that stands now against the log: what was posted just now, and what is kept up to date. */
export function holdAgainstLog(held: Held, heard: Heard, { inChannel, direct }: Standing, log: Log, now: Date): void {
  const hold = (message: Message, claims: readonly Claim[]) => {
    held.claims += claims.length;
    for (const { what, said, is } of claims)
      if (said !== is) held.falses.push(`${now.toISOString()} ${what}: said ${said}, is ${is}. ${shownText(message)}`);
  };
  for (const message of inChannel) {
    const text = shownText(message);
    const isNew = !heard.messages.has(keyOf(message));
    if (text.startsWith('*Triage of')) {
      if (isNew) heard.triages.set(message.ts, now);
      const isOpen = text.includes('[Close triage]');
      if (isNew || isOpen) hold(message, claimsOfTriage(text, log, { now, since: sinceOf(heard, message.ts) }));
      if (isOpen) hold(message, claimsOfProgress(text, itemsUnder(message, inChannel)));
    } else if (isNew && isPost(message) && /^(?:Digest, week to \d|A quiet week)/.test(text)) {
      hold(message, claimsOfDigest(text, log, now));
      held.longestDigest = Math.max(held.longestDigest, text.match(/\S+/g)?.length ?? 0);
    }
  }
  for (const { userId, message } of direct) hold(message, claimsOfDirect(shownText(message), userId, log, now));
  for (const message of [...inChannel, ...direct.map((one) => one.message)]) {
    if (!heard.messages.has(keyOf(message))) held.messages += 1;
    heard.messages.add(keyOf(message));
  }
}

/** A parent with replies carries its own ts, as in Slack. */
function isPost({ threadTs, ts }: Message): boolean {
  return threadTs === undefined || threadTs === ts;
}

function keyOf({ channel, ts }: Message): string {
  return `${channel}:${ts}`;
}

/** When the triage before this one was opened. */
function sinceOf({ triages }: Heard, ts: string): Date | null {
  const all = [...triages];
  return all[all.findIndex(([one]) => one === ts) - 1]?.[1] ?? null;
}

function itemsUnder(parent: Message, all: readonly Message[]): string[] {
  return all
    .filter(({ threadTs, ts }) => threadTs === parent.ts && ts !== parent.ts)
    .map(shownText)
    .filter((reply) => /^\*D-\d+\*|overdue/.test(reply));
}
