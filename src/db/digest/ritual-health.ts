import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { MissedRitual, RitualHealth } from '../../domain/digest/digest.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defectEvents, defects } from '../schema/defects.ts';
import { outbox } from '../schema/messages.ts';
import { nudges, occurrences, schedules, triageItems, triages } from '../schema/rituals.ts';

type Window = { after: Date; upTo: Date };

/** How triage and reminders of the window went, as each thread said when it closed. A merge that was undone since decided nothing. */
export async function countRitualHealth(
  db: Db,
  programId: number,
  { after, upTo }: Window,
): Promise<Omit<RitualHealth, 'missed'>> {
  const within = and(eq(triages.programId, programId), gt(triages.openedAt, after), lte(triages.openedAt, upTo));
  // What is overdue shares one item; it is decided once somebody answered it, or nothing of it was overdue any more.
  const isShared = sql`cardinality(${triages.overdueIds}) > 0`;
  const held = db
    .select({
      threads: sql<number>`count(*)::int`,
      late: sql<number>`(count(*) filter (where ${triages.late}))::int`,
      items: sql<number>`(count(*) filter (where ${isShared}))::int`,
      decided: sql<number>`(count(*) filter (where ${isShared} and ${triages.overdueAt} is not null))::int`,
      carriedOver: sql<number>`(count(*) filter (
        where ${isShared} and ${triages.closedAt} is not null and ${triages.overdueAt} is null))::int`,
    })
    .from(triages)
    .where(within);
  const stateThen = sql`(select event.to_state from ${defectEvents} event
    where event.defect_id = ${triageItems.defectId} and event.to_state is not null
      and event.at <= coalesce(${triages.closedAt}, ${instant(upTo)})
    order by event.id desc limit 1)`;
  const isDecided = sql`case when ${triageItems.decision} is null or ${triageItems.decidedAt} > ${triages.closedAt}
    then coalesce(${stateThen} not in ('new', 'accepted', 'claimed'), false)
    else not (${triageItems.decision} = 'merge' and ${defects.state} <> 'merged') end`;
  const items = db
    .select({
      items: sql<number>`count(*)::int`,
      decided: sql<number>`(count(*) filter (where ${isDecided}))::int`,
      carriedOver: sql<number>`(count(*) filter (where ${triages.closedAt} is not null and not (${isDecided})))::int`,
    })
    .from(triageItems)
    .innerJoin(triages, eq(triages.id, triageItems.triageId))
    .innerJoin(defects, eq(defects.id, triageItems.defectId))
    .where(within);
  const reminders = db
    .select({ sent: sql<number>`count(*)::int`, acted: sql<number>`count(${nudges.actedAt})::int` })
    .from(nudges)
    .where(
      and(
        eq(nudges.programId, programId),
        gt(nudges.sentAt, after),
        lte(nudges.sentAt, upTo),
        sql`cardinality(${nudges.defectIds}) > 0`,
      ),
    );
  const [[threads], [single], [sent]] = await Promise.all([held, items, reminders]);
  return {
    triage: {
      held: (threads?.threads ?? 0) > 0,
      late: threads !== undefined && threads.threads > 0 && threads.late === threads.threads,
      items: (single?.items ?? 0) + (threads?.items ?? 0),
      decided: (single?.decided ?? 0) + (threads?.decided ?? 0),
      carriedOver: (single?.carriedOver ?? 0) + (threads?.carriedOver ?? 0),
    },
    reminders: { sent: sent?.sent ?? 0, acted: sent?.acted ?? 0 },
  };
}

/** When the last digest before an instant was posted for; null where there was none yet. */
export async function findLastDigestDue(db: Db, programId: number, before: Date): Promise<Date | null> {
  const [row] = await rows<{ dueAt: string | Date | null }>(
    db,
    sql`select max(run.due_at) as "dueAt" from ${occurrences} run join ${schedules} schedule on schedule.id = run.schedule_id
        where schedule.program_id = ${programId} and schedule.ritual = 'digest' and run.outcome <> 'missed'
          and run.due_at < ${instant(before)}`,
  );
  return row?.dueAt ? new Date(row.dueAt) : null;
}

/** What was due in the window and nobody saw, the oldest first: never run, or given up by the outbox. */
export async function listMissedRituals(db: Db, programId: number, { after, upTo }: Window): Promise<MissedRitual[]> {
  const skipped = rows<{ ritual: MissedRitual['ritual']; dueAt: string | Date }>(
    db,
    sql`select schedule.ritual, run.due_at as "dueAt"
        from ${occurrences} run join ${schedules} schedule on schedule.id = run.schedule_id
        where schedule.program_id = ${programId} and run.outcome = 'missed'
          and schedule.ritual in ('triage', 'digest', 'tranche_review')
          and run.due_at > ${instant(after)} and run.due_at < ${instant(upTo)}`,
  );
  const dead = rows<{ dedupeKey: string }>(
    db,
    sql`select dedupe_key as "dedupeKey" from ${outbox}
        where program_id = ${programId} and kind = 'post' and state = 'dead'
          and created_at > ${instant(after)} and created_at <= ${instant(upTo)}`,
  );
  const [notRun, notSent] = await Promise.all([skipped, dead]);
  return [
    ...notRun.map(({ ritual, dueAt }) => ({ ritual, dueAt: new Date(dueAt), why: 'not running' as const })),
    ...notSent.flatMap(({ dedupeKey }) => undelivered(dedupeKey) ?? []),
  ].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** The first post of a ritual, by the key that it was enqueued with; its replies are not counted again. */
const RITUAL_POST = /^(triage|digest|tranche):\d+:(\d{4}-\d\d-\d\dT[\d:.]+Z)(:parent)?$/;

function undelivered(dedupeKey: string): MissedRitual | undefined {
  const [, name, dueAt] = RITUAL_POST.exec(dedupeKey) ?? [];
  if (!name || !dueAt) return undefined;
  const ritual = name === 'tranche' ? 'tranche_review' : (name as 'triage' | 'digest');
  return { ritual, dueAt: new Date(dueAt), why: 'not delivered' };
}
