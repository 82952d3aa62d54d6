import { countRanked, listRanked } from '../../db/defects/defects.ts';
import { countTransitions, findStandingAt } from '../../db/defects/events.ts';
import {
  countEscapes,
  countFixKinds,
  findTrancheProgress,
  listAreaNames,
  listFixOutcomes,
  listOpenLevels,
  listRelabels,
  listReportedIn,
  listTicketCosts,
  type StoredRelabel,
} from '../../db/digest/digest-facts.ts';
import { countAreaWeeks } from '../../db/digest/outlook-facts.ts';
import { countRitualHealth, findLastDigestDue, listMissedRituals } from '../../db/digest/ritual-health.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listSchedules } from '../../db/programs/schedules.ts';
import { findReleasesAt, findWorstRelease } from '../../db/signals/releases.ts';
import { listComebacks } from '../../db/triage/agenda-facts.ts';
import { harmPerWeek, heatAt } from '../../domain/defects/rank.ts';
import type { Relabel } from '../../domain/defects/severity-drift.ts';
import { assembleBurndown, type Burndown, openCount } from '../../domain/digest/burndown.ts';
import {
  assembleDigest,
  type Digest,
  type DigestWindow,
  type FixOutcome,
  type RitualHealth,
  type WeekOfReports,
} from '../../domain/digest/digest.ts';
import { type Need, needsOf } from '../../domain/digest/needs.ts';
import { nextInstant } from '../../domain/time/cadence.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { deploymentMoment } from '../defects/releases-of-defect.ts';
import { gatherReliabilityReport } from '../reliability/gather-reliability-report.ts';
import { gatherOutlook } from './gather-outlook.ts';
import { gatherVerdicts } from './gather-verdicts.ts';

const UNOWNED_SHOWN = 5;
const MOVERS_LOOKED_AT = 50;
const ESCAPE_DAYS = 90;
const FIX_DAYS = 180;

/** What the digest of the week that ends at an instant says. Reads only; the same log gives the same burn-down. */
export async function gatherDigest(db: Db, program: Program, upTo: Date): Promise<Digest> {
  const bounds = weekBounds(program, upTo);
  const [before, after] = [bounds.at(-3) ?? upTo, bounds.at(-2) ?? upTo];
  const week = { after, upTo };
  const harm = (level: number) => harmPerWeek(heatAt(level, upTo, program.halfLifeDays), program.halfLifeDays);
  const unowned = await listRanked(db, program.id, { kind: 'unowned' }, { limit: UNOWNED_SHOWN });
  const levels = await listOpenLevels(db, program.id);
  const thisWeek = await burndownWithin(db, program, week);
  const lived = bounds.filter((at) => at >= program.createdAt);
  const reliability = await gatherReliabilityReport(db, program, upTo);
  return assembleDigest({
    window: week,
    thisWeek,
    lastWeek: await burndownWithin(db, program, { after: before, upTo: after }),
    week: await countWeek(db, program, week),
    verdicts: await gatherVerdicts(db, program, upTo),
    needs: await listNeeds(db, program, reliability.burners, upTo),
    outlook: await gatherOutlook(db, program, {
      bounds: lived,
      openNow: openCount(thisWeek.now),
      upTo,
    }),
    costs: await listTicketCosts(db, program.id, { before, ...week }),
    movers: await listMovers(db, program, week),
    outcomes: await outcomesWithReleases(db, program, week),
    relabels: await namedRelabels(db, program, week),
    unowned: {
      total: await countRanked(db, program.id, { kind: 'unowned' }),
      top: unowned.map(({ number, title, heatLevel }) => ({ number, title, harm: harm(heatLevel) })),
    },
    harms: levels.map(({ number, heatLevel }) => ({ key: defectKey(number), harm: harm(heatLevel) })),
    health: await readHealth(db, program, week),
    escapes: await countEscapes(db, program.id, daysUpTo(upTo, ESCAPE_DAYS)),
    fixes: await countFixKinds(db, program.id, daysUpTo(upTo, FIX_DAYS)),
    nextTriageAt: await nextTriage(db, program, upTo),
    worstRelease: await findWorstRelease(db, program.id, week),
    tranche: await findTrancheProgress(db, program.id),
    ...reliability,
  });
}

/** The reports and tickets of all areas together in the week. */
async function countWeek(db: Db, program: Program, { after, upTo }: DigestWindow): Promise<WeekOfReports> {
  const areas = await countAreaWeeks(db, program.id, [after, upTo]);
  const sum = (of: keyof WeekOfReports) => areas.reduce((total, { weeks }) => total + (weeks[0]?.[of] ?? 0), 0);
  return { reports: sum('reports'), tickets: sum('tickets') };
}

/** Only what harms most is looked at; what stands still further down is the agenda's business. */
const NEEDY_LOOKED_AT = 200;

async function listNeeds(
  db: Db,
  program: Program,
  burners: readonly { number: number; area: string; share: number }[],
  now: Date,
): Promise<Need[]> {
  const open = await listRanked(db, program.id, { kind: 'all' }, { limit: NEEDY_LOOKED_AT });
  const comebacks = new Map((await listComebacks(db, program.id)).map(({ defectId, kind }) => [defectId, kind]));
  const defects = open.map((defect) => ({ ...defect, comeback: comebacks.get(defect.id) ?? null }));
  const todayOn = localDateOn(now, program.timeZone);
  return needsOf(defects, burners, { leadId: program.leadIds[0] ?? null, todayOn, now });
}

/** What was missed counts since the last digest, so that one that was missed itself is told by the next. */
async function readHealth(db: Db, program: Program, week: DigestWindow): Promise<RitualHealth> {
  const lastDigest = (await findLastDigestDue(db, program.id, week.upTo)) ?? program.createdAt;
  const since = new Date(Math.min(week.after.getTime(), lastDigest.getTime()));
  return {
    ...(await countRitualHealth(db, program.id, week)),
    missed: await listMissedRituals(db, program.id, { after: since, upTo: week.upTo }),
  };
}

/** The burn-down of any window, from the log alone. */
export async function burndownWithin(db: Db, program: Program, window: DigestWindow): Promise<Burndown> {
  return assembleBurndown(
    await findStandingAt(db, program.id, window.after),
    await findStandingAt(db, program.id, window.upTo),
    await countTransitions(db, program.id, window),
  );
}

/** What a fix went out in, or the defect came back in, for those that the digest names. */
async function outcomesWithReleases(db: Db, program: Program, week: DigestWindow): Promise<FixOutcome[]> {
  const outcomes = await listFixOutcomes(db, program.id, week);
  const moments = outcomes.map(({ kind, wentOut, back }) => (kind === 'regressed' ? back : deploymentMoment(wentOut)));
  const releases = await findReleasesAt(db, program.id, moments);
  return outcomes.map(({ kind, number, title, why }, i) => ({
    kind,
    number,
    title,
    why,
    release: releases[i] ?? null,
  }));
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
