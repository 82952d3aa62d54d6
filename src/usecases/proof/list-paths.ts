import type { Defect } from '../../db/defects/defects.ts';
import type { Report } from '../../db/reports/reports.ts';
import {
  listOrigins,
  listRuns,
  listRunsInProgram,
  type Origin,
  type SignalRuns,
} from '../../db/signals/signal-runs.ts';
import { RATE_LOOKBACK_DAYS } from '../../domain/proof/episodes.ts';
import { concernsFix, type Fix } from '../../domain/proof/regression-guard.ts';
import type { Path } from '../../domain/proof/usual-days.ts';
import { pathOfAccount, pathOfDefect, pathOfFingerprint } from '../../domain/signals/runs.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import type { Db } from '../doing.ts';

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
  const told = before.filter(({ source }) => source === 'signal');
  const origins = await listOrigins(
    db,
    told.map(({ id }) => id),
  );
  const runs = await listRuns(
    db,
    origins.flatMap((one) => pathsOf(one).map((path) => ({ sourceId: one.sourceId, path }))),
    span,
  );
  const all = before.reduce((sum, { occurrences }) => sum + occurrences, 0);
  return sharedOut(origins, runs, Math.max(all, sumOf(origins)));
}

function sharedOut(origins: readonly Origin[], runs: readonly SignalRuns[], all: number): Path[] {
  const paths = new Map<string, { share: number; days: SignalRuns[] }>();
  for (const origin of origins) {
    const ofPath = pathsOf(origin)
      .map((path) => runs.filter((one) => one.sourceId === origin.sourceId && one.path === path))
      .find(({ length }) => length > 0);
    const [first] = ofPath ?? [];
    if (!ofPath || !first) continue;
    const name = `${first.sourceId} ${first.path}`;
    const share = (paths.get(name)?.share ?? 0) + origin.occurrences / all;
    paths.set(name, { share, days: ofPath });
  }
  return [...paths.values()];
}

function pathsOf({ fingerprint, account }: Origin): string[] {
  return [
    ...(fingerprint === null ? [] : [pathOfFingerprint(fingerprint)]),
    ...(account === null ? [] : [pathOfAccount(account)]),
  ];
}

function sumOf(origins: readonly Origin[]): number {
  return origins.reduce((sum, { occurrences }) => sum + occurrences, 0);
}
