import { insertAudit } from '../../../db/programs/audit.ts';
import { type TrackerRow, updateTracker } from '../../../db/trackers/trackers.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { NOTHING_YET } from '../../../domain/trackers/past-ticket.ts';
import type { Db, Doing, Program } from '../../doing.ts';
import { holdTracker } from '../connect/change-tracker.ts';

/** A lead wants the history of a tracker here: it is read from its beginning, a page at a time. What is here already stays. */
export async function wantHistory(tx: Db, program: Program, id: number, doing: Doing): Promise<TrackerRow> {
  const tracker = await holdTracker(tx, program, id);
  refuseWhileUnderWay(tracker);
  await updateTracker(tx, id, {
    ...{ historyBy: doing.by, historyAt: doing.now, historyDueAt: doing.now },
    ...{ historyFrom: null, historyTally: NOTHING_YET },
  });
  const what = { kind: 'history_wanted', subject: tracker.place, before: null, after: null } as const;
  await insertAudit(tx, program.id, doing, [what]);
  return tracker;
}

export function refuseWhileUnderWay({ place, historyDueAt }: TrackerRow): void {
  if (historyDueAt)
    throw new Refusal(`The history of ${place} is being taken in already. You are told when it is done.`);
}
