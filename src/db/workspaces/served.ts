import { and, asc, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { workspaces } from '../schema/workspaces.ts';

/** The workspaces from which the app has not been taken away. */
export async function listServed(db: Db): Promise<string[]> {
  const found = await db
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(isNull(workspaces.leftAt))
    .orderBy(asc(workspaces.id));
  return found.map(({ id }) => id);
}

/** Those of these workspaces from which the app has been taken away. */
export async function listLeft(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await db
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(and(inArray(workspaces.id, [...new Set(ids)]), isNotNull(workspaces.leftAt)));
  return found.map(({ id }) => id);
}

/**
 * A workspace has the app, of its own or from its organisation, and is served from then on. Where it left after that, it
 * stays away: events come in any order.
 */
export async function serveWorkspace(
  db: Db,
  workspace: { id: string; name?: string | undefined; botUserId: string; organisationId: string | null },
  at: Date,
): Promise<void> {
  const { id, name, botUserId, organisationId } = workspace;
  await db
    .insert(workspaces)
    .values({ id, name: name ?? id, botUserId, organisationId, createdAt: at, servedAt: at })
    .onConflictDoUpdate({
      target: workspaces.id,
      set: { botUserId, organisationId, servedAt: at, leftAt: null, ...(name ? { name } : {}) },
      setWhere: or(isNull(workspaces.leftAt), lte(workspaces.leftAt, at)),
    });
}

/** As `serveWorkspace` for one that nobody has heard of; one that is known stays as it is. */
export async function meetWorkspace(
  db: Db,
  workspace: { id: string; botUserId: string; organisationId: string },
  now: Date,
): Promise<void> {
  await db
    .insert(workspaces)
    .values({ ...workspace, name: workspace.id, createdAt: now })
    .onConflictDoNothing();
}

/** The app was taken away, at an instant that is older than what is known of a workspace only where it came back since. */
export async function leaveWorkspaces(
  db: Db,
  which: { ids: readonly string[]; organisationId?: string | undefined } | { organisationId: string },
  at: Date,
): Promise<string[]> {
  const ofOrganisation = which.organisationId ? eq(workspaces.organisationId, which.organisationId) : undefined;
  const named = 'ids' in which ? inArray(workspaces.id, [...which.ids]) : undefined;
  const left = await db
    .update(workspaces)
    .set({ leftAt: at })
    .where(
      and(
        ofOrganisation,
        named,
        isNull(workspaces.leftAt),
        or(isNull(workspaces.servedAt), lte(workspaces.servedAt, at)),
      ),
    )
    .returning({ id: workspaces.id });
  return left.map(({ id }) => id);
}
