import { and, asc, count, eq, gt, isNotNull, lte, sql } from 'drizzle-orm';
import type { Transition } from '../../domain/defects/lifecycle.ts';
import { type Standing, standingOf, type TransitionCount } from '../../domain/digest/burndown.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type Actor, type DefectState, defectKey } from '../../domain/vocabulary.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { callPulls } from '../fixes/pulls-to-tell.ts';
import { mustBe } from '../programs/programs.ts';
import { type ChangeKind, defectEvents, defects } from '../schema/defects.ts';
import { callTickets } from '../trackers/tickets.ts';
import type { Defect } from './defects.ts';

export type DefectEvent = typeof defectEvents.$inferSelect;

/** Who did it, when, and one English sentence of why. */
export type Because = { actor: Actor; at: Date; why: string; data?: Record<string, unknown> };

/**
 * Writes one transition to the log and to the defect's projection. The state that the decision was made on must still
 * be there: where somebody else was faster, a Refusal says so and nothing is written.
 */
export async function applyTransition(
  tx: Db,
  defect: Defect,
  transition: Transition,
  because: Because,
  patch: Partial<typeof defects.$inferInsert> = {},
): Promise<Defect> {
  const [row] = await tx
    .update(defects)
    .set({ ...patch, state: transition.to })
    .where(and(eq(defects.id, defect.id), eq(defects.state, defect.state)))
    .returning();
  if (!row) throw new Refusal(`Somebody else has just changed ${defectKey(defect.number)}. Look again.`);
  await tx.insert(defectEvents).values(eventRow(defect, transition, because));
  await callTickets(tx, defect.id, transition.kind, because.at);
  await callPulls(tx, defect.id, transition.kind, because.at);
  return row;
}

/** A transition as the log keeps it. */
export function eventRow(
  defect: { id: number; programId: number },
  transition: Transition,
  because: Because,
): typeof defectEvents.$inferInsert {
  return {
    programId: defect.programId,
    defectId: defect.id,
    at: because.at,
    actorId: actorId(because.actor),
    kind: transition.kind,
    fromState: transition.from,
    toState: transition.to,
    why: because.why,
    data: because.data ?? null,
  };
}

/** The first event of a defect that has just been inserted. */
export async function logBirth(tx: Db, defect: Defect, kind: 'reported' | 'split', because: Because): Promise<void> {
  await logBirths(tx, [{ defect, because }], kind);
}

export async function logBirths(
  tx: Db,
  births: readonly { defect: Defect; because: Because }[],
  kind: 'reported' | 'split',
): Promise<void> {
  await tx
    .insert(defectEvents)
    .values(births.map(({ defect, because }) => eventRow(defect, { kind, from: null, to: defect.state }, because)));
}

/** Logs a change that is no transition: a new owner, another severity, an answer. */
export async function logChange(
  tx: Db,
  defect: { id: number; programId: number },
  kind: ChangeKind,
  because: Because,
): Promise<void> {
  await tx.insert(defectEvents).values({
    programId: defect.programId,
    defectId: defect.id,
    at: because.at,
    actorId: actorId(because.actor),
    kind,
    why: because.why,
    data: because.data ?? null,
  });
  await callTickets(tx, defect.id, kind, because.at);
  await callPulls(tx, defect.id, kind, because.at);
}

export async function listEvents(db: Db, defectId: number): Promise<DefectEvent[]> {
  return db.select().from(defectEvents).where(eq(defectEvents.defectId, defectId)).orderBy(asc(defectEvents.id));
}

/** When a defect last changed its state, and whether a person ever changed it. */
/** Whether a person has ever changed this of a defect. */
export async function hasPersonChanged(db: Db, defectId: number, kind: ChangeKind): Promise<boolean> {
  const [row] = await db
    .select({ id: defectEvents.id })
    .from(defectEvents)
    .where(and(eq(defectEvents.defectId, defectId), eq(defectEvents.kind, kind), isNotNull(defectEvents.actorId)))
    .limit(1);
  return row !== undefined;
}

export type LastTransition = { at: Date; byPerson: boolean };

export async function findLastTransition(db: Db, defectId: number): Promise<LastTransition | null> {
  const found = await db
    .select({ at: defectEvents.at, actorId: defectEvents.actorId })
    .from(defectEvents)
    .where(and(eq(defectEvents.defectId, defectId), isNotNull(defectEvents.toState)))
    .orderBy(asc(defectEvents.id));
  const at = found.at(-1)?.at;
  return at ? { at, byPerson: found.some(({ actorId }) => actorId !== null) } : null;
}

/**
 * A condition on transitions: not a merge that was undone, nor its undoing, where the defect then stood as it had stood
 * before. Nothing but its undoing ends a merge, so the two belong together.
 */
export const notUndoneMerge = sql`not (
  (${defectEvents.kind} = 'merged' and (
    select undone.to_state from ${defectEvents} undone
    where undone.defect_id = ${defectEvents.defectId} and undone.kind = 'unmerged' and undone.id > ${defectEvents.id}
    order by undone.id limit 1) is not distinct from ${defectEvents.fromState})
  or (${defectEvents.kind} = 'unmerged' and (
    select merge.from_state from ${defectEvents} merge
    where merge.defect_id = ${defectEvents.defectId} and merge.kind = 'merged' and merge.id < ${defectEvents.id}
    order by merge.id desc limit 1) is not distinct from ${defectEvents.toState}))`;

/**
 * A condition on a claim by the name `claim`: it is of a fix of its own, not of the rest that an earlier one left, and
 * nobody has taken it back before anything was judged.
 */
export const claimStood = sql`claim.data->>'resumedAt' is null and (
  select after.kind from ${defectEvents} after
  where after.defect_id = claim.defect_id and after.id > claim.id and after.to_state is not null
  order by after.id limit 1) is distinct from 'taken_back'`;

/** How many transitions of each kind fell into the window (after, upTo], by the states they led from and to. */
export async function countTransitions(
  db: Db,
  programId: number,
  window: { after: Date; upTo: Date },
): Promise<TransitionCount[]> {
  const found = await db
    .select({
      kind: defectEvents.kind,
      from: defectEvents.fromState,
      to: defectEvents.toState,
      count: count(),
    })
    .from(defectEvents)
    .where(
      and(
        eq(defectEvents.programId, programId),
        isNotNull(defectEvents.toState),
        gt(defectEvents.at, window.after),
        lte(defectEvents.at, window.upTo),
        notUndoneMerge,
      ),
    )
    .groupBy(defectEvents.kind, defectEvents.fromState, defectEvents.toState);
  return found.map((row) => ({
    kind: row.kind as Transition['kind'],
    from: row.from,
    to: mustBe(row.to ?? undefined),
    count: Number(row.count),
  }));
}

/** How the program stood at an instant: the last transition of each defect until then. */
export async function findStandingAt(db: Db, programId: number, at: Date): Promise<Standing> {
  const found = await rows<{ state: DefectState; count: number }>(
    db,
    sql`select state, count(*)::int as count from (
          select distinct on (defect_id) to_state as state from ${defectEvents}
          where program_id = ${programId} and to_state is not null and at <= ${instant(at)}
            and ${notUndoneMerge}
          order by defect_id, at desc, id desc
        ) latest group by state`,
  );
  return found
    .map(({ state, count }) => ({ each: standingOf([state]), count: Number(count) }))
    .reduce(
      (sum, { each, count }) => ({ toDo: sum.toDo + each.toDo * count, claimed: sum.claimed + each.claimed * count }),
      {
        toDo: 0,
        claimed: 0,
      },
    );
}

function actorId(actor: Actor): string | null {
  return actor.kind === 'person' ? actor.userId : null;
}
