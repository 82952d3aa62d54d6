import { Mrkdwn, mention, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { overdueItem } from '../../blocks/triage/overdue-item.ts';
import { settledItem, type TriagedDefect, triageItem } from '../../blocks/triage/triage-item.ts';
import { triageParent } from '../../blocks/triage/triage-thread.ts';
import { type Defect, type DefectInArea, listDefects } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueueChange, enqueueUpdate } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listMissed } from '../../db/programs/schedules.ts';
import { findTriageBefore, type Triage, type TriageItem, type TriageItemOfDefect } from '../../db/triage/triages.ts';
import { isOpen, stateWords } from '../../domain/defects/lifecycle.ts';
import { harmPerWeek, heatAt } from '../../domain/defects/rank.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { isOverdue } from '../defects/describe-defect.ts';
import { countProgram } from '../programs/count-program.ts';
import { type AskedOfItem, askedOfItems } from './decisions/ask-of-items.ts';

/** What each message of a triage thread is called, once for ever. */
export const triageKeys = {
  parent: (program: Program, dueAt: Date) => `triage:${program.id}:${dueAt.toISOString()}:parent`,
  item: (program: Program, dueAt: Date, number: number) => `triage:${program.id}:${dueAt.toISOString()}:item:${number}`,
  overdue: (program: Program, dueAt: Date) => `triage:${program.id}:${dueAt.toISOString()}:overdue`,
  several: (program: Program, dueAt: Date, batchId: number) =>
    `triage:${program.id}:${dueAt.toISOString()}:several:${batchId}`,
  summary: (program: Program, dueAt: Date) => `triage:${program.id}:${dueAt.toISOString()}:summary`,
  escalation: (program: Program, dueAt: Date) => `triage:${program.id}:${dueAt.toISOString()}:escalation`,
};

/** How far a thread has come; the item that the overdue share is one of its items. */
export type Progress = { items: number; decided: number };

export function progressOf(triage: Triage, items: readonly TriageItemOfDefect[], overdue: number): Progress {
  const shared = triage.overdueIds.length > 0 ? 1 : 0;
  const isShared = shared === 1 && (triage.overdueAt !== null || overdue === 0);
  const settled = items.filter(({ item, defect }) => item.decision !== null || !isOpen(defect.state)).length;
  return { items: items.length + shared, decided: settled + (isShared ? 1 : 0) };
}

/** Those of the overdue that share an item which are overdue still. */
export async function listStillOverdue(db: Db, program: Program, triage: Triage, now: Date): Promise<DefectInArea[]> {
  const shared = await listDefects(db, program.id, triage.overdueIds);
  return shared
    .filter((defect) => isOverdue(defect, program, now))
    .sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1));
}

export async function renderParent(
  db: Db,
  program: Program,
  triage: Triage,
  items: readonly TriageItemOfDefect[],
  now: Date,
): Promise<Message> {
  const before = await findTriageBefore(db, program.id, triage.dueAt);
  const overdue = await listStillOverdue(db, program, triage, now);
  return triageParent({
    ref: { programId: program.id, triageId: triage.id },
    program,
    timeZone: program.timeZone,
    dueAt: triage.dueAt,
    openedAt: triage.openedAt,
    late: triage.late,
    closesAt: triage.closesAt,
    closed: triage.closedAt && { at: triage.closedAt, by: triage.closedBy },
    facilitatorId: triage.facilitatorId,
    counts: await countProgram(db, program, { before: triage.dueAt, upTo: now }),
    ...progressOf(triage, items, overdue.length),
    leftOut: triage.leftOut,
    budgets: triage.budgets,
    missed: await listMissed(db, program.id, 'triage', { after: before?.dueAt ?? null, upTo: triage.dueAt }),
  });
}

/** Threads in a row that have left an item open, this one included. */
export function streakAfter(item: TriageItem): number {
  return item.decision === null || item.decision === 'defer' ? item.streak + 1 : 0;
}

/** Brings the parent's counts up to date. */
export async function updateParent(
  tx: Db,
  program: Program,
  triage: Triage,
  items: readonly TriageItemOfDefect[],
  now: Date,
): Promise<void> {
  await enqueueUpdate(tx, {
    ...addressOf(program, now),
    targetKey: triageKeys.parent(program, triage.dueAt),
    body: await renderParent(tx, program, triage, items, now),
  });
}

/** An item as it now stands: decided, settled elsewhere, left open, or asked for. */
export function renderItem(
  triage: Triage,
  { item, defect }: TriageItemOfDefect,
  asked: AskedOfItem | undefined,
): Message {
  const settled = settledSentence(item, defect);
  if (settled) return settledItem(defect, settled, stateWords(defect.state));
  if (triage.closedAt) {
    const times = item.streak + 1;
    const words = `Left open${times > 1 ? `, ${times} times in a row` : ''}. Triage comes back to it.`;
    return settledItem(defect, mrkdwn`${words}`, words);
  }
  if (!asked) throw new Error(`Nothing is known of what to ask about defect ${defect.id}.`);
  return triageItem({ ...asked, streak: item.streak, ref: { ...asked.ref, triageId: triage.id } });
}

/** What came of an item, in a sentence; null while it waits. */
export function settledSentence(item: TriageItem, defect: Pick<Defect, 'state'>): Mrkdwn | null {
  // Stored as it was worded and escaped by settleTriageItem.
  if (item.decision && item.decidedBy) return mrkdwn`${mention(item.decidedBy)} ${new Mrkdwn(item.outcome ?? '')}`;
  return isOpen(defect.state) ? null : mrkdwn`Nothing is left to decide: it is ${stateWords(defect.state)}.`;
}

/** Shows an item that has just been settled, or left open. */
export async function updateItem(
  tx: Db,
  program: Program,
  triage: Triage,
  of: TriageItemOfDefect,
  now: Date,
): Promise<void> {
  await enqueueUpdate(tx, {
    ...addressOf(program, now),
    targetKey: triageKeys.item(program, triage.dueAt, of.defect.number),
    body: renderItem(triage, of, undefined),
  });
}

/** Shows in a whole thread what has happened elsewhere since; what stands there already is not sent again. */
export async function updateThread(
  tx: Db,
  program: Program,
  triage: Triage,
  items: readonly TriageItemOfDefect[],
  now: Date,
): Promise<void> {
  const address = addressOf(program, now);
  const asked = await askedOfItems(tx, program, items, now);
  for (const one of items) {
    await enqueueChange(tx, {
      ...address,
      targetKey: triageKeys.item(program, triage.dueAt, one.defect.number),
      body: renderItem(triage, one, asked.get(one.defect.id)),
    });
  }
  if (triage.overdueIds.length > 0) {
    await enqueueChange(tx, {
      ...address,
      targetKey: triageKeys.overdue(program, triage.dueAt),
      body: await renderOverdue(tx, program, triage, now),
    });
  }
  await enqueueChange(tx, {
    ...address,
    targetKey: triageKeys.parent(program, triage.dueAt),
    body: await renderParent(tx, program, triage, items, now),
  });
}

export async function renderOverdue(db: Db, program: Program, triage: Triage, now: Date): Promise<Message> {
  const overdue = await listStillOverdue(db, program, triage, now);
  return overdueItem({
    ref: { programId: program.id, triageId: triage.id },
    overdue: overdue.map(({ number, title, ownerId, dueOn }) => ({ number, title, ownerId, dueOn: dueOn ?? '' })),
    all: triage.overdueIds.length,
    answered: triage.overdueBy === null ? null : { by: triage.overdueBy },
    isClosed: triage.closedAt !== null,
  });
}

export function addressOf(program: Program, now: Date) {
  return { workspaceId: program.workspaceId, programId: program.id, channel: program.channelId, runAt: now };
}

export function triagedDefect(defect: DefectInArea, program: Program, now: Date): TriagedDefect {
  return {
    ...defect,
    lastSeenOn: localDateOn(defect.lastSeenAt, program.timeZone),
    harm: harmPerWeek(heatAt(defect.heatLevel, now, program.halfLifeDays), program.halfLifeDays),
  };
}
