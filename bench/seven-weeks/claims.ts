import { dayWords } from '../../src/blocks/kit/words.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { localDateOn } from '../../src/domain/time/working-time.ts';
import type { Log } from './log.ts';

/** One thing that a message claims, and what the log says. */
export type Claim = { what: string; said: string | number; is: string | number };

/** Where the program is. */
export const TIME_ZONE = 'Europe/Berlin';

const figure = (text: string | undefined) => Number((text ?? '0').replaceAll(',', ''));

/** "33 open. Since last Monday: 3 new, 1 came back, 1 fix failed. 11 have no owner." */
export function claimsOfTriage(text: string, log: Log, { now, since }: { now: Date; since: Date | null }): Claim[] {
  const said = (pattern: RegExp) => figure(pattern.exec(text)?.[1]);
  const claims: Claim[] = [
    { what: 'open', said: said(/([\d,]+) open\./), is: log.open.length },
    {
      what: 'no owner',
      said: said(/([\d,]+) ha(?:s|ve) no owner/),
      is: log.open.filter((d) => d.ownerId === null).length,
    },
    {
      what: 'new',
      said: said(/([\d,]+) new\b/),
      is: log.count('reported', since, now) + log.count('split', since, now),
    },
    { what: 'came back', said: said(/([\d,]+) came back/), is: log.count('regressed', since, now) },
    { what: 'fixes failed', said: said(/([\d,]+) fix(?:es)? failed/), is: log.count('failed', since, now) },
  ];
  return claims;
}

/** "29 to do, 4 claimed; +3 new, −4 proven. 1 fix failed.", reports of both weeks, and who has no owner. */
export function claimsOfDigest(text: string, log: Log, now: Date): Claim[] {
  const after = new Date(now.getTime() - WEEK_MS);
  const before = new Date(after.getTime() - WEEK_MS);
  if (/quiet week/.test(text)) return [{ what: 'reports in a quiet week', said: 0, is: log.seen(after, now) }];
  const said = (pattern: RegExp) => figure(pattern.exec(text)?.[1]);
  const inState = (...states: string[]) => log.open.filter(({ state }) => states.includes(state)).length;
  const weeks = /Reports: ([\d,]+) this week(?:, ([\d,]+) last week)?/.exec(text);
  const first = /([\d,]+) reports? in this first week/.exec(text) ?? /Reports: ([\d,]+) in this first week/.exec(text);
  return [
    { what: 'to do', said: said(/([\d,]+) to do/), is: inState('new', 'accepted') },
    { what: 'claimed', said: said(/([\d,]+) claimed;/), is: inState('claimed') },
    { what: 'new', said: said(/\+([\d,]+) new/), is: log.count('reported', after, now) },
    { what: 'came back', said: said(/\+([\d,]+) came back/), is: log.count('regressed', after, now) },
    { what: 'proven', said: said(/−([\d,]+) proven/), is: log.count('proven', after, now) },
    { what: 'fixes failed', said: said(/([\d,]+) fix(?:es)? failed\./), is: log.count('failed', after, now) },
    {
      what: 'no owner',
      said: said(/^([\d,]+) ha(?:s|ve) no owner/m),
      is: log.open.filter((d) => d.ownerId === null).length,
    },
    ...(weeks
      ? [
          { what: 'reports this week', said: figure(weeks[1]), is: log.seen(after, now) },
          ...(weeks[2] ? [{ what: 'reports last week', said: figure(weeks[2]), is: log.seen(before, after) }] : []),
        ]
      : []),
    ...(first ? [{ what: 'reports in the first week', said: figure(first[1]), is: log.seen(after, now) }] : []),
  ];
}

/** What a direct message says of each defect in it, as it stands at any moment: to whom it belongs, when it is due, its state. */
export function claimsOfDirect(text: string, userId: string, log: Log, now: Date): Claim[] {
  const todayOn = localDateOn(now, TIME_ZONE);
  const parts = text.split(/(?=^\*D-\d+\* )/m).slice(1);
  return parts.flatMap((part): Claim[] => {
    const number = Number(/^\*D-(\d+)\*/.exec(part)?.[1]);
    const defect = log.defect(number);
    if (!defect) return [{ what: `D-${number}`, said: 'is there', is: 'is not' }];
    const about = (what: string) => `${what} of D-${number}`;
    const due = /(?:Fix it by|it was due|^Due|Its date is) (\d+ \w{3}(?: \d{4})?)/m.exec(part)?.[1];
    const state = Object.entries(STATES).find(([words]) => part.includes(words));
    const owner = /<@(\w+)> owns it now/.exec(part)?.[1];
    return [
      ...(part.includes('[Claim fix]') ? [{ what: about('state'), said: 'accepted', is: defect.state }] : []),
      ...(part.includes('[Claim fix]') && !part.includes('[Accept the risk]')
        ? [{ what: about('owner'), said: userId, is: defect.ownerId ?? 'nobody' }]
        : []),
      ...(due ? [{ what: about('date'), said: due, is: defect.dueOn ? dayWords(defect.dueOn, todayOn) : 'none' }] : []),
      ...(part.includes('Overdue:')
        ? [{ what: about('overdue'), said: 'yes', is: defect.dueOn !== null && defect.dueOn < todayOn ? 'yes' : 'no' }]
        : []),
      ...(state ? [{ what: about('state'), said: state[1], is: defect.state }] : []),
      ...(owner ? [{ what: about('owner'), said: owner, is: defect.ownerId ?? 'nobody' }] : []),
      ...evidenceClaims(part, number, log),
    ];
  });
}

const STATES: Record<string, string> = {
  'A fix is claimed, and being proven.': 'claimed',
  'Its fix is proven.': 'proven',
  'It is part of another defect now.': 'merged',
  'It was found to be no defect.': 'dismissed',
  'The team lives with it for now.': 'risk_accepted',
};

/** "3 reports from 2 accounts since the fix of 20 Nov": as many as the card counts. */
function evidenceClaims(part: string, number: number, log: Log): Claim[] {
  const found = /([\d,]+) reports? .*since the fix/.exec(part);
  const defect = log.defect(number);
  if (!found || !defect?.deployedAt) return [];
  return [
    {
      what: `reports since the fix of D-${number}`,
      said: figure(found[1]),
      is: log.seenOf(defect.id, defect.deployedAt),
    },
  ];
}

/** How far a thread has come: "10 items, 4 decided." as its items show. */
export function claimsOfProgress(parent: string, items: readonly string[]): Claim[] {
  const found = /([\d,]+) items?, ([\d,]+) decided\./.exec(parent);
  if (!found) return [];
  const waiting = items.filter((text) => /\[[^\]]+\]/.test(text)).length;
  return [
    { what: 'items', said: figure(found[1]), is: items.length },
    { what: 'decided', said: figure(found[2]), is: items.length - waiting },
  ];
}
