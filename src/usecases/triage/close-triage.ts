import type { SettledDefect } from '../../blocks/triage/triage-summary.ts';
import { triageSummary } from '../../blocks/triage/triage-summary.ts';
import type { Outcome } from '../../blocks/triage/triage-words.ts';
import { listDefects } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost, enqueueUpdate } from '../../db/messages/outbox.ts';
import { listProgramsById, type Program } from '../../db/programs/programs.ts';
import {
  listDueTriages,
  listTriageItems,
  lockOpenTriage,
  markTriageClosed,
  type Triage,
  type TriageItemOfDefect,
} from '../../db/triage/triages.ts';
import { isOpen } from '../../domain/defects/lifecycle.ts';
import { escalate, escalatedOf } from './escalate.ts';
import {
  addressOf,
  listStillOverdue,
  renderOverdue,
  streakAfter,
  triageKeys,
  updateItem,
  updateParent,
} from './render-triage.ts';

/**
 * Closes a triage with a summary: what was decided, what is left open, the decision rate. What was left open three times
 * in a row goes to the program lead. Null where it was closed already.
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
  const { by, now } = closing;
  const overdue = await listStillOverdue(tx, program, open, now);
  const isOverdueSettled = open.overdueIds.length > 0 && overdue.length === 0;
  const closed = await markTriageClosed(tx, triage.id, { at: now, by, isOverdueSettled });
  if (!closed) return null;
  const items = await listTriageItems(tx, triage.id);
  const undecided = items.filter(({ item, defect }) => item.decision === null && isOpen(defect.state));
  for (const one of undecided) await updateItem(tx, program, closed, one, now);
  if (closed.overdueIds.length > 0) {
    const targetKey = triageKeys.overdue(program, closed.dueAt);
    const body = await renderOverdue(tx, program, closed, now);
    await enqueueUpdate(tx, { ...addressOf(program, now), targetKey, body });
  }
  await updateParent(tx, program, closed, items, now);
  const isTold = program.leadIds.length > 0;
  const escalated = isTold ? escalatedOf(items).filter(({ defect }) => isOpen(defect.state)) : [];
  await enqueuePost(tx, {
    ...addressOf(program, now),
    dedupeKey: triageKeys.summary(program, closed.dueAt),
    parentKey: triageKeys.parent(program, closed.dueAt),
    body: triageSummary({
      decided: await settledDefects(tx, program, closed, items),
      meanwhile: items.flatMap(({ item, defect }) => (item.decision === null && !isOpen(defect.state) ? [defect] : [])),
      newDates: newDatesOf(closed, overdue.length),
      carriedOver: undecided.map(({ item, defect }) => ({ ...defect, streak: streakAfter(item) })),
      leftOut: closed.leftOut,
      escalated: escalated.map(({ defect }) => defect.number),
      leadIds: program.leadIds,
    }),
  });
  await escalate(tx, program, closed, escalated, now);
  return closed;
}

function newDatesOf({ overdueIds, overdueAt }: Triage, left: number) {
  const all = overdueIds.length;
  return all === 0 ? null : { answered: overdueAt !== null, dated: all - left, all };
}

async function settledDefects(
  tx: Db,
  program: Program,
  triage: Triage,
  items: readonly TriageItemOfDefect[],
): Promise<SettledDefect[]> {
  const targetIds = items.flatMap(({ defect }) => defect.mergedIntoId ?? []);
  const targets = new Map((await listDefects(tx, program.id, targetIds)).map(({ id, number }) => [id, number]));
  return items.flatMap((one) => {
    const { item, defect } = one;
    if (!item.decision || !item.decidedBy) return [];
    const into = defect.mergedIntoId === null ? undefined : targets.get(defect.mergedIntoId);
    return [{ ...defect, outcome: outcomeOf(one, triage), by: item.decidedBy, into }];
  });
}

/** Accepting again is keeping, and a claim settles an item too. */
function outcomeOf({ item, defect }: TriageItemOfDefect, { openedAt }: Triage): Outcome {
  if (item.decision !== 'accept') return item.decision ?? 'defer';
  if (defect.claimedAt && defect.claimedAt >= openedAt) return 'claim';
  return defect.acceptedAt && defect.acceptedAt >= openedAt ? 'accept' : 'keep';
}

/** Closes every triage whose time is up, each in a transaction of its own. */
export async function closeDueTriages(db: Db, now: Date): Promise<Triage[]> {
  const due = await listDueTriages(db, now);
  const programs = await listProgramsById(
    db,
    due.map(({ programId }) => programId),
  );
  const closed: Triage[] = [];
  for (const triage of due) {
    const program = programs.get(triage.programId);
    const done = program && (await db.transaction((tx) => closeTriage(tx, program, triage, { by: null, now })));
    if (done) closed.push(done);
  }
  return closed;
}
