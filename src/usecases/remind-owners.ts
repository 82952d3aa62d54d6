import { reminderMessage } from '../blocks/reminder-message.ts';
import type { Db } from '../db/client.ts';
import { claimNudge, listRemindable, type Remindable, settleNudges, updateNudge } from '../db/nudges.ts';
import { enqueuePost } from '../db/outbox.ts';
import type { Program } from '../db/programs.ts';
import { timeZoneSchema } from '../domain/cadence.ts';
import { dueReminderOn, escalationsFor, remindersFor } from '../domain/reminders.ts';

import { gatherEscalations, gatherReminders } from './gather-reminders.ts';

/**
 * Sends today's reminders to everybody for whom it is the local time on a working day: at most one direct message a
 * person a local day. Cheap where nobody is due, so that it can be called with every heartbeat; any number of replicas
 * may, since the row of the reminder decides. Answers how many messages were written.
 */
export async function remindOwners(
  db: Db,
  program: Program,
  { localTime, now }: { localTime: string; now: Date },
): Promise<number> {
  let sent = 0;
  for (const person of await listRemindable(db, program)) {
    if (!person.isActive) continue;
    const timeZone = zoneOf(person, program);
    const onDate = dueReminderOn({ timeZone, lastOn: person.lastOn }, { localTime, now, calendar: program });
    if (onDate === null) continue;
    const wrote = await db.transaction((tx) => remindPerson(tx, program, { userId: person.userId, onDate, now }));
    if (wrote) sent += 1;
  }
  return sent;
}

async function remindPerson(
  tx: Db,
  program: Program,
  { userId, onDate, now }: { userId: string; onDate: string; now: Date },
): Promise<boolean> {
  const nudge = { programId: program.id, userId, onDate };
  if (!(await claimNudge(tx, { ...nudge, sentAt: now }))) return false;
  // The lead is told what became of everybody's.
  await settleNudges(tx, program.id, now, userId === program.leadUserId ? undefined : userId);
  const today = { todayOn: onDate, now, calendar: program };
  const own = remindersFor(await gatherReminders(tx, program, userId, now), today);
  const others =
    userId === program.leadUserId ? escalationsFor(await gatherEscalations(tx, program, userId, now), today) : [];
  // The row stays without defects: this person has been looked at today.
  if (own.length + others.length === 0) return false;
  const body = reminderMessage({ programId: program.id, programName: program.name, todayOn: onDate, own, others });
  await updateNudge(
    tx,
    nudge,
    [...own, ...others].map(({ defect }) => defect.id),
  );
  return enqueuePost(tx, {
    workspaceId: program.workspaceId,
    programId: program.id,
    dedupeKey: `reminder:${program.id}:${userId}:${onDate}`,
    channel: userId,
    body,
    runAt: now,
  });
}

function zoneOf({ timeZone }: Remindable, program: Program): string {
  return timeZone && timeZoneSchema.safeParse(timeZone).success ? timeZone : program.timeZone;
}
