import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listRemindingPrograms } from '../../db/programs/schedules.ts';
import {
  claimNudge,
  hasEverBeenReminded,
  listRemindable,
  lockReminders,
  type Remindable,
  settleNudges,
  updateNudge,
  wasReminded,
} from '../../db/reminders/nudges.ts';
import {
  dueReminderOn,
  escalationsFor,
  type RemindedDefect,
  type ReminderItem,
  remindersFor,
} from '../../domain/reminders/reminders.ts';
import type { ToldItem } from '../../domain/reminders/told-in-direct.ts';
import { isTimeZone } from '../../domain/time/cadence.ts';
import { isWorkingDay } from '../../domain/time/working-time.ts';
import { gatherEscalations, gatherReminders } from './gather-reminders.ts';
import { postLive } from './live-message.ts';

type Part = { programId: number; items: readonly ToldItem[] };

/**
 * Sends today's reminders to everybody for whom it is the local time on a working day: at most one direct message a
 * person a local day, over all programs of the workspace. Cheap where nobody is due, so that it can be called with every heartbeat; any number of replicas
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
  await lockReminders(tx, program.workspaceId, userId);
  if (!(await claimNudge(tx, { programId: program.id, userId, onDate, sentAt: now }))) return false;
  // Whoever is in several programs hears of all of them in the message of the first; what comes later waits a day.
  if (await wasReminded(tx, program.workspaceId, userId, onDate)) return false;
  const isFirst = !(await hasEverBeenReminded(tx, program.workspaceId, userId));
  const parts: Part[] = [];
  for (const one of await programsOfToday(tx, program, onDate)) {
    const items = await itemsOf(tx, one, userId, onDate, now);
    if (items.length === 0) continue;
    parts.push({ programId: one.id, items });
    const nudge = { programId: one.id, userId, onDate };
    if (one.id !== program.id) await claimNudge(tx, { ...nudge, sentAt: now });
    await updateNudge(
      tx,
      nudge,
      items.map(({ defectId }) => defectId),
    );
  }
  // The row stays without defects: this person has been looked at today.
  if (parts.length === 0) return false;
  const dedupeKey = `reminder:${program.id}:${userId}:${onDate}`;
  const told = { kind: 'reminder' as const, on: onDate, isFirst, programs: parts };
  return postLive(tx, { workspaceId: program.workspaceId, userId, dedupeKey, told }, now);
}

/** This program and the others of the workspace that remind people today. */
async function programsOfToday(tx: Db, program: Program, onDate: string): Promise<Program[]> {
  const others = (await listRemindingPrograms(tx, program.workspaceId)).filter(({ id }) => id !== program.id);
  return [program, ...others.filter((one) => isWorkingDay(onDate, one))];
}

async function itemsOf(tx: Db, program: Program, userId: string, onDate: string, now: Date): Promise<ToldItem[]> {
  const isLead = program.leadIds.includes(userId);
  // The lead is told what became of everybody's.
  await settleNudges(tx, program.id, now, isLead ? undefined : userId);
  const today = { todayOn: onDate, now, calendar: program };
  const own = remindersFor(await gatherReminders(tx, program, userId, now), today);
  const others = isLead ? escalationsFor(await gatherEscalations(tx, program, userId, now), today) : [];
  return [...own.map((item) => told(item, 'owner')), ...others.map((item) => told(item, 'lead'))];
}

function told({ defect, reason }: ReminderItem<RemindedDefect>, reader: ToldItem['reader']): ToldItem {
  return { defectId: defect.id, kind: reason.kind, dueOn: 'dueOn' in reason ? reason.dueOn : null, reader };
}

/** The zone in which somebody reads the clock; the program's where Slack's is none. */
export function zoneOf({ timeZone }: Remindable, program: Program): string {
  return timeZone && isTimeZone(timeZone) ? timeZone : program.timeZone;
}
