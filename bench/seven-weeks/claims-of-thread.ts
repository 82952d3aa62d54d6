import { dayWords, points } from '../../src/blocks/kit/words.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { localDateOn } from '../../src/domain/time/working-time.ts';
import { type Claim, figure, saidIn, TIME_ZONE, unowned } from './claim.ts';
import { claimsOfTable } from './claims-of-posts.ts';
import type { Log, LoggedEvent, LoggedReport } from './log.ts';

/** What has been said before that a digest tells of again. */
export type SaidBefore = {
  /** "8 of 10" of the last triage that closed in the week, and reminders that came in it. */
  lastTriage: string | undefined;
  reminders: number;
};

/** One reply in the thread of a digest, by its heading. */
export function claimsOfReply(
  text: string,
  rows: readonly (readonly string[])[] | undefined,
  log: Log,
  now: Date,
  before: SaidBefore,
): Claim[] {
  if (rows) return claimsOfTable(rows, log, now);
  const week = { after: new Date(now.getTime() - WEEK_MS), upTo: now };
  if (/^\*(?:Proven|Failed|Regressed)\*/.test(text)) return outcomeClaims(text, log, week);
  if (text.startsWith('*What does the most harm*')) return moverClaims(text, log, week);
  if (text.startsWith('*Support*')) return supportClaims(text, log, week);
  if (/without an owner\*/.test(text)) return unownedClaims(text, log, now);
  if (text.startsWith('*Fixes that hold')) return survivalClaims(text, log, now);
  if (text.startsWith('*Rituals*')) return ritualClaims(text, log, before);
  return [];
}

type Week = { after: Date; upTo: Date };

function outcomeClaims(text: string, log: Log, { after, upTo }: Week): Claim[] {
  return ['Proven', 'Failed', 'Regressed'].flatMap((label) => {
    const kind = label.toLowerCase();
    const part = text.split(/^(?=\*(?:Proven|Failed|Regressed)\*)/m).find((one) => one.startsWith(`*${label}*`)) ?? '';
    const named = part.split(/^(?=\*D-\d+\*)/m).slice(1);
    const more = saidIn(part)(/and ([\d,]+) more/);
    return [
      { what: `${kind} this week`, said: named.length + more, is: log.count(kind, after, upTo) },
      ...named.flatMap((one): Claim[] => {
        const number = saidIn(one)(/^\*D-(\d+)\*/);
        const defect = log.defect(number);
        const event = log
          .eventsOf(defect?.id ?? 0)
          .find((event) => event.kind === kind && event.at > after && event.at <= upTo);
        return [
          { what: `D-${number} ${kind} this week`, said: 'yes', is: event ? 'yes' : 'no' },
          ...(event ? sinceFixClaims(one, number, log) : []),
        ];
      }),
    ];
  });
}

/** "3 reports from 2 accounts since the fix of 20 Nov": as many as came until now, or until the next fix, wherever it is said. */
export function sinceFixClaims(text: string, number: number, log: Log): Claim[] {
  const found = SINCE_FIX.exec(text);
  const defect = log.defect(number);
  if (!found || !defect) return [];
  const [, reports, fixedOn] = found;
  const what = `reports of D-${number} since its ${fixedOn ? `fix of ${fixedOn}` : 'last fix'}`;
  const fixes = log.eventsOf(defect.id).filter(({ kind }) => kind === 'claimed');
  const nth = fixes.findLastIndex((fix) => fixedOn === undefined || fixedOn === dayOf(fixOutAt(fix)));
  const fix = fixes[nth];
  if (!fix) return [{ what, said: figure(reports), is: 'no such fix' }];
  const nextAt = fixes[nth + 1]?.at;
  const since = log
    .reportsOf(defect.id)
    .filter(({ seenAt, filedAt }) => seenAt > fixOutAt(fix) && (nextAt === undefined || filedAt <= nextAt));
  return [{ what, said: figure(reports), is: since.length }];
}

const SINCE_FIX =
  /([\d,]+) reports?(?: from [\d,]+ (?:accounts?|people|reporters?))? since the fix(?: of (\d+ \w{3}(?: \d{4})?))?/;

/** When a fix went out, as its claim says. */
function fixOutAt({ data, at }: LoggedEvent): Date {
  return typeof data?.deployedAt === 'string' ? new Date(data.deployedAt) : at;
}

function dayOf(at: Date): string {
  return dayWords(localDateOn(at, TIME_ZONE));
}

function moverClaims(text: string, log: Log, { after, upTo }: Week): Claim[] {
  const told = [
    ...text.matchAll(/\*D-(\d+)\*.*\n([\d,]+) reports? this week; harm ([\d.,]+) a week, (none before|was ([\d.,]+))/g),
  ];
  const movers = told.flatMap(([, key, reports, now, , then = '0.0']): Claim[] => {
    const number = Number(key);
    const id = log.defect(number)?.id ?? 0;
    const seen = log.reportsOf(id).filter(({ seenAt }) => seenAt > after && seenAt <= upTo);
    return [
      { what: `reports of D-${number} this week`, said: figure(reports), is: seen.length },
      { what: `harm of D-${number} a week before`, said: then, is: points(log.harm(id, after)) },
      { what: `harm of D-${number}`, said: now ?? '', is: points(log.harm(id, upTo)) },
    ];
  });
  return [...movers, ...paretoClaims(text, log, upTo)];
}

/** "4 of 31 defects make 71 % of the harm: D-1, D-7, D-3 and D-20." */
function paretoClaims(text: string, log: Log, at: Date): Claim[] {
  const found = /([\d,]+) of ([\d,]+) defects? makes? (\d+) % of the harm: (.*)\./.exec(text);
  if (!found) return [];
  const harms = log.open.map(({ id, number }) => ({ number, harm: log.harm(id, at) }));
  const all = harms.reduce((sum, { harm }) => sum + harm, 0);
  const worst = harms.toSorted((a, b) => b.harm - a.harm || a.number - b.number).slice(0, figure(found[1]));
  const share = Math.floor((100 * worst.reduce((sum, { harm }) => sum + harm, 0)) / all + 1e-9);
  const keys = (found[4] ?? '').split(/, | and /);
  return [
    { what: 'open', said: figure(found[2]), is: log.open.length },
    { what: 'share of the harm that a few make', said: figure(found[3]), is: share },
    { what: 'most harmful', said: keys.join(' '), is: worst.map(({ number }) => `D-${number}`).join(' ') },
  ];
}

function supportClaims(text: string, log: Log, { after, upTo }: Week): Claim[] {
  const before = new Date(after.getTime() - WEEK_MS);
  const tickets = (from: Date, to: Date, of: (report: LoggedReport) => boolean = () => true) =>
    log.reports
      .filter((one) => one.seenAt > from && one.seenAt <= to && of(one))
      .reduce((sum, { supportTickets }) => sum + supportTickets, 0);
  const weeks = /Support tickets: ([\d,]+) this week(?:, ([\d,]+) last week)?/.exec(text);
  const byDefect = /Most by defect: (.*)\./.exec(text)?.[1] ?? '';
  const byArea = /Most by area: (.*?)\. Most by defect/.exec(text)?.[1] ?? '';
  const areaOf = new Map(log.defects.map((defect) => [defect.id, log.area(defect)]));
  return [
    ...(weeks ? [{ what: 'tickets this week', said: figure(weeks[1]), is: tickets(after, upTo) }] : []),
    ...(weeks?.[2] ? [{ what: 'tickets last week', said: figure(weeks[2]), is: tickets(before, after) }] : []),
    ...[...byDefect.matchAll(/D-(\d+) ([\d,]+) \(was ([\d,]+)\)/g)].flatMap(([, key, now, was]): Claim[] => {
      const id = log.defect(Number(key))?.id;
      const of = ({ defectId }: LoggedReport) => defectId === id;
      return [
        { what: `tickets of D-${key} this week`, said: figure(now), is: tickets(after, upTo, of) },
        { what: `tickets of D-${key} last week`, said: figure(was), is: tickets(before, after, of) },
      ];
    }),
    ...[...byArea.matchAll(/([a-z ]+?) ([\d,]+) \(was ([\d,]+)\)/g)].flatMap(([, name = '', now, was]): Claim[] => {
      const area = name.replace(/^ ?and /, '').trim();
      const of = ({ defectId }: LoggedReport) => areaOf.get(defectId) === area;
      return [
        { what: `tickets of ${area} this week`, said: figure(now), is: tickets(after, upTo, of) },
        { what: `tickets of ${area} last week`, said: figure(was), is: tickets(before, after, of) },
      ];
    }),
  ];
}

function unownedClaims(text: string, log: Log, now: Date): Claim[] {
  return [
    { what: 'without an owner', said: saidIn(text)(/([\d,]+) open defects? without/), is: unowned(log) },
    ...[...text.matchAll(/\*D-(\d+)\*.*\nharm ([\d.,]+) a week/g)].flatMap(([, key, harm = '']): Claim[] => {
      const defect = log.defect(Number(key));
      return [
        { what: `owner of D-${key}`, said: '', is: defect?.ownerId ?? '' },
        { what: `harm of D-${key}`, said: harm, is: points(log.harm(defect?.id ?? 0, now)) },
      ];
    }),
  ];
}

/** "15 of 17 fixes still hold." A claim that was taken back was none. */
function survivalClaims(text: string, log: Log, now: Date): Claim[] {
  const found = /^([\d,]+) of ([\d,]+) fixes still hold/m.exec(text);
  const escapes = /Why nothing caught the ([\d,]+) defects accepted/.exec(text);
  const all = log.defects.flatMap(({ id }) => {
    const kinds = log.eventsOf(id).flatMap(({ kind, at }) => (at <= now ? [kind] : []));
    return kinds.flatMap((kind, i) => {
      if (kind !== 'claimed') return [];
      const next = kinds.slice(i + 1).find((one) => ['claimed', 'failed', 'regressed', 'taken_back'].includes(one));
      return next === 'taken_back' ? [] : [next === 'failed' || next === 'regressed'];
    });
  });
  return [
    ...(found
      ? [
          { what: 'fixes', said: figure(found[2]), is: all.length },
          { what: 'fixes that hold', said: figure(found[1]), is: all.filter((isBroken) => !isBroken).length },
        ]
      : []),
    ...(escapes
      ? [
          {
            what: 'defects accepted whose escape is known',
            said: figure(escapes[1]),
            is: log.defects.filter((one) => one.escape !== null && one.acceptedAt !== null).length,
          },
        ]
      : []),
  ];
}

function ritualClaims(text: string, log: Log, { lastTriage, reminders }: SaidBefore): Claim[] {
  const decided = /Triage (?:was held|ran late): ([\d,]+ of [\d,]+) items? decided/.exec(text)?.[1];
  const sent = /([\d,]+) reminders? sent, ([\d,]+) led to action/.exec(text);
  const tranche = /Tranche \d+: ([\d,]+) of ([\d,]+) proven/.exec(text);
  return [
    ...(decided && lastTriage ? [{ what: 'decided in the last triage', said: decided, is: lastTriage }] : []),
    { what: 'reminders this week', said: figure(sent?.[1]), is: reminders },
    ...(tranche
      ? [{ what: 'proven of a tranche', said: figure(tranche[1]) <= log.defects.length ? 1 : 0, is: 1 }]
      : []),
  ];
}
