import { type Defect, findDefect, findDefectByNumber } from '../../db/defects/defects.ts';
import { listEvents, logChange } from '../../db/defects/events.ts';
import { insertPull } from '../../db/fixes/pull-requests.ts';
import { randomMarker } from '../../db/trackers/markers.ts';
import type { TrackerRow } from '../../db/trackers/trackers.ts';
import type { PullRequest } from '../../domain/fixes/code-host.ts';
import type { DefectOfPull } from '../../domain/fixes/defects-of-pull.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { THE_BOT } from '../../domain/vocabulary.ts';
import type { Db, Program } from '../doing.ts';

type Merge = {
  tracker: TrackerRow;
  pull: PullRequest;
  coAuthors: readonly string[];
  found: readonly DefectOfPull[];
};

/** Keeps which defects a merged pull request fixes. One that names no defect of the program, or a sample, is none of ours. */
export async function takeMerge(db: Db, program: Program, merge: Merge, now: Date): Promise<void> {
  for (const { defect: number, by } of merge.found) {
    await db.transaction(async (tx) => {
      const defect = await standing(tx, program, number);
      if (!defect || defect.isSample) return;
      const { tracker, pull } = merge;
      const { title, url, base, mergedAt, mergeSha } = pull;
      const kept = await insertPull(tx, {
        ...{ programId: program.id, trackerId: tracker.id, defectId: defect.id, number: pull.number },
        ...{ title, url, base, mergedAt, mergeSha, belongsBy: by, foundAt: now, marker: randomMarker() },
        // It may have been judged before its merge was known here.
        nextAt: now,
        author: pull.author.login,
        authorIsBot: pull.author.isBot,
        coAuthors: merge.coAuthors.filter((name) => name !== pull.author.login),
        toldEventId: await lastEventToSkip(tx, defect, mergedAt, now),
      });
      if (!kept) return;
      await logChange(tx, defect, 'fix_merged', {
        actor: THE_BOT,
        at: now,
        why: `${tracker.place}#${pull.number} was merged for it.`,
        data: { url, number: pull.number, mergedAt: mergedAt.toISOString() },
      });
    });
  }
}

/** The defect of a number; where it was merged, the one that it is part of now. */
async function standing(tx: Db, program: Program, number: number): Promise<Defect | null> {
  let defect: Defect | null = await findDefectByNumber(tx, program.id, number);
  while (defect?.mergedIntoId) defect = await findDefect(tx, program.id, defect.mergedIntoId);
  return defect;
}

/** A pull request is told what is said of it from its merge on; of one that is taken in much later, nothing is news. */
async function lastEventToSkip(tx: Db, { id }: Defect, mergedAt: Date, now: Date): Promise<number> {
  const isOld = now.getTime() - mergedAt.getTime() > DAY_MS;
  const events = await listEvents(tx, id);
  return events.findLast(({ at }) => isOld || at <= mergedAt)?.id ?? 0;
}
