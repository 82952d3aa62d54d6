import type { Defect } from '../../db/defects/defects.ts';
import { listReports, type Report } from '../../db/reports/reports.ts';
import { listRunsInProgram, listRunsOfReports, type RunsOfOrigin } from '../../db/signals/signal-runs.ts';
import { RATE_LOOKBACK_DAYS } from '../../domain/proof/episodes.ts';
import { concernsFix, type Fix } from '../../domain/proof/regression-guard.ts';
import type { Path } from '../../domain/proof/usual-days.ts';
import { pathOfDefect } from '../../domain/signals/runs.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import type { Db } from '../doing.ts';
import { fixOfDefect } from './fix-of-defect.ts';

/** What failed in more places than these counts by days where it failed more rarely. */
const MOST_PATHS = 100;

/**
 * What ran where a defect had failed before its fix, as far as sources tell until an instant: what is said to exercise the
 * defect itself, else the fingerprint or the account of each occurrence. Empty where nothing is told.
 */
export async function listPaths(
  db: Db,
  defect: Defect,
  fix: Fix,
  reports: readonly Report[],
  until: Date,
): Promise<Path[]> {
  const upTo = fix.resumedAt ?? fix.deployedAt;
  // A day more, since the first that is told of is no whole one.
  const from = new Date(upTo.getTime() - (RATE_LOOKBACK_DAYS + 1) * DAY_MS);
  const span = { from, to: until };
  const ofDefect = await listRunsInProgram(db, defect.programId, pathOfDefect(defect.number), span);
  if (ofDefect.length > 0) return [{ share: 1, days: ofDefect }];
  const before = reports.filter((one) => one.seenAt >= from && one.seenAt < upTo && concernsFix(one, fix));
  const ids = before.filter(({ source }) => source === 'signal').map(({ id }) => id);
  const ran = await listRunsOfReports(db, ids, span, MOST_PATHS);
  return sharedOut(
    ran,
    before.reduce((sum, { occurrences }) => sum + occurrences, 0),
  );
}

/** Whether a source tells how often it ran before the fix that was claimed. */
export async function areRunsTold(db: Db, defect: Defect): Promise<boolean> {
  const fix = fixOfDefect(defect);
  if (!fix) return false;
  const paths = await listPaths(db, defect, fix, await listReports(db, defect.id), fix.deployedAt);
  return paths.length > 0;
}

function sharedOut(ran: readonly RunsOfOrigin[], all: number): Path[] {
  const paths = Map.groupBy(ran, ({ sourceId, path }) => `${sourceId} ${path}`);
  return [...paths.values()].map((days) => ({ share: (days[0]?.occurrences ?? 0) / all, days }));
}
