import { countRanked, listRanked } from '../../db/defects/defects.ts';
import { countTransitions, findStandingAt } from '../../db/defects/events.ts';
import {
  countEscapes,
  countFixKinds,
  countRitualHealth,
  findTrancheProgress,
  listAreaNames,
  listFixOutcomes,
  listOpenLevels,
  listRelabels,
  listReportedIn,
  listTicketCosts,
  type StoredRelabel,
} from '../../db/digest/digest-facts.ts';
import { type AreaOfWeeks, countAreaWeeks } from '../../db/digest/outlook-facts.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listSchedules } from '../../db/programs/schedules.ts';
import { findReleasesAt, findWorstRelease } from '../../db/signals/releases.ts';
import { harmPerWeek, heatAt } from '../../domain/defects/rank.ts';
import type { Relabel } from '../../domain/defects/severity-drift.ts';
import { assembleBurndown, type Burndown, openCount } from '../../domain/digest/burndown.ts';
import {
  assembleDigest,
  type Digest,
  type DigestWindow,
  type FixOutcome,
  type WeekOfReports,
} from '../../domain/digest/digest.ts';
import { nextInstant } from '../../domain/time/cadence.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { deploymentMoment } from '../defects/releases-of-defect.ts';
import { gatherReliabilityReport } from '../reliability/gather-reliability-report.ts';
import { gatherOutlook } from './gather-outlook.ts';

const DAY_MS = 86_400_000;
/** The verdict is on the last of these; the others say how much the counts vary by themselves. */
const VERDICT_WEEKS = 9;
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
  const areas = await countAreaWeeks(db, program.id, bounds);
  const compared = bounds.slice(-VERDICT_WEEKS - 1).filter((at) => at >= program.createdAt || at >= before);
  return assembleDigest({
    window: week,
    isFirstWeek: program.createdAt > after,
    thisWeek,
    lastWeek: await burndownWithin(db, program, { after: before, upTo: after }),
    weeks: weeksOfAll(areas, compared.length - 1),
    outlook: await gatherOutlook(db, program, {
      bounds: lived,
      areas: areas.map(({ area, weeks }) => ({ area, weeks: weeks.slice(weeks.length - lived.length + 1) })),
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
    health: await countRitualHealth(db, program.id, week),
    escapes: await countEscapes(db, program.id, daysUpTo(upTo, ESCAPE_DAYS)),
    fixes: await countFixKinds(db, program.id, daysUpTo(upTo, FIX_DAYS)),
    nextTriageAt: await nextTriage(db, program, upTo),
    worstRelease: await findWorstRelease(db, program.id, week),
    tranche: await findTrancheProgress(db, program.id),
    ...(await gatherReliabilityReport(db, program, upTo)),
  });
}

/** The reports and tickets of all areas together in each of the last weeks, oldest first. */
function weeksOfAll(areas: readonly AreaOfWeeks[], count: number): WeekOfReports[] {
  const all = areas.map(({ weeks }) => weeks.slice(weeks.length - count));
  const sum = (i: number, of: keyof WeekOfReports) => all.reduce((total, weeks) => total + (weeks[i]?.[of] ?? 0), 0);
  return Array.from({ length: count }, (_, i) => ({ reports: sum(i, 'reports'), tickets: sum(i, 'tickets') }));
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
