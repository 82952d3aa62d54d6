import { budgetsSentence } from '../../blocks/reliability/budget-words.ts';
import { reasonWords } from '../../blocks/triage/triage-words.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { countWaits } from '../../db/triage/agenda-facts.ts';
import {
  findLastFacilitator,
  findTriageDueAt,
  insertTriage,
  insertTriageItems,
  listTriageItems,
  lockOpenTriage,
  markTriageShown,
  type Triage,
} from '../../db/triage/triages.ts';
import { assembleReliability, isEndangered } from '../../domain/reliability/reliability-report.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { addWorkingHours } from '../../domain/time/working-time.ts';
import type { Agenda } from '../../domain/triage/agenda.ts';
import { nextInTurn } from '../../domain/triage/rota.ts';
import { gatherReliability } from '../reliability/gather-reliability.ts';
import { type AgendaEntry, gatherAgenda } from './agenda/gather-agenda.ts';
import { closeTriage } from './close-triage.ts';
import { askedOfItems } from './decisions/ask-of-items.ts';
import { addressOf, renderItem, renderOverdue, renderParent, triageKeys } from './render-triage.ts';

/** How long a thread stays open. */
export const TRIAGE_WORKING_HOURS = 24;

export type Opening = { dueAt: Date; late: boolean; now: Date };
export type Opened = { kind: 'opened' | 'nothing_to_decide' | 'already_opened'; triage: Triage; items: number };

/**
 * Opens the triage of one instant in the program's channel: the parent post and a reply for each item. An earlier
 * thread that is still open is closed first, and what it left undecided comes back. The same instant twice opens one
 * thread.
 */
export async function openTriage(
  tx: Db,
  program: Program,
  { dueAt, late, now }: Opening,
  facilitator?: string,
): Promise<Opened> {
  const before = await findTriageDueAt(tx, program.id, dueAt);
  if (before) return { kind: 'already_opened', triage: before, items: 0 };
  const stillOpen = await lockOpenTriage(tx, program.id);
  if (stillOpen) await closeTriage(tx, program, stillOpen, { by: null, now });

  const agenda = await gatherAgenda(tx, program, now);
  const count = countOf(agenda);
  const isEmpty = count === 0;
  const triage = await insertTriage(tx, {
    programId: program.id,
    dueAt,
    openedAt: now,
    closesAt: addWorkingHours(now, TRIAGE_WORKING_HOURS, program),
    closedAt: isEmpty ? now : null,
    facilitatorId: facilitator ?? (await nextFacilitator(tx, program)),
    late,
    leftOut: agenda.waiting.length,
    overdueIds: agenda.overdue.map(({ row }) => row.id),
    budgets: await budgetsInDanger(tx, program, now),
  });
  if (!triage) return { kind: 'already_opened', triage: await mustFind(tx, program, dueAt), items: 0 };
  await post(tx, program, triage, agenda, now);
  return { kind: isEmpty ? 'nothing_to_decide' : 'opened', triage, items: count };
}

/** How many items a thread would have; all that are overdue share one. */
export function countOf({ items, overdue }: Agenda<AgendaEntry>): number {
  return items.length + (overdue.length > 0 ? 1 : 0);
}

async function post(
  tx: Db,
  program: Program,
  triage: Triage,
  { items: planned, overdue, waiting }: Agenda<AgendaEntry>,
  now: Date,
): Promise<void> {
  await insertTriageItems(
    tx,
    planned.map(({ defect, reason, streak }, position) => ({
      triageId: triage.id,
      defectId: defect.row.id,
      position,
      kind: reason.kind,
      reason: reasonWords(reason),
      streak,
    })),
  );
  await countWaits(tx, {
    fitted: planned.map(({ defect }) => defect.row.id),
    waiting: waiting.map(({ row }) => row.id),
  });
  const address = addressOf(program, now);
  const parentKey = triageKeys.parent(program, triage.dueAt);
  const items = await listTriageItems(tx, triage.id);
  const body = await renderParent(tx, program, triage, items, now);
  await enqueuePost(tx, { ...address, dedupeKey: parentKey, body });
  const asked = await askedOfItems(tx, program, items, now);
  for (const one of items) {
    await enqueuePost(tx, {
      ...address,
      dedupeKey: triageKeys.item(program, triage.dueAt, one.defect.number),
      parentKey,
      body: renderItem(triage, one, asked.get(one.defect.id)),
    });
  }
  if (overdue.length > 0) {
    const dedupeKey = triageKeys.overdue(program, triage.dueAt);
    await enqueuePost(tx, { ...address, dedupeKey, parentKey, body: await renderOverdue(tx, program, triage, now) });
  }
  await markTriageShown(tx, triage);
}

async function budgetsInDanger(db: Db, program: Program, now: Date): Promise<string | null> {
  const report = assembleReliability(await gatherReliability(db, program, weekBounds(program, now)));
  return report?.areas.some(isEndangered) ? (budgetsSentence(report) ?? null) : null;
}

/** Whose turn it is: the one after whoever of the program's facilitators did it last. */
export async function nextFacilitator(db: Db, program: Program): Promise<string | null> {
  return nextInTurn(program.facilitatorIds, await findLastFacilitator(db, program.id, program.facilitatorIds));
}

async function mustFind(tx: Db, program: Program, dueAt: Date): Promise<Triage> {
  const triage = await findTriageDueAt(tx, program.id, dueAt);
  if (!triage) throw new Error(`Program ${program.id} has another triage that was opened at the same moment.`);
  return triage;
}
