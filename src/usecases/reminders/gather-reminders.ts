import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listNudges, type Nudge } from '../../db/reminders/nudges.ts';
import {
  listLastActs,
  listOpenEvidence,
  listOwnedOrAsked,
  listRemindedSince,
  listSnoozes,
  listUndecidedComebacks,
  type Remindee,
} from '../../db/reminders/reminder-facts.ts';
import type { RemindedDefect } from '../../domain/reminders/reminders.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { stalledWords } from './stalled-words.ts';

// A reminder older than this says nothing about today.
const LOOKBACK_DAYS = 60;

/** What one person might be reminded of, with all that the decision needs. */
export async function gatherReminders(db: Db, program: Program, userId: string, now: Date): Promise<RemindedDefect[]> {
  const found = await listOwnedOrAsked(db, program.id, userId);
  return withFacts(db, program, found, () => userId, now);
}

/** What other owners were reminded of, and when the lead last heard of it. */
export async function gatherEscalations(
  db: Db,
  program: Program,
  leadId: string,
  now: Date,
): Promise<(RemindedDefect & { leadToldAt: Date | null })[]> {
  const since = new Date(now.getTime() - LOOKBACK_DAYS * DAY_MS);
  const found = await listRemindedSince(db, program.id, leadId, since);
  const reminded = await withFacts(db, program, found, ({ ownerId }) => ownerId ?? '', now);
  const told = nudgesByDefect(await listNudges(db, program.id, [leadId]));
  return reminded.map((defect) => ({ ...defect, leadToldAt: told.get(keyOf(leadId, defect.id))?.[0]?.sentAt ?? null }));
}

/** @param personOf whose activity, reminders and snoozes count for a defect */
async function withFacts(
  db: Db,
  program: Program,
  found: readonly Remindee[],
  personOf: (defect: Remindee) => string,
  now: Date,
): Promise<RemindedDefect[]> {
  const ids = found.map(({ id }) => id);
  const acts = new Map((await listLastActs(db, ids)).map((act) => [keyOf(act.userId, act.defectId), act]));
  const snoozes = new Map(
    (await listSnoozes(db, ids)).map((snooze) => [keyOf(snooze.userId, snooze.defectId), snooze]),
  );
  const comebacks = new Map((await listUndecidedComebacks(db, ids)).map((one) => [one.defectId, one]));
  const evidence = await listOpenEvidence(db, ids);
  const nudges = nudgesByDefect(await listNudges(db, program.id, [...new Set(found.map(personOf))]));
  return found.map((defect) => {
    const userId = personOf(defect);
    const mine = keyOf(userId, defect.id);
    const comeback = comebacks.get(defect.id);
    return {
      ...defect,
      comeback: comeback ? { kind: comeback.kind, why: comeback.why } : null,
      stalled: stalledWords(defect, evidence.get(defect.id) ?? [], now),
      question: defect.askedUserId === userId && defect.askedAt ? { askedAt: defect.askedAt } : null,
      actedAt: acts.get(mine)?.at ?? null,
      nudges: (nudges.get(mine) ?? []).map(({ sentAt, actedAt }) => ({ sentAt, acted: actedAt !== null })),
      snoozedUntilOn: snoozes.get(mine)?.untilOn ?? null,
    };
  });
}

function keyOf(userId: string, defectId: number): string {
  return `${userId}:${defectId}`;
}

/** The reminders of each person about each defect, in the order given. */
function nudgesByDefect(nudges: readonly Nudge[]): Map<string, Nudge[]> {
  const found = new Map<string, Nudge[]>();
  for (const nudge of nudges) {
    for (const id of nudge.defectIds) {
      const key = keyOf(nudge.userId, Number(id));
      const list = found.get(key);
      if (list) list.push(nudge);
      else found.set(key, [nudge]);
    }
  }
  return found;
}
