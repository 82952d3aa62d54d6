import { escalationMessage } from '../../blocks/triage/triage-notes.ts';
import { triageSummary } from '../../blocks/triage/triage-thread.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import { listPrograms, type Program } from '../../db/programs/programs.ts';
import {
  listDueTriages,
  listTriageItems,
  lockOpenTriage,
  markTriageClosed,
  type Triage,
  type TriageItem,
  type TriageItemOfDefect,
} from '../../db/triage/triages.ts';
import { isEscalated } from '../../domain/triage/agenda.ts';
import { addressOf, triageKeys, updateItem, updateParent } from './render-triage.ts';

/**
 * Closes a triage with a summary: what was decided, what is carried over, the decision rate. What was left open three
 * times in a row goes to the program lead. Null where it was closed already.
 *
 * @param closing `by` is null where the thread closes by itself
 */
export async function closeTriage(
  tx: Db,
  program: Program,
  triage: Triage,
  closing: { by: string | null; now: Date },
): Promise<Triage | null> {
  // The lock makes decisions that are being made right now come first.
  const open = await lockOpenTriage(tx, program.id);
  if (open?.id !== triage.id) return null;
  const closed = await markTriageClosed(tx, triage.id, { at: closing.now, by: closing.by });
  if (!closed) return null;
  const items = await listTriageItems(tx, triage.id);
  const undecided = items.filter(({ item }) => item.decision === null);
  for (const one of undecided) await updateItem(tx, program, closed, one, closing.now);
  await updateParent(tx, program, closed, items, closing.now);
  const isTold = program.leadIds.length > 0;
  const escalated = items.filter(({ item, defect }) => isTold && !defect.isSample && isEscalated(streakAfter(item)));
  await enqueuePost(tx, {
    ...addressOf(program, closing.now),
    dedupeKey: triageKeys.summary(program, closed.dueAt),
    parentKey: triageKeys.parent(program, closed.dueAt),
    body: triageSummary({
      decided: items.flatMap(({ item, defect }) =>
        item.decision ? [{ number: defect.number, decision: item.decision }] : [],
      ),
      carriedOver: undecided.map(({ item, defect }) => ({ ...defect, streak: streakAfter(item) })),
      leftOut: closed.leftOut,
      escalated: escalated.map(({ defect }) => defect.number),
    }),
  });
  await escalate(tx, program, closed, escalated, closing.now);
  return closed;
}

async function escalate(
  tx: Db,
  program: Program,
  triage: Triage,
  escalated: readonly TriageItemOfDefect[],
  now: Date,
): Promise<void> {
  if (escalated.length === 0) return;
  const body = escalationMessage({
    programName: program.name,
    channelId: program.channelId,
    items: escalated.map(({ item, defect }) => ({
      ref: { programId: program.id, number: defect.number },
      title: defect.title,
      state: defect.state,
      streak: streakAfter(item),
    })),
  });
  for (const channel of program.leadIds) {
    const dedupeKey = triageKeys.escalation(program, triage.dueAt, channel);
    await enqueuePost(tx, { ...addressOf(program, now), channel, dedupeKey, body });
  }
}

/** Threads in a row that have left it open, this one included. */
function streakAfter(item: TriageItem): number {
  return item.decision === null || item.decision === 'defer' ? item.streak + 1 : 0;
}

/** Closes every triage whose time is up, each in a transaction of its own. */
export async function closeDueTriages(db: Db, now: Date): Promise<Triage[]> {
  const due = await listDueTriages(db, now);
  if (due.length === 0) return [];
  const programs = new Map((await listPrograms(db)).map((program) => [program.id, program]));
  const closed: Triage[] = [];
  for (const triage of due) {
    const program = programs.get(triage.programId);
    const done = program && (await db.transaction((tx) => closeTriage(tx, program, triage, { by: null, now })));
    if (done) closed.push(done);
  }
  return closed;
}
