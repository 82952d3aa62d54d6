import { findStandingAt } from '../../db/defects/events.ts';
import { countTransitionWeeks, sumAreaHarm } from '../../db/digest/chart-facts.ts';
import { listFixLives } from '../../db/digest/outlook-facts.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReleases } from '../../db/signals/releases.ts';
import type { Standing } from '../../domain/digest/burndown.ts';
import {
  burndownChart,
  burndownWeeks,
  type Chart,
  harmChart,
  reliabilityChart,
  survivalChart,
} from '../../domain/digest/charts.ts';
import type { SinceWhen } from '../../domain/digest/since-when.ts';
import { isForUsers } from '../../domain/signals/release-reach.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { gatherReliability } from '../reliability/gather-reliability.ts';
import { gatherVerdicts } from './gather-verdicts.ts';

/**
 * What a digest draws: the burn-down for its post, and for its thread the reliability of areas where it is measured; the
 * others are for those who ask. Left out where weeks are too few to see anything.
 *
 * @param now how the list stands at the end of the digest's week
 */
export async function gatherDigestCharts(
  db: Db,
  program: Program,
  upTo: Date,
  { now, verdict }: { now: Standing; verdict: SinceWhen | undefined },
): Promise<Chart[]> {
  const lived = livedWeeks(program, upTo);
  return present([await gatherBurndown(db, program, lived, { now, verdict }), await gatherFailures(db, program, upTo)]);
}

/** Every chart that there is something to see in. */
export async function gatherEveryChart(db: Db, program: Program, upTo: Date): Promise<Chart[]> {
  const lived = livedWeeks(program, upTo);
  const ends = lived.slice(1);
  const harm = await sumAreaHarm(db, program.id, ends, program.halfLifeDays);
  const verdict = (await gatherVerdicts(db, program, upTo))?.reports;
  return present([
    await gatherBurndown(db, program, lived, { now: await findStandingAt(db, program.id, upTo), verdict }),
    harmChart(datesOf(program, ends), harm),
    await gatherFailures(db, program, upTo),
    survivalChart(await listFixLives(db, program.id, upTo), upTo),
  ]);
}

/** The bounds of the weeks that the program has lived in, the one it began in with them. */
function livedWeeks(program: Program, upTo: Date): Date[] {
  const bounds = weekBounds(program, upTo);
  const first = bounds.findIndex((at) => at >= program.createdAt);
  return bounds.slice(Math.max(0, first - 1));
}

async function gatherBurndown(
  db: Db,
  program: Program,
  lived: readonly Date[],
  { now, verdict }: { now: Standing; verdict: SinceWhen | undefined },
) {
  const counts = await countTransitionWeeks(db, program.id, lived);
  const endsOn = datesOf(program, lived.slice(1));
  return burndownChart(
    burndownWeeks(
      now,
      endsOn.map((on, i) => ({ endsOn: on, counts: counts[i] ?? [] })),
    ),
    verdict?.since ? { ...verdict, sinceOn: localDateOn(verdict.since.endsAt, program.timeZone) } : undefined,
  );
}

/** The metrics may know of weeks before the program. */
async function gatherFailures(db: Db, program: Program, upTo: Date) {
  const bounds = weekBounds(program, upTo);
  const areas = await gatherReliability(db, program, bounds);
  if (areas.length === 0) return undefined;
  const releases = await listReleases(db, program.id, { after: bounds[1] ?? upTo, upTo });
  const shipped = releases.filter(({ environment }) => isForUsers(environment));
  return reliabilityChart(areas, shipped, (at) => localDateOn(at, program.timeZone));
}

function datesOf({ timeZone }: Program, ends: readonly Date[]): string[] {
  return ends.map((at) => localDateOn(at, timeZone));
}

function present(charts: readonly (Chart | undefined)[]): Chart[] {
  return charts.filter((chart) => chart !== undefined);
}
