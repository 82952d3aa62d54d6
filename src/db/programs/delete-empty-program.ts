import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { auditEntries } from '../schema/audit.ts';
import { defects } from '../schema/defects.ts';
import { knownWeeks } from '../schema/known-weeks.ts';
import { textTotals } from '../schema/matching.ts';
import { outbox } from '../schema/messages.ts';
import { areaMetrics } from '../schema/reliability.ts';
import { nudges, occurrences, schedules, tranches, triages } from '../schema/rituals.ts';
import { releases, signalSources } from '../schema/signals.ts';
import { trackers } from '../schema/trackers.ts';
import { areas, programs } from '../schema/workspaces.ts';

/** Deletes a program that holds nothing but its settings. False where there is something to lose. */
export async function deleteEmptyProgram(tx: Db, programId: number): Promise<boolean> {
  for (const table of [defects, signalSources, trackers, areaMetrics, releases]) {
    const held = await tx.select({ of: table.programId }).from(table).where(eq(table.programId, programId)).limit(1);
    if (held.length > 0) return false;
  }
  const ofProgram = tx.select({ id: schedules.id }).from(schedules).where(eq(schedules.programId, programId));
  await tx.delete(occurrences).where(inArray(occurrences.scheduleId, ofProgram));
  for (const table of [schedules, triages, tranches, nudges, auditEntries, textTotals, knownWeeks, areas])
    await tx.delete(table).where(eq(table.programId, programId));
  await tx.delete(outbox).where(and(eq(outbox.programId, programId), eq(outbox.state, 'due')));
  await tx.delete(programs).where(eq(programs.id, programId));
  return true;
}
