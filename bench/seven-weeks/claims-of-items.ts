import { dayWords, points } from '../../src/blocks/kit/words.ts';
import { localDateOn } from '../../src/domain/time/working-time.ts';
import {
  agoOf,
  type Claim,
  dueOf,
  failedFixes,
  figure,
  isOverdue,
  saidIn,
  sumsOf,
  TIME_ZONE,
  todayOf,
} from './claim.ts';
import { sinceFixClaims } from './claims-of-thread.ts';
import type { Log, LoggedDefect } from './log.ts';

/** An item that waits in an open thread: its facts, why it is there, and the figures behind that. */
export function claimsOfItem(text: string, log: Log): Claim[] {
  const number = saidIn(text)(/^\*D-(\d+)\*/);
  const defect = log.defect(number);
  if (!defect) return [{ what: `D-${number}`, said: 'is there', is: 'is not' }];
  const sums = sumsOf(log, defect);
  const facts = /^(S\d), (.+?) {2}·/m.exec(text);
  const lastSeen = /last seen (\d+ \w{3})/.exec(text)?.[1] ?? '';
  const owner = /· {2}owner <@(\w+)>/.exec(text)?.[1] ?? '';
  const due = /· {2}due (\d+ \w{3})/.exec(text)?.[1];
  if (!facts) return [];
  const about = (what: string) => `${what} of D-${number}`;
  return [
    { what: about('severity'), said: facts[1] ?? '', is: defect.severity },
    { what: about('area'), said: facts[2] ?? '', is: log.area(defect) },
    { what: about('reports'), said: saidIn(text)(/([\d,]+) reports? from [\d,]+ reporter/), is: sums.reports },
    { what: about('reporters'), said: saidIn(text)(/reports? from ([\d,]+) reporter/), is: sums.reporters },
    { what: about('accounts'), said: saidIn(text)(/([\d,]+) accounts? named/), is: sums.accounts },
    { what: about('last seen'), said: lastSeen, is: dayWords(localDateOn(sums.lastAt, TIME_ZONE)) },
    { what: about('owner'), said: owner, is: defect.ownerId ?? '' },
    { what: about('date'), said: due ?? 'none', is: defect.dueOn ? dayWords(defect.dueOn) : 'none' },
    ...(text.includes('Nobody owns it.') ? [{ what: about('owner'), said: '', is: defect.ownerId ?? '' }] : []),
    ...(text.includes('New since the last triage') || text.includes('Not triaged yet')
      ? [{ what: about('state'), said: 'new', is: defect.state }]
      : []),
    ...sinceFixClaims(text, number, log),
  ];
}

/** An item that was decided just now: who did what. */
export function claimsOfSettled(text: string, log: Log, now: Date): Claim[] {
  const number = saidIn(text)(/^\*D-(\d+)\*/);
  const defect = log.defect(number);
  if (!defect) return [{ what: `D-${number}`, said: 'is there', is: 'is not' }];
  const stands = /Nothing is left to decide: it is (.*)\./.exec(text)?.[1];
  if (stands) return [{ what: `state of D-${number}`, said: stands, is: STANDS[defect.state] ?? 'open' }];
  const [, who = '', what = ''] = /^<@(\w+)> (.*)$/m.exec(text) ?? [];
  const promised = /^(?:accepted|kept) it: <@(\w+)>(?:, due (\d+ \w{3}(?: \d{4})?))?/.exec(what);
  const kind = DONE.find(([pattern]) => pattern.test(what))?.[1];
  const event = kind && log.eventsOf(defect.id).findLast((one) => one.kind === kind && one.actorId === who);
  return [
    ...(kind ? [{ what: `D-${number} was ${kind} by ${who}`, said: 'yes', is: event ? 'yes' : 'no' }] : []),
    ...(promised
      ? [
          { what: `owner of D-${number}`, said: promised[1] ?? '', is: defect.ownerId ?? '' },
          { what: `date of D-${number}`, said: promised[2] ?? 'none', is: dueOf(defect, now) },
        ]
      : []),
  ];
}

const STANDS: Partial<Record<LoggedDefect['state'], string>> = {
  proven: 'proven fixed',
  risk_accepted: 'risk accepted',
  dismissed: 'dismissed as not a defect',
  merged: 'merged into another defect',
};

const DONE: readonly [RegExp, string][] = [
  [/^accepted it/, 'accepted'],
  [/^accepted the risk/, 'risk_accepted'],
  [/^says it is not a defect/, 'dismissed'],
  [/^deferred it/, 'deferred'],
  [/^asked /, 'info_asked'],
  [/^merged it/, 'merged'],
  [/^claimed its fix/, 'claimed'],
];

/** "3 overdue: new dates?" with a line each. */
export function claimsOfOverdue(text: string, log: Log, now: Date): Claim[] {
  const lines = [...text.matchAll(/^D-(\d+) .*: <@(\w+)>, due (\d+ \w{3}(?: \d{4})?)/gm)];
  const all = saidIn(text)(/^\*([\d,]+) overdue/);
  const more = saidIn(text)(/and ([\d,]+) more/);
  return [
    ...(all > 0 ? [{ what: 'overdue that share an item', said: all, is: lines.length + more }] : []),
    ...lines.flatMap(([, key, owner = '', due = '']): Claim[] => {
      const defect = log.defect(Number(key));
      if (!defect) return [{ what: `D-${key}`, said: 'is there', is: 'is not' }];
      return [
        { what: `owner of D-${key}`, said: owner, is: defect.ownerId ?? '' },
        { what: `date of D-${key}`, said: due, is: defect.dueOn ? dayWords(defect.dueOn) : 'none' },
        { what: `D-${key} is overdue`, said: 'yes', is: isOverdue(defect, now) ? 'yes' : 'no' },
      ];
    }),
  ];
}

/** The summary of a thread that has just closed, held against its parent and its items as they stand. */
export function claimsOfSummary(text: string, parent: string, items: readonly string[], log: Log): Claim[] {
  const said = saidIn(text);
  const rate = /([\d,]+ of [\d,]+) decided \((\d+) %\)/.exec(text);
  const there = /([\d,]+ of [\d,]+) decided/.exec(parent)?.[1];
  const [decided, all] = (rate?.[1] ?? '0 of 0').split(' of ').map(figure) as [number, number];
  const open = items.filter((item) => /\nLeft open/.test(item)).length;
  const promises = ['Accepted', 'Kept, with a new date'].flatMap((label) => {
    const line = new RegExp(`^\\*${label}:\\* (.*)$`, 'm').exec(text)?.[1] ?? '';
    return [...line.matchAll(/D-(\d+) [^(]*\(<@(\w+)>(?:, (\d+ \w{3}))?\)/g)];
  });
  return [
    { what: 'decided in the last triage', said: rate?.[1] ?? '', is: there ?? '' },
    {
      what: 'rate of the last triage',
      said: figure(rate?.[2]),
      is: all === 0 ? 100 : Math.round((decided / all) * 100),
    },
    { what: 'left open in the last triage', said: all - decided - overdueOpen(items), is: open },
    {
      what: 'did not fit',
      said: said(/([\d,]+) defects? did not fit/),
      is: saidIn(parent)(/([\d,]+) more did not fit/),
    },
    ...promises.flatMap(([, key, owner = '', due]): Claim[] => {
      const defect = log.defect(Number(key));
      if (!defect) return [{ what: `D-${key}`, said: 'is there', is: 'is not' }];
      return [
        { what: `owner of D-${key}`, said: owner, is: defect.ownerId ?? '' },
        { what: `date of D-${key}`, said: due ?? 'none', is: defect.dueOn ? dayWords(defect.dueOn) : 'none' },
      ];
    }),
  ];
}

/** The item that the overdue share is left open where nobody answered it and some are overdue still. */
function overdueOpen(items: readonly string[]): number {
  return items.some((item) =>
    /^(?:[\d,]+ of [\d,]+ (?:is|are) no longer overdue|Nobody set new dates)\. Still overdue/.test(item),
  )
    ? 1
    : 0;
}

/** "billing · S2 · 7 reports, last 2 days ago · harm 6.4 a week · 1 failed fix · @ana, due 7 Dec", in lists and App Home. */
export function claimsOfLines(text: string, log: Log, now: Date): Claim[] {
  const lines = text.matchAll(/\*D-(\d+)\* .*\n(.+? · S\d · .*)/g);
  return [...lines].flatMap(([, key, line = '']): Claim[] => {
    const defect = log.defect(Number(key));
    if (!defect) return [{ what: `D-${key}`, said: 'is there', is: 'is not' }];
    const sums = sumsOf(log, defect);
    const [, area = '', severity = '', reports, ago = '', harm = ''] =
      /^(.+?) · (S\d) · ([\d,]+) reports?, last (.*?) · harm ([\d.,]+) a week/.exec(line) ?? [];
    const [, owner] = /<@(\w+)>/.exec(line) ?? (line.includes('no owner') ? ['', ''] : []);
    const [, was, due] = /(was )?due (\d+ \w{3}(?: \d{4})?)$/.exec(line) ?? [];
    const about = (what: string) => `${what} of D-${key}`;
    return [
      { what: about('area'), said: area, is: log.area(defect) },
      { what: about('severity'), said: severity, is: defect.severity },
      { what: about('reports'), said: figure(reports), is: sums.reports },
      { what: about('days since the last report'), said: ago, is: agoOf(sums.lastAt, now) },
      { what: about('harm'), said: harm, is: points(log.harm(defect.id, now)) },
      ...(owner === undefined ? [] : [{ what: about('owner'), said: owner, is: defect.ownerId ?? '' }]),
      { what: about('date'), said: due ?? 'none', is: owner === '' ? 'none' : dueOf(defect, now) },
      { what: `D-${key} is overdue`, said: was ? 'yes' : 'no', is: isOverdue(defect, now) ? 'yes' : 'no' },
      { what: about('failed fixes'), said: saidIn(line)(/([\d,]+) failed fix/), is: failedFixes(log, defect) },
      {
        what: about('claim'),
        said: line.includes('fix claimed, being proven') ? 'claimed' : 'not claimed',
        is: defect.state === 'claimed' ? 'claimed' : 'not claimed',
      },
    ];
  });
}

/** The card of a defect: how it stands, what was reported, and what counts against its fix. */
export function claimsOfCard(text: string, log: Log, now: Date): Claim[] {
  const number = saidIn(text)(/^D-(\d+) /);
  const defect = log.defect(number);
  if (!defect) return [{ what: `D-${number}`, said: 'is there', is: 'is not' }];
  const said = saidIn(text);
  const sums = sumsOf(log, defect);
  const about = (what: string) => `${what} of D-${number}`;
  const field = (name: string) => new RegExp(`^\\*${name}\\*\\n(.*)$`, 'm').exec(text)?.[1] ?? '';
  const [, first = '', ago = ''] = /first on (\d+ \w{3}(?: \d{4})?), last (.*?)\./.exec(text) ?? [];
  const isTracked = defect.state !== 'merged';
  const week = { after: new Date(now.getTime() - 7 * 86_400_000), upTo: now };
  const weeks = /^Reports: ([\d,]+) this week, ([\d,]+) last week/m.exec(text);
  return [
    { what: about('reports'), said: said(/([\d,]+) reports? by/), is: sums.reports },
    { what: about('reporters'), said: said(/reports? by ([\d,]+) reporter/), is: sums.reporters },
    { what: about('first seen'), said: first, is: dayWords(localDateOn(sums.firstAt, TIME_ZONE), todayOf(now)) },
    { what: about('days since the last report'), said: ago, is: agoOf(sums.lastAt, now) },
    { what: about('failed fixes'), said: said(/([\d,]+) fix(?:es)? failed\./), is: failedFixes(log, defect) },
    { what: about('area'), said: field('Area'), is: log.area(defect) },
    { what: about('severity'), said: field('Severity').slice(0, 2), is: defect.severity },
    { what: about('owner'), said: /<@(\w+)>/.exec(field('Owner'))?.[1] ?? '', is: defect.ownerId ?? '' },
    { what: about('accounts'), said: saidIn(field('Named in reports'))(/([\d,]+) account/), is: sums.accounts },
    { what: about('tickets'), said: saidIn(field('Named in reports'))(/([\d,]+) support/), is: sums.tickets },
    { what: about('harm'), said: /^[\d.,]+/.exec(field('Harm'))?.[0] ?? '', is: points(log.harm(defect.id, now)) },
    {
      what: about('date'),
      said: /^(\d+ \w{3}(?: \d{4})?)/.exec(field('Due'))?.[1] ?? 'none',
      is: isTracked ? dueOf(defect, now) : (/^(\d+ \w{3}(?: \d{4})?)/.exec(field('Due'))?.[1] ?? 'none'),
    },
    {
      what: `D-${number} is overdue`,
      said: field('Due').includes('overdue') ? 'yes' : 'no',
      is: isOverdue(defect, now) ? 'yes' : 'no',
    },
    ...rankClaims(field('Harm'), number, log, now),
    ...(weeks
      ? [
          {
            what: about('reports this week'),
            said: figure(weeks[1]),
            is: log.reportsOf(defect.id).filter(({ seenAt }) => seenAt > week.after && seenAt <= week.upTo).length,
          },
        ]
      : []),
    ...sinceFixClaims(text, number, log),
  ];
}

function rankClaims(harm: string, number: number, log: Log, now: Date): Claim[] {
  const rank = /rank ([\d,]+)/.exec(harm)?.[1];
  const own = log.harm(log.defect(number)?.id ?? 0, now);
  const hotter = log.open.filter((one) => one.number !== number && log.harm(one.id, now) > own + 1e-9).length;
  const equal = log.open.filter((one) => one.number !== number && Math.abs(log.harm(one.id, now) - own) <= 1e-9).length;
  if (rank === undefined) return [];
  const is = figure(rank) > hotter && figure(rank) <= hotter + equal + 1 ? figure(rank) : hotter + 1;
  return [{ what: `rank of D-${number}`, said: figure(rank), is }];
}

/** App Home: the counts, and lists that are whole. */
export function claimsOfHome(text: string, userId: string, log: Log, now: Date): Claim[] {
  const counts = /^\*[\d,]+ open.*$/m.exec(text)?.[0] ?? '';
  const said = saidIn(counts);
  const owned = log.open.filter(({ ownerId }) => ownerId === userId);
  const listed = (heading: string) =>
    new RegExp(`\\*${heading}\\*\\n((?:\\*D-\\d+\\*.*\\n.*\\n(?:\\[.*\\]\\n?)?)+)`)
      .exec(`${text}\n`)?.[1]
      ?.match(/^\*D-/gm)?.length ?? 0;
  return [
    { what: 'open', said: said(/([\d,]+) open/), is: log.open.length },
    {
      what: 'claimed',
      said: said(/([\d,]+) of them claimed/),
      is: log.open.filter((d) => d.state === 'claimed').length,
    },
    { what: 'overdue', said: said(/([\d,]+) overdue/), is: log.open.filter((d) => isOverdue(d, now)).length },
    {
      what: 'without an owner',
      said: said(/([\d,]+) without an owner/),
      is: log.open.filter(({ ownerId }) => ownerId === null).length,
    },
    {
      what: `owned by ${userId}`,
      said: listed('You own'),
      is: Math.min(8, owned.filter(({ state }) => state !== 'claimed').length),
    },
    {
      what: `claimed by ${userId}`,
      said: listed('Your fixes, being proven'),
      is: Math.min(8, owned.filter(({ state }) => state === 'claimed').length),
    },
    ...claimsOfLines(text, log, now),
  ];
}
