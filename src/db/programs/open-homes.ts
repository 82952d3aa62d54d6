import { and, eq, sql } from 'drizzle-orm';
import { hasEventsAfter } from '../defects/recent-events.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defectEvents, defects } from '../schema/defects.ts';
import { openHomes } from '../schema/live-messages.ts';
import { workspaces } from '../schema/workspaces.ts';

export type OpenHome = { workspaceId: string; userId: string; programId: number };

/** Remembers that somebody has App Home open, with everything shown that has happened. */
export async function upsertOpenHome(db: Db, home: OpenHome & { openedAt: Date }): Promise<void> {
  const shownEventId = lastEventOf(home.programId);
  await db
    .insert(openHomes)
    .values({ ...home, shownEventId })
    .onConflictDoUpdate({
      target: [openHomes.workspaceId, openHomes.userId],
      set: { programId: home.programId, openedAt: home.openedAt, shownEventId },
    });
}

/**
 * Homes that do not show what has happened: those opened since an instant, and of the others those of people whom it
 * concerns, since they own the defect or are asked about it.
 */
export async function listStaleHomes(
  db: Db,
  { openSince, afterEventId, limit }: { openSince: Date; afterEventId: number; limit: number },
): Promise<OpenHome[]> {
  const found = await rows<OpenHome>(
    db,
    sql`select workspace_id as "workspaceId", user_id as "userId", program_id as "programId" from ${openHomes} home
        where not home.workspace_id = any(array(select id from ${workspaces} where left_at is not null))
          and ${hasEventsAfter(sql`home.program_id`, afterEventId)} and exists (
          select from ${defectEvents} event join ${defects} defect on defect.id = event.defect_id
          where event.program_id = home.program_id and event.id > home.shown_event_id
            and (home.opened_at > ${instant(openSince)}
              or home.user_id in (defect.owner_id, defect.asked_user_id, event.data->>'from')))
        order by home.opened_at desc limit ${limit}`,
  );
  return found.map((home) => ({ ...home, programId: Number(home.programId) }));
}

export async function markHomeShown(db: Db, { workspaceId, userId, programId }: OpenHome): Promise<void> {
  await db
    .update(openHomes)
    .set({ shownEventId: lastEventOf(programId) })
    .where(and(eq(openHomes.workspaceId, workspaceId), eq(openHomes.userId, userId)));
}

export async function deleteOpenHome(db: Db, { workspaceId, userId }: OpenHome): Promise<void> {
  await db.delete(openHomes).where(and(eq(openHomes.workspaceId, workspaceId), eq(openHomes.userId, userId)));
}

function lastEventOf(programId: number) {
  return sql<number>`coalesce((select max(id) from ${defectEvents} where program_id = ${programId}), 0)`;
}
