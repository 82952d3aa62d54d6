import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { ComebackKind } from '../../domain/vocabulary.ts';
import { comebackKinds } from '../defects/comeback-kinds.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { criteria, defectEvents, defects } from '../schema/defects.ts';
import { snoozes } from '../schema/rituals.ts';

const OWNED = ['accepted', 'claimed'] as const;

export type Remindee = {
  id: number;
  number: number;
  title: string;
  state: typeof defects.$inferSelect.state;
  ownerId: string | null;
  dueOn: string | null;
  rankLevel: number;
  windowEndsAt: Date | null;
  windowDays: number | null;
  askedAt: Date | null;
  askedUserId: string | null;
};

const COLUMNS = {
  id: defects.id,
  number: defects.number,
  title: defects.title,
  state: defects.state,
  ownerId: defects.ownerId,
  dueOn: defects.dueOn,
  rankLevel: defects.rankLevel,
  windowEndsAt: defects.windowEndsAt,
  windowDays: defects.windowDays,
  askedAt: defects.askedAt,
  askedUserId: defects.askedUserId,
};

/** What one person owns on the burn-down list, and what they were asked about. */
export async function listOwnedOrAsked(db: Db, programId: number, userId: string): Promise<Remindee[]> {
  return db
    .select(COLUMNS)
    .from(defects)
    .where(
      and(
        eq(defects.programId, programId),
        eq(defects.isSample, false),
        or(
          and(eq(defects.ownerId, userId), inArray(defects.state, [...OWNED])),
          and(eq(defects.askedUserId, userId), isNotNull(defects.askedAt), inArray(defects.state, ['new', ...OWNED])),
        ),
      ),
    );
}

/** What others own and were reminded of since an instant. */
export async function listRemindedSince(db: Db, programId: number, leadId: string, since: Date): Promise<Remindee[]> {
  return db
    .select(COLUMNS)
    .from(defects)
    .where(
      and(
        eq(defects.programId, programId),
        eq(defects.isSample, false),
        inArray(defects.state, [...OWNED]),
        isNotNull(defects.ownerId),
        sql`${defects.ownerId} <> ${leadId}`,
        sql`${defects.id} in (
          select unnest(nudge.defect_ids) from nudges nudge
          where nudge.program_id = ${programId} and nudge.sent_at > ${instant(since)})`,
      ),
    );
}

/** When each person last did something about each defect: an event of theirs, or a snooze. */
export async function listLastActs(
  db: Db,
  defectIds: readonly number[],
): Promise<{ defectId: number; userId: string; at: Date }[]> {
  if (defectIds.length === 0) return [];
  const ids = sql`(${sql.join(
    defectIds.map((id) => sql`${id}`),
    sql`, `,
  )})`;
  const found = await rows<{ defectId: string; userId: string; at: Date | string }>(
    db,
    sql`select defect_id as "defectId", actor_id as "userId", max(at) as at from (
          select defect_id, actor_id, at from ${defectEvents} where defect_id in ${ids} and actor_id is not null
          union all
          select defect_id, user_id, at from ${snoozes} where defect_id in ${ids}
        ) act group by 1, 2`,
  );
  return found.map(({ defectId, userId, at }) => ({ defectId: Number(defectId), userId, at: new Date(at) }));
}

export async function listSnoozes(db: Db, defectIds: readonly number[]) {
  if (defectIds.length === 0) return [];
  return db
    .select()
    .from(snoozes)
    .where(inArray(snoozes.defectId, [...defectIds]));
}

export async function upsertSnooze(tx: Db, snooze: typeof snoozes.$inferInsert): Promise<void> {
  const { defectId: _, userId: __, ...set } = snooze;
  await tx
    .insert(snoozes)
    .values(snooze)
    .onConflictDoUpdate({ target: [snoozes.defectId, snoozes.userId], set });
}

/** What the criteria that do not hold yet say, by defect. */
export async function listOpenEvidence(db: Db, defectIds: readonly number[]): Promise<Map<number, string[]>> {
  if (defectIds.length === 0) return new Map();
  const found = await db
    .select({ defectId: criteria.defectId, evidence: criteria.evidence, criterion: criteria.criterion })
    .from(criteria)
    .where(and(inArray(criteria.defectId, [...defectIds]), sql`${criteria.metAt} is null`))
    .orderBy(criteria.id);
  const open = found.filter(({ criterion }) => criterion.kind !== 'max_reports');
  return new Map(
    [...Map.groupBy(open, ({ defectId }) => defectId)].map(([id, list]) => [
      id,
      list.flatMap(({ evidence }) => evidence ?? []),
    ]),
  );
}

/** Why defects came back, while triage has not decided about them since. */
export async function listUndecidedComebacks(db: Db, defectIds: readonly number[]) {
  if (defectIds.length === 0) return [];
  const ids = sql.join(
    defectIds.map((id) => sql`${id}`),
    sql`, `,
  );
  const found = await rows<{ defectId: string; kind: ComebackKind; why: string }>(
    db,
    sql`select distinct on (event.defect_id) event.defect_id as "defectId", event.kind, event.why
        from ${defectEvents} event join ${defects} defect on defect.id = event.defect_id
        where event.defect_id in (${ids}) and event.kind in ${comebackKinds} and defect.state = 'accepted'
          and event.at > coalesce(defect.last_triaged_at, '-infinity'::timestamptz)
        order by event.defect_id, event.id desc`,
  );
  return found.map((row) => ({ ...row, defectId: Number(row.defectId) }));
}
