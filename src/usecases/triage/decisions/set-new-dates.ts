import type { DatableDefect } from '../../../blocks/triage/overdue-item.ts';
import { lockDefectByNumber } from '../../../db/defects/defects.ts';
import { findTriage, listTriageItems, lockOpenTriage, markNewDates, type Triage } from '../../../db/triage/triages.ts';
import { DUE_SPANS, type DueSpan, dueAfter } from '../../../domain/defects/default-due.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { localDateOn } from '../../../domain/time/working-time.ts';
import { SEVERITIES } from '../../../domain/vocabulary.ts';
import { changeDue } from '../../defects/change-defect.ts';
import type { Db, Doing, Program } from '../../doing.ts';
import { listStillOverdue, updateThread } from '../render-triage.ts';

const CLOSED = 'This triage is closed. Set new dates from the reminders, or by the card of each defect.';

/** Those of a thread's overdue that still are, with the dates that can be picked. */
export async function readOverdue(db: Db, program: Program, triageId: number, now: Date): Promise<DatableDefect[]> {
  const triage = await findOpen(db, program, triageId);
  const overdue = await listStillOverdue(db, program, triage, now);
  if (overdue.length === 0) throw new Refusal('None of these is overdue any more.');
  const todayOn = localDateOn(now, program.timeZone);
  const dates = Object.fromEntries(DUE_SPANS.map((span) => [span, dueAfter(span, todayOn, program)]));
  return overdue.map(({ number, title, ownerId, dueOn, severity }) => ({
    ...{ number, title, ownerId, dueOn: dueOn ?? todayOn },
    usual: program.dueSpans[SEVERITIES.indexOf(severity)] ?? '1w',
    dueAfter: dates as Record<DueSpan, string>,
  }));
}

/** Gives overdue defects new dates, all in one transaction. Those that are not overdue any more stay as they are. */
export async function setNewDates(
  db: Db,
  program: Program,
  triageId: number,
  dates: readonly { number: number; dueOn: string }[],
  doing: Doing,
): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { number } of [...dates].sort((a, b) => a.number - b.number)) {
      await lockDefectByNumber(tx, program.id, number);
    }
    const triage = await lockOpenTriage(tx, program.id);
    if (triage?.id !== triageId) throw new Refusal(CLOSED);
    const overdue = new Set((await listStillOverdue(tx, program, triage, doing.now)).map(({ number }) => number));
    for (const { number, dueOn } of dates) {
      if (!overdue.has(number)) continue;
      await changeDue(tx, program, number, { dueOn, reason: 'A new date from triage.' }, doing);
    }
    const answered = await markNewDates(tx, triageId, { by: doing.by, at: doing.now });
    await updateThread(tx, program, answered, await listTriageItems(tx, triageId), doing.now);
  });
}

async function findOpen(db: Db, program: Program, triageId: number): Promise<Triage> {
  const triage = await findTriage(db, program.id, triageId);
  if (!triage) throw new Refusal('This thread is of a triage that is no longer here.');
  if (triage.closedAt) throw new Refusal(CLOSED);
  return triage;
}
