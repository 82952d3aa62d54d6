import { eq } from 'drizzle-orm';
import { applyTransition } from '../../src/db/defects/events.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { insertPull } from '../../src/db/fixes/pull-requests.ts';
import { listAreas, type Program } from '../../src/db/programs/programs.ts';
import { trackers } from '../../src/db/schema/trackers.ts';
import { planTransition } from '../../src/domain/defects/lifecycle.ts';
import { localDateOn } from '../../src/domain/time/working-time.ts';
import { THE_BOT } from '../../src/domain/vocabulary.ts';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { acceptRisk } from '../../src/usecases/defects/set-aside-defect.ts';
import { claimFix } from '../../src/usecases/proof/claim-fix.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import { aReport, DAY_MS, later } from '../builders.ts';

/** What a team has fixed before, of people and of an agent: each was merged, went out, and held or did not. */
export async function playPastFixes(
  db: Db,
  program: Program,
  { ownerId, now, fixes }: { ownerId: string; now: Date; fixes: readonly { author: string; holds: boolean }[] },
): Promise<void> {
  const areaIds = (await listAreas(db, program.id)).map(({ id }) => id);
  const [tracker] = await db.select().from(trackers).where(eq(trackers.programId, program.id));
  if (!tracker) throw new Error('no tracker');
  for (const [index, { author, holds }] of fixes.entries()) {
    const outAt = later(now, (index - 110) * DAY_MS);
    const seenAt = later(outAt, -DAY_MS);
    const title = `Failure of spring number ${index + 1}`;
    const { defect } = await fileReport(db, program, aReport({ areaIds }, { title, seenAt, reporterId: ownerId }));
    const dueOn = localDateOn(later(outAt, DAY_MS), program.timeZone);
    const criteria = [{ kind: 'max_reports', limit: 0 }] as const;
    const promise = { ownerId, dueOn, criteria, escape: 'test_gap' } as const;
    await acceptDefect(db, program, defect.number, promise, { by: ownerId, now: seenAt });
    const claim = { keepingNote: 'A test', fixKind: 'code', deployedAt: outAt, environments: [] } as const;
    const claimed = await claimFix(db, program, defect.number, claim, { by: ownerId, now: outAt });
    const kind = holds ? 'proven' : 'failed';
    const judged = { actor: THE_BOT, at: later(outAt, 9 * DAY_MS), why: 'As it was then.' };
    await applyTransition(db, claimed, planTransition(claimed, kind), judged);
    await insertPull(db, {
      ...{ programId: program.id, trackerId: tracker.id, defectId: defect.id, number: 1_000 + index },
      ...{ title, url: `${tracker.webUrl}/pull/${1_000 + index}`, base: 'main', mergeSha: `sha${index}` },
      ...{ author, authorIsBot: false, coAuthors: [], mergedAt: later(outAt, -1), belongsBy: 'keyword' },
      ...{ foundAt: outAt, shippedAt: outAt, shippedIn: `v0.${index}`, marker: `past-${index}`, toldEventId: 1e9 },
    });
    if (!holds)
      await acceptRisk(db, program, defect.number, 'It is replaced', { by: ownerId, now: later(outAt, 10 * DAY_MS) });
  }
}
