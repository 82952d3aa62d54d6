import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { type Claim, dueOf, figure, isOverdue, saidIn, unowned } from './claim.ts';
import type { Log } from './log.ts';

/** "33 open. Since last Monday: 3 new, 1 came back, 1 fix failed. 11 have no owner." */
export function claimsOfTriage(text: string, log: Log, { now, since }: { now: Date; since: Date | null }): Claim[] {
  const said = saidIn(text);
  return [
    { what: 'open', said: said(/([\d,]+) open\./), is: log.open.length },
    { what: 'without an owner', said: said(/([\d,]+) ha(?:s|ve) no owner/), is: unowned(log) },
    {
      what: 'new since the triage before',
      said: said(/([\d,]+) new\b/),
      is: log.count('reported', since, now) + log.count('split', since, now),
    },
    {
      what: 'came back since the triage before',
      said: said(/([\d,]+) came back/),
      is: log.count('regressed', since, now),
    },
    {
      what: 'fixes failed since the triage before',
      said: said(/([\d,]+) fix(?:es)? failed/),
      is: log.count('failed', since, now),
    },
  ];
}

/** Each flow of the burn-down by its words in the post, the kinds that count to it and the state that one is taken back from. */
const FLOWS: readonly { line: RegExp; row: string; kinds: readonly string[]; undone?: string; sign: 1 | -1 }[] = [
  { line: /\+([\d,]+) new\b/, row: '+ New', kinds: ['reported'], sign: 1 },
  { line: /\+([\d,]+) came back/, row: '+ Regressed', kinds: ['regressed'], sign: 1 },
  { line: /\+([\d,]+) split off/, row: '+ Split off', kinds: ['split'], sign: 1 },
  { line: /\+([\d,]+) reopened/, row: '+ Reopened', kinds: ['reopened', 'unmerged'], sign: 1 },
  { line: /−([\d,]+) proven/, row: '− Proven', kinds: ['proven'], sign: -1 },
  { line: /−([\d,]+) merged/, row: '− Merged', kinds: ['merged'], sign: -1 },
  {
    line: /−([\d,]+) risk accepted/,
    row: '− Risk accepted',
    kinds: ['risk_accepted'],
    undone: 'risk_accepted',
    sign: -1,
  },
  { line: /−([\d,]+) not a defect/, row: '− Not a defect', kinds: ['dismissed'], undone: 'dismissed', sign: -1 },
];

function flowIn(log: Log, { kinds, undone }: (typeof FLOWS)[number], after: Date, upTo: Date): number {
  const back = log.events.filter(
    ({ kind, fromState, at }) => kind === 'taken_back' && fromState === undone && at > after && at <= upTo,
  ).length;
  return kinds.reduce((sum, kind) => sum + log.count(kind, after, upTo), 0) - (undone ? back : 0);
}

/** The digest: how it stands, what came and went, reports of both weeks, who has no owner, and what somebody has to do. */
export function claimsOfDigest(text: string, log: Log, now: Date): Claim[] {
  const after = new Date(now.getTime() - WEEK_MS);
  const before = new Date(after.getTime() - WEEK_MS);
  if (/quiet week/.test(text)) return [{ what: 'reports this week', said: 0, is: log.seen(after, now) }];
  const said = saidIn(text);
  const states = log.statesAt(now);
  const inState = (...some: string[]) => states.filter((state) => some.includes(state)).length;
  const weeks = /Reports: ([\d,]+) this week, ([\d,]+) last week/.exec(text);
  const first = /([\d,]+) reports? in this first week/.exec(text) ?? /Reports: ([\d,]+) in this first week/.exec(text);
  const thisWeek = figure(weeks?.[1] ?? first?.[1]);
  return [
    { what: 'to do', said: said(/([\d,]+) to do/), is: inState('new', 'accepted') },
    { what: 'claimed', said: said(/([\d,]+) claimed;/), is: inState('claimed') },
    ...FLOWS.map((flow) => ({
      what: `${flow.row} this week`,
      said: said(flow.line),
      is: flowIn(log, flow, after, now),
    })),
    { what: 'fixes failed this week', said: said(/([\d,]+) fix(?:es)? failed\./), is: log.count('failed', after, now) },
    { what: 'without an owner', said: said(/^([\d,]+) ha(?:s|ve) no owner/m), is: unowned(log) },
    ...(weeks || first ? [{ what: 'reports this week', said: thisWeek, is: log.seen(after, now) }] : []),
    ...(weeks ? [{ what: 'reports last week', said: figure(weeks[2]), is: log.seen(before, after) }] : []),
    ...needClaims(text, log, now),
  ];
}

/** "•  @ana: *D-4* Customer charged twice. It came back: give it a new date." */
function needClaims(text: string, log: Log, now: Date): Claim[] {
  return [...text.matchAll(/•\s+(?:<@(\w+)>|Somebody): \*D-(\d+)\* (.*)/g)].flatMap(([, who = '', key, rest = '']) => {
    const number = Number(key);
    const defect = log.defect(number);
    if (!defect) return [{ what: `D-${number}`, said: 'is there', is: 'is not' }];
    const last = log.eventsOf(defect.id).findLast(({ toState }) => toState !== null)?.kind ?? '';
    const due = /Due (\d+ \w{3}(?: \d{4})?): claim/.exec(rest)?.[1];
    return [
      ...(defect.ownerId ? [{ what: `owner of D-${number}`, said: who, is: defect.ownerId }] : []),
      ...(rest.includes('no owner') ? [{ what: `owner of D-${number}`, said: '', is: defect.ownerId ?? '' }] : []),
      ...(rest.includes('Its fix failed')
        ? [{ what: `last of D-${number}`, said: 'accepted failed', is: `${defect.state} ${last}` }]
        : []),
      ...(rest.includes('It came back')
        ? [{ what: `last of D-${number}`, said: 'accepted regressed', is: `${defect.state} ${last}` }]
        : []),
      ...(rest.includes('proof is stalled')
        ? [{ what: `state of D-${number}`, said: 'claimed', is: defect.state }]
        : []),
      ...(due ? [{ what: `date of D-${number}`, said: due, is: dueOf(defect, now) }] : []),
      ...(due ? [{ what: `D-${number} is overdue`, said: 'yes', is: isOverdue(defect, now) ? 'yes' : 'no' }] : []),
    ];
  });
}

/** The table in the thread: both standings, every flow of both weeks, and each column from the first row to the last. */
export function claimsOfTable(rows: readonly (readonly string[])[], log: Log, now: Date): Claim[] {
  const after = new Date(now.getTime() - WEEK_MS);
  const before = new Date(after.getTime() - WEEK_MS);
  const cells = new Map(rows.map(([label = '', ...values]) => [label, values.map(figure)]));
  const [toDo, claimed, open, lastWeek] = [0, 1, 2, 3].map((column) => (label: string) => {
    return cells.get(label)?.[column] ?? 0;
  }) as [Cell, Cell, Cell, Cell];
  const standing = (at: Date, ...some: string[]) => log.statesAt(at).filter((state) => some.includes(state)).length;
  const standings = [
    { label: 'Open a week ago', at: after, was: before },
    { label: 'Open now', at: now, was: after },
  ].flatMap(({ label, at, was }) => [
    { what: `${label}, to do`, said: toDo(label), is: standing(at, 'new', 'accepted') },
    { what: `${label}, claimed`, said: claimed(label), is: standing(at, 'claimed') },
    { what: `${label}, open`, said: open(label), is: standing(at, 'new', 'accepted', 'claimed') },
    { what: `${label}, last week`, said: lastWeek(label), is: standing(was, 'new', 'accepted', 'claimed') },
  ]);
  const flows = FLOWS.flatMap((flow) => [
    { what: `${flow.row} this week`, said: flow.sign * open(flow.row) || 0, is: flowIn(log, flow, after, now) },
    { what: `${flow.row} last week`, said: flow.sign * lastWeek(flow.row) || 0, is: flowIn(log, flow, before, after) },
  ]);
  const sums = [toDo, claimed, open, lastWeek].map((cell, column) => ({
    what: `sum of column ${column + 1}`,
    said: cell('Open now'),
    is: [...cells.keys()]
      .filter((label) => label !== 'Open now' && label !== 'Burn-down')
      .reduce((sum, label) => sum + cell(label), 0),
  }));
  return [...standings, ...flows, ...sums];
}

type Cell = (label: string) => number;
