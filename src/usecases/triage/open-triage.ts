import { budgetsSentence } from '../../blocks/reliability/budget-words.ts';
import { triageItem } from '../../blocks/triage/triage-item.ts';
import { reasonWords } from '../../blocks/triage/triage-words.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import {
  findLastFacilitator,
  findTriageDueAt,
  insertTriage,
  insertTriageItems,
  listTriageItems,
  lockOpenTriage,
  type Triage,
} from '../../db/triage/triages.ts';
import { assembleReliability, isEndangered } from '../../domain/reliability/reliability-report.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { addWorkingHours } from '../../domain/time/working-time.ts';
import type { AgendaItem } from '../../domain/triage/agenda.ts';
import { gatherReliability } from '../reliability/gather-reliability.ts';
import { closeTriage } from './close-triage.ts';
import { type AgendaEntry, gatherAgenda } from './gather-agenda.ts';
import { noteAgenda } from './note-agenda.ts';
import { addressOf, renderParent, triagedDefect, triageKeys } from './render-triage.ts';

/** How long a thread stays open. */
export const TRIAGE_WORKING_HOURS = 24;

export type Opening = { dueAt: Date; late: boolean; now: Date };
export type Opened = { kind: 'opened' | 'nothing_to_decide' | 'already_opened'; triage: Triage; items: number };

/**
 * Opens the triage of one instant in the program's channel: the parent post and a reply for each item. An earlier
 * thread that is still open is closed first, and what it left undecided is carried over. The same instant twice opens
 * one thread.
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
  const isEmpty = agenda.items.length === 0;
  const triage = await insertTriage(tx, {
    programId: program.id,
    dueAt,
    openedAt: now,
    closesAt: addWorkingHours(now, TRIAGE_WORKING_HOURS, program),
    closedAt: isEmpty ? now : null,
    facilitatorId: facilitator ?? (await nextFacilitator(tx, program)),
    late,
    leftOut: agenda.leftOut,
    budgets: await budgetsInDanger(tx, program, now),
  });
  if (!triage) return { kind: 'already_opened', triage: await mustFind(tx, program, dueAt), items: 0 };
  await post(tx, program, triage, agenda.items, now);
  return { kind: isEmpty ? 'nothing_to_decide' : 'opened', triage, items: agenda.items.length };
}

async function post(
  tx: Db,
  program: Program,
  triage: Triage,
  entries: readonly AgendaItem<AgendaEntry>[],
  now: Date,
): Promise<void> {
  await insertTriageItems(
    tx,
    entries.map(({ defect, reason, streak }, position) => ({
      triageId: triage.id,
      defectId: defect.row.id,
      position,
      reason: reasonWords(reason),
      streak,
    })),
  );
  const parentKey = triageKeys.parent(program, triage.dueAt);
  const items = await listTriageItems(tx, triage.id);
  await enqueuePost(tx, {
    ...addressOf(program, now),
    dedupeKey: parentKey,
    body: await renderParent(tx, program, triage, items, now),
  });
  const notes = await noteAgenda(
    tx,
    program,
    entries.map(({ defect }) => defect),
    now,
  );
  for (const { defect, reason, streak, suggestion } of entries) {
    const ref = { programId: program.id, number: defect.number, triageId: triage.id };
    await enqueuePost(tx, {
      ...addressOf(program, now),
      dedupeKey: triageKeys.item(program, triage.dueAt, defect.number),
      parentKey,
      body: triageItem({
        ref,
        defect: triagedDefect(defect.row, program, now),
        notes: Object.values(notes.get(defect.row.id) ?? {}).filter((note) => note !== null),
        reason: reasonWords(reason),
        streak,
        suggestion,
      }),
    });
  }
}

async function budgetsInDanger(db: Db, program: Program, now: Date): Promise<string | null> {
  const report = assembleReliability(await gatherReliability(db, program, weekBounds(program, now)));
  return report?.areas.some(isEndangered) ? (budgetsSentence(report) ?? null) : null;
}

/** Whose turn it is: the one after whoever of the program's facilitators did it last. */
export async function nextFacilitator(db: Db, program: Program): Promise<string | null> {
  const { facilitatorIds } = program;
  const last = await findLastFacilitator(db, program.id, facilitatorIds);
  const index = last === null ? -1 : facilitatorIds.indexOf(last);
  return facilitatorIds[(index + 1) % Math.max(1, facilitatorIds.length)] ?? null;
}

async function mustFind(tx: Db, program: Program, dueAt: Date): Promise<Triage> {
  const triage = await findTriageDueAt(tx, program.id, dueAt);
  if (!triage) throw new Error(`Program ${program.id} has another triage that was opened at the same moment.`);
  return triage;
}
