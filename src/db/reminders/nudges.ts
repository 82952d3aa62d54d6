import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defectEvents, defects } from '../schema/defects.ts';
import { nudges, snoozes } from '../schema/rituals.ts';
import { people, programs } from '../schema/workspaces.ts';

export type Nudge = typeof nudges.$inferSelect;

// Nobody is thanked for what they do a month after a reminder.
const SETTLED_AFTER_DAYS = 30;

/**
 * Records which reminders led to action: their person did something about one of the defects, or snoozed it, before the
 * next reminder came. A day on which there was nothing to say has no defects and is left alone. Everybody's in the
 * program, or those of one person.
 */
export async function settleNudges(tx: Db, programId: number, now: Date, userId?: string): Promise<void> {
  const whose = userId === undefined ? sql`true` : sql`nudge.user_id = ${userId}`;
  const upTo = instant(now);
  await tx.execute(sql`
    update nudges set acted_at = acted.at
    from (
      select nudge.user_id, nudge.on_date, min(act.at) as at
      from nudges nudge
      cross join lateral (
        select coalesce(min(later.sent_at), ${upTo}) as at from nudges later
        where later.program_id = nudge.program_id and later.user_id = nudge.user_id
          and later.on_date > nudge.on_date and later.sent_at > nudge.sent_at and cardinality(later.defect_ids) > 0
      ) following
      cross join lateral (
        select event.at from ${defectEvents} event
        where event.defect_id = any(nudge.defect_ids) and event.actor_id = nudge.user_id
          and event.at > nudge.sent_at and event.at <= least(following.at, ${upTo})
        union all
        select snooze.at from ${snoozes} snooze
        where snooze.defect_id = any(nudge.defect_ids) and snooze.user_id = nudge.user_id
          and snooze.at > nudge.sent_at and snooze.at <= least(following.at, ${upTo})
      ) act
      where nudge.program_id = ${programId} and ${whose} and nudge.acted_at is null
        and nudge.sent_at > ${upTo} - make_interval(days => ${SETTLED_AFTER_DAYS}) and nudge.sent_at <= ${upTo}
      group by nudge.user_id, nudge.on_date
    ) acted
    where nudges.program_id = ${programId} and nudges.user_id = acted.user_id and nudges.on_date = acted.on_date`);
}

export type Remindable = { userId: string; timeZone: string | null; isActive: boolean; lastOn: string | null };

/** Everybody who owns an open defect, is asked about one, or leads the program, with the last day they were looked at. */
export async function listRemindable(db: Db, program: { id: number; workspaceId: string; leadIds: readonly string[] }) {
  return rows<Remindable>(
    db,
    sql`select who.user_id as "userId", ${people.timeZone} as "timeZone", coalesce(${people.isActive}, true) as "isActive",
               (select max(on_date)::text from ${nudges} where program_id = ${program.id} and user_id = who.user_id) as "lastOn"
        from (
          select owner_id as user_id from ${defects}
          where program_id = ${program.id} and state in ('accepted', 'claimed') and owner_id is not null and not is_sample
          union
          select asked_user_id from ${defects}
          where program_id = ${program.id} and state in ('new', 'accepted', 'claimed')
            and asked_at is not null and asked_user_id is not null and not is_sample
          union
          select unnest(${programs.leadIds}) from ${programs} where ${programs.id} = ${program.id}
        ) who
        left join ${people} on ${people.workspaceId} = ${program.workspaceId} and ${people.userId} = who.user_id
        order by 1`,
  );
}

/** Holds what is decided about reminders of one person, in whichever of their programs, until the transaction ends. */
export async function lockReminders(tx: Db, workspaceId: string, userId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`reminders ${workspaceId} ${userId}`}, 0))`);
}

/** Whether this person has got a reminder on this day from any program of the workspace. */
export async function wasReminded(tx: Db, workspaceId: string, userId: string, onDate: string): Promise<boolean> {
  const [found] = await tx
    .select({ programId: nudges.programId })
    .from(nudges)
    .innerJoin(programs, eq(programs.id, nudges.programId))
    .where(
      and(
        eq(programs.workspaceId, workspaceId),
        eq(nudges.userId, userId),
        eq(nudges.onDate, onDate),
        sql`cardinality(${nudges.defectIds}) > 0`,
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** Whether this person has ever got a reminder from any program of the workspace. */
export async function hasEverBeenReminded(tx: Db, workspaceId: string, userId: string): Promise<boolean> {
  const [found] = await tx
    .select({ programId: nudges.programId })
    .from(nudges)
    .innerJoin(programs, eq(programs.id, nudges.programId))
    .where(
      and(eq(programs.workspaceId, workspaceId), eq(nudges.userId, userId), sql`cardinality(${nudges.defectIds}) > 0`),
    )
    .limit(1);
  return found !== undefined;
}

/** True for the one that may write to this person on this day. */
export async function claimNudge(
  tx: Db,
  nudge: { programId: number; userId: string; onDate: string; sentAt: Date },
): Promise<boolean> {
  const inserted = await tx
    .insert(nudges)
    .values({ ...nudge, defectIds: [] })
    .onConflictDoNothing()
    .returning({ userId: nudges.userId });
  return inserted.length > 0;
}

export async function updateNudge(
  tx: Db,
  { programId, userId, onDate }: { programId: number; userId: string; onDate: string },
  defectIds: readonly number[],
): Promise<void> {
  await tx
    .update(nudges)
    .set({ defectIds: [...defectIds] })
    .where(and(eq(nudges.programId, programId), eq(nudges.userId, userId), eq(nudges.onDate, onDate)));
}

/** The reminders that a person got, newest first. */
export async function listNudges(db: Db, programId: number, userIds: readonly string[], limit = 500): Promise<Nudge[]> {
  if (userIds.length === 0) return [];
  return db
    .select()
    .from(nudges)
    .where(and(eq(nudges.programId, programId), inArray(nudges.userId, [...userIds]), sql`cardinality(defect_ids) > 0`))
    .orderBy(desc(nudges.sentAt))
    .limit(limit);
}
