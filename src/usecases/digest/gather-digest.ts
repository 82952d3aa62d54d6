import { listRanked } from '../../db/defects/defects.ts';
import { countTransitionWeeks } from '../../db/digest/chart-facts.ts';
import {
  countEscapes,
  countFixKinds,
  countReportsIn,
  findTrancheProgress,
  listAreaNames,
  listHottest,
  listNeedy,
  listRelabels,
  listReportedIn,
  listTicketCosts,
  type StoredRelabel,
  sumOpen,
} from '../../db/digest/digest-facts.ts';
import { countRitualHealth, findLastDigestDue, listMissedRituals } from '../../db/digest/ritual-health.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listSchedules } from '../../db/programs/schedules.ts';
import { findWorstRelease } from '../../db/signals/releases.ts';
import { listComebacks } from '../../db/triage/agenda-facts.ts';
import { harmPerWeek, heatAt } from '../../domain/defects/rank.ts';
import type { Relabel } from '../../domain/defects/severity-drift.ts';
import { openCount, standingBefore } from '../../domain/digest/burndown.ts';
import { assembleDigest, type Digest, type DigestWindow, type RitualHealth } from '../../domain/digest/digest.ts';
import { LOOKBACK_WEEKS } from '../../domain/digest/flow-rates.ts';
import { flowOf } from '../../domain/digest/forecast.ts';
import { needsOf } from '../../domain/digest/needs.ts';
import { assembleOutlook } from '../../domain/digest/outlook.ts';
import { compareFixes } from '../../domain/fixes/ledger.ts';
import { nextInstant } from '../../domain/time/cadence.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { gatherLedger } from '../fixes/gather-ledger.ts';
import { gatherReliabilityReport } from '../reliability/gather-reliability-report.ts';
import { burndownsBack } from './gather-burndown.ts';
import { gatherOutcomes } from './gather-outcomes.ts';
import { gatherOutlook } from './gather-outlook.ts';
import { gatherVerdicts } from './gather-verdicts.ts';

const UNOWNED_SHOWN = 5;
const MOVERS_LOOKED_AT = 50;
const ESCAPE_DAYS = 90;
const FIX_DAYS = 180;
/** Where so many do not make most of the harm, it is spread whoever they are. */
const HOTTEST_LOOKED_AT = 1_000;

/** What the digest of the week that ends at an instant says. The same log gives the same burn-down. */
export async function gatherDigest(db: Db, program: Program, upTo: Date): Promise<Digest> {
  const { outlook, ledger, ...facts } = await readDigestFacts(db, program, upTo);
  return assembleDigest({ ...facts, outlook: assembleOutlook(outlook), ledger: compareFixes(ledger, upTo) });
}

/** What a digest is assembled from, before the outlook is simulated. Reads only; its questions do not wait for one another. */
export async function readDigestFacts(db: Db, program: Program, upTo: Date) {
  const { id, halfLifeDays } = program;
  const bounds = weekBounds(program, upTo);
  const [before, after] = [bounds.at(-3) ?? upTo, bounds.at(-2) ?? upTo];
  const week = { after, upTo };
  const harm = (level: number) => harmPerWeek(heatAt(level, upTo, halfLifeDays), halfLifeDays);
  const [listed, reliability, facts] = await Promise.all([
    gatherListed(db, program, upTo),
    gatherMeasured(db, program, upTo),
    allOf({
      week: countReportsIn(db, id, week),
      verdicts: gatherVerdicts(db, program, upTo),
      costs: listTicketCosts(db, id, { before, ...week }),
      movers: listMovers(db, program, week),
      outcomes: gatherOutcomes(db, program, week),
      relabels: namedRelabels(db, program, week),
      unowned: listRanked(db, id, { kind: 'unowned' }, { limit: UNOWNED_SHOWN }),
      hottest: listHottest(db, id, HOTTEST_LOOKED_AT),
      health: readHealth(db, program, week),
      escapes: countEscapes(db, id, daysUpTo(upTo, ESCAPE_DAYS)),
      fixes: countFixKinds(db, id, daysUpTo(upTo, FIX_DAYS)),
      ledger: gatherLedger(db, program, upTo),
      nextTriageAt: nextTriage(db, program, upTo),
      worstRelease: findWorstRelease(db, id, week),
      tranche: findTrancheProgress(db, id),
    }),
  ]);
  const { open, ...burndowns } = listed;
  const { unowned, hottest, ...rest } = facts;
  return {
    window: week,
    ...rest,
    ...burndowns,
    ...reliability,
    unowned: {
      total: open.unowned,
      top: unowned.map(({ number, title, heatLevel, quietHalvings }) => ({
        ...{ number, title, quietHalvings },
        harm: harm(heatLevel),
      })),
    },
    harms: hottest.map(({ number, heatLevel }) => ({ key: defectKey(number), harm: harm(heatLevel) })),
    open: { count: open.count, harm: harmPerWeek(open.heat, halfLifeDays) },
  };
}

/** The list as it stands, how it came to, and where it is heading. */
async function gatherListed(db: Db, program: Program, upTo: Date) {
  const bounds = weekBounds(program, upTo, LOOKBACK_WEEKS);
  const [open, weeks, facts] = await Promise.all([
    sumOpen(db, program.id, upTo, program.halfLifeDays),
    countTransitionWeeks(db, program.id, bounds),
    gatherOutlook(db, program, upTo),
  ]);
  const today = { toDo: open.count - open.claimed, claimed: open.claimed };
  const burndowns = burndownsBack(weeks, standingBefore(today, open.since));
  // A week that began before the program did was not a whole one.
  const lived = weeks.filter((_, i) => (bounds[i] ?? upTo) >= program.createdAt);
  const outlook = { ...facts, flows: lived.map(flowOf), openNow: openCount(burndowns.thisWeek.now) };
  return { open, ...burndowns, outlook };
}

/** Only what harms most is looked at; what stands still further down is the agenda's business. */
const NEEDY_LOOKED_AT = 200;

/** What is measured of areas, and what needs somebody, the burnt budgets among it. */
async function gatherMeasured(db: Db, program: Program, now: Date) {
  const [reliability, open, stored] = await Promise.all([
    gatherReliabilityReport(db, program, now),
    listNeedy(db, program.id, NEEDY_LOOKED_AT),
    listComebacks(db, program.id),
  ]);
  const comebacks = new Map(stored.map(({ defectId, kind }) => [defectId, kind]));
  const defects = open.map((defect) => ({ ...defect, comeback: comebacks.get(defect.id) ?? null }));
  const todayOn = localDateOn(now, program.timeZone);
  const needs = needsOf(defects, reliability.burners, { leadId: program.leadIds[0] ?? null, todayOn, now });
  return { ...reliability, needs };
}

/** What was missed counts since the last digest, so that one that was missed itself is told by the next. */
async function readHealth(db: Db, program: Program, week: DigestWindow): Promise<RitualHealth> {
  const [counts, missed] = await Promise.all([countRitualHealth(db, program.id, week), listMissed(db, program, week)]);
  return { ...counts, missed };
}

async function listMissed(db: Db, { id, createdAt }: Program, { after, upTo }: DigestWindow) {
  const lastDigest = (await findLastDigestDue(db, id, upTo)) ?? createdAt;
  return listMissedRituals(db, id, { after: new Date(Math.min(after.getTime(), lastDigest.getTime())), upTo });
}

async function listMovers(db: Db, program: Program, week: DigestWindow) {
  const { halfLifeDays } = program;
  const reported = await listReportedIn(db, program.id, week, halfLifeDays, MOVERS_LOOKED_AT);
  const days = (week.upTo.getTime() - week.after.getTime()) / DAY_MS;
  return reported.map(({ number, title, heatLevel, reports, heatAdded }) => {
    const now = heatAt(heatLevel, week.upTo, halfLifeDays);
    const then = Math.max(0, now - heatAdded) * 2 ** (days / halfLifeDays);
    return {
      number,
      title,
      reports,
      harmNow: harmPerWeek(now, halfLifeDays),
      harmThen: harmPerWeek(then, halfLifeDays),
    };
  });
}

async function namedRelabels(db: Db, program: Program, week: DigestWindow): Promise<Relabel[]> {
  const stored = await listRelabels(db, program.id, week);
  if (stored.length === 0) return [];
  const areaNames = await listAreaNames(db, program.id);
  const label = (kind: StoredRelabel['kind'], value: unknown) =>
    kind === 'area_changed' ? (areaNames.get(Number(value)) ?? 'another area') : String(value);
  return stored.map(({ number, kind, data, by, byName, at, why }) => ({
    key: defectKey(number),
    field: kind === 'area_changed' ? 'area' : 'severity',
    from: label(kind, data?.from),
    to: label(kind, data?.to),
    by: byName ?? by ?? 'the bot',
    at,
    why,
  }));
}

async function nextTriage(db: Db, program: Program, after: Date): Promise<Date | null> {
  const schedules = await listSchedules(db, program.id);
  const triage = schedules.find(({ ritual, enabled }) => ritual === 'triage' && enabled);
  return triage ? nextInstant(triage.cadence, after) : null;
}

function daysUpTo(upTo: Date, days: number): DigestWindow {
  return { after: new Date(upTo.getTime() - days * DAY_MS), upTo };
}

/** The answers to all of the questions under their names. */
async function allOf<T extends Record<string, unknown>>(asked: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const answers = await Promise.all(Object.entries(asked).map(async ([name, answer]) => [name, await answer] as const));
  return Object.fromEntries(answers) as T;
}
