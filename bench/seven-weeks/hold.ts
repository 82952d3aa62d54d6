import type { Message } from '../../sandbox/state/model.ts';
import { HOUR_MS, WEEK_MS } from '../../src/domain/time/durations.ts';
import type { Claim } from './claim.ts';
import { claimsOfDirect } from './claims-of-direct.ts';
import { claimsOfItem, claimsOfOverdue, claimsOfSettled, claimsOfSummary } from './claims-of-items.ts';
import { claimsOfDigest, claimsOfTriage } from './claims-of-posts.ts';
import { claimsOfReply, type SaidBefore } from './claims-of-thread.ts';
import type { Log } from './log.ts';
import { isPost, keyOf, repliesTo, type Standing, shownText, tableIn } from './said.ts';

export type Held = {
  messages: number;
  /** Claims by the kind of message that makes them. */
  claims: Map<string, number>;
  /** Each sentence once, with the moment from which it stood. */
  falses: Map<string, string>;
  contradictions: Map<string, string>;
  longestDigest: number;
};

/** What has been there before: the text of every message, when each triage was opened, and how the last one ended. */
export type Heard = {
  texts: Map<string, string>;
  triages: Map<string, Date>;
  closed: { at: Date; decided: string }[];
  reminders: Date[];
};

/** What was said at one moment, of what, and where; two places that differ contradict each other. */
export type Moment = { now: Date; said: Map<string, { said: string | number; where: string }> };

/** Holds one text against the log, and against all that was said at the same moment. */
export function holdClaims(held: Held, moment: Moment, where: string, text: string, claims: readonly Claim[]): void {
  held.claims.set(where, (held.claims.get(where) ?? 0) + claims.length);
  const at = moment.now.toISOString();
  for (const { what, said, is } of claims) {
    const untrue = `${where}: ${what}: said ${said}, is ${is}. ${text}`;
    if (said !== is && !held.falses.has(untrue)) held.falses.set(untrue, at);
    const other = moment.said.get(what);
    const differs = `${what}: ${other?.where} says ${other?.said}, ${where} ${said}`;
    if (other && other.said !== said && !held.contradictions.has(differs)) held.contradictions.set(differs, at);
    moment.said.set(what, { said, where });
  }
}

/** Holds all that stands now against the log: what was posted or changed just now, and what is kept up to date. */
export function holdStanding(held: Held, heard: Heard, moment: Moment, standing: Standing, log: Log): void {
  const { now } = moment;
  const { inChannel, direct } = standing;
  const isNew = (message: Message) => !heard.texts.has(keyOf(message));
  for (const post of inChannel.filter(isPost)) {
    const text = shownText(post);
    const hold = (where: string, claims: readonly Claim[], of = text) => holdClaims(held, moment, where, of, claims);
    const replies = repliesTo(post, inChannel);
    if (text.startsWith('*Triage of')) {
      if (isNew(post)) heard.triages.set(post.ts, now);
      holdTriage(held, heard, moment, { post, replies }, log);
    } else if (/^(?:Digest, week to \d|A quiet week)/.test(text)) {
      if (isNew(post)) {
        hold('digest', claimsOfDigest(text, log, now));
        held.longestDigest = Math.max(held.longestDigest, text.match(/\S+/g)?.length ?? 0);
      }
      const before = saidBefore(heard, now);
      for (const reply of replies.filter(isNew))
        hold(
          'thread of the digest',
          claimsOfReply(shownText(reply), tableIn(reply), log, now, before),
          shownText(reply),
        );
    }
  }
  for (const { userId, message } of direct) {
    const text = shownText(message);
    if (isNew(message) && REMINDER.test(text)) heard.reminders.push(new Date(Number(message.ts) * 1_000));
    holdClaims(held, moment, 'direct message', text, claimsOfDirect(text, userId, log, now));
  }
  for (const message of [...inChannel, ...direct.map((one) => one.message)]) {
    if (isNew(message)) held.messages += 1;
    heard.texts.set(keyOf(message), shownText(message));
  }
}

function holdTriage(
  held: Held,
  heard: Heard,
  moment: Moment,
  { post, replies }: { post: Message; replies: readonly Message[] },
  log: Log,
): void {
  const { now } = moment;
  const parent = shownText(post);
  const hasChanged = (message: Message) => heard.texts.get(keyOf(message)) !== shownText(message);
  const isOpen = parent.includes('[Close triage]');
  const items = replies
    .map(shownText)
    .filter((text) => /^\*D-\d+\*|overdue/.test(text) && !text.startsWith('*Triage closed'));
  if (isOpen || hasChanged(post)) {
    const claims = claimsOfTriage(parent, log, { now, since: sinceOf(heard, post.ts) });
    holdClaims(held, moment, 'triage', parent, [...claims, ...(isOpen ? claimsOfProgress(parent, items) : [])]);
  }
  for (const reply of replies) {
    const text = shownText(reply);
    const hold = (where: string, claims: readonly Claim[]) => holdClaims(held, moment, where, text, claims);
    if (text.startsWith('*Triage closed.*')) {
      if (!hasChanged(reply)) continue;
      hold('closing summary', claimsOfSummary(text, parent, items, log));
      heard.closed.push({ at: now, decided: /([\d,]+ of [\d,]+) decided/.exec(text)?.[1] ?? '' });
    } else if (/^\*[\d,]+ overdue/.test(text) && isOpen) hold('overdue item', claimsOfOverdue(text, log, now));
    else if (/^\*D-\d+\*/.test(text) && text.includes('[') && isOpen) hold('triage item', claimsOfItem(text, log));
    else if (/^\*D-\d+\*/.test(text) && hasChanged(reply)) hold('settled item', claimsOfSettled(text, log, now));
  }
}

/** How far a thread has come: "10 items, 4 decided." as its items show. */
function claimsOfProgress(parent: string, items: readonly string[]): Claim[] {
  const found = /([\d,]+) items?, ([\d,]+) decided\./.exec(parent);
  if (!found) return [];
  const waiting = items.filter((text) => /\[[^\]]+\]/.test(text)).length;
  return [
    { what: 'items of the open triage', said: Number(found[1]), is: items.length },
    { what: 'decided of the open triage', said: Number(found[2]), is: items.length - waiting },
  ];
}

/** When the triage before this one was opened. */
function sinceOf({ triages }: Heard, ts: string): Date | null {
  const all = [...triages];
  return all[all.findIndex(([one]) => one === ts) - 1]?.[1] ?? null;
}

/** A reminder whose items were all dealt with before anybody looked was one all the same. */
const REMINDER = /waits? for you\.\*|^\*Nothing of this waits for you any more\.\*/;

/** The week of a digest ends on the hour at which it was due, not when the last of its thread is out. */
function saidBefore({ closed, reminders }: Heard, now: Date): SaidBefore {
  const upTo = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const isInWeek = (at: Date) => at.getTime() > upTo - WEEK_MS && at.getTime() <= upTo;
  return {
    lastTriage: closed.findLast(({ at }) => isInWeek(at))?.decided,
    reminders: reminders.filter(isInWeek).length,
  };
}
