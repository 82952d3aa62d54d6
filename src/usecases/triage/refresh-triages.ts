import type { Db } from '../../db/engine/client.ts';
import { listProgramsById, type Program } from '../../db/programs/programs.ts';
import {
  listStaleEscalations,
  listStaleTriages,
  listTriageItems,
  lockOpenTriage,
  lockTriage,
  markTriageShown,
} from '../../db/triage/triages.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { ESCALATE_AFTER } from '../../domain/triage/agenda.ts';
import { showEscalation } from './escalate.ts';
import { updateThread } from './render-triage.ts';

/** As long as direct messages are edited: nobody goes back further. */
const EDITED_DAYS = 92;

/**
 * Shows in every open thread, and wherever leads are asked to settle what a thread left open, what has happened elsewhere
 * since: a report that joined, a new owner, a merge. Each in a transaction of its own.
 *
 * @param afterEventId up to which event every thread has been brought up to date
 */
export async function refreshTriages(db: Db, now: Date, afterEventId = 0): Promise<void> {
  const open = await listStaleTriages(db, afterEventId);
  const since = new Date(now.getTime() - EDITED_DAYS * DAY_MS);
  const escalated = await listStaleEscalations(db, { since, streak: ESCALATE_AFTER }, afterEventId);
  const programs = await listProgramsById(
    db,
    [...open, ...escalated].map(({ programId }) => programId),
  );
  for (const { id, programId } of open) {
    const program = programs.get(programId);
    if (program) await db.transaction((tx) => showThread(tx, program, id, now));
  }
  for (const { id, programId } of escalated) {
    const program = programs.get(programId);
    if (program) await db.transaction((tx) => showClosed(tx, program, id, now));
  }
}

async function showThread(tx: Db, program: Program, triageId: number, now: Date): Promise<void> {
  const triage = await lockOpenTriage(tx, program.id);
  if (triage?.id !== triageId) return;
  await updateThread(tx, program, triage, await listTriageItems(tx, triageId), now);
  await markTriageShown(tx, triage);
}

async function showClosed(tx: Db, program: Program, triageId: number, now: Date): Promise<void> {
  const triage = await lockTriage(tx, program.id, triageId);
  if (!triage?.closedAt) return;
  await showEscalation(tx, program, triage, now);
  await markTriageShown(tx, triage);
}
