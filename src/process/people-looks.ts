import type { Db } from '../db/engine/client.ts';
import { listRemindingWorkspaces } from '../db/programs/due-schedules.ts';
import { listServed } from '../db/workspaces/served.ts';
import { askSlack } from '../listeners/people/people.ts';
import type { Lookup } from '../requests/gate/directory.ts';
import { createLookupPauses, knowOwners, type LookupPauses } from '../usecases/people/know-person.ts';
import { releaseDeparted } from '../usecases/people/release-departed.ts';

/**
 * Learns what it must know of people before they are reminded, and lets go of whoever has left: of every workspace once,
 * then of those whose people are due or have changed, and of those of which it could not learn everybody.
 */
export function createPeopleLooks(
  db: Db,
  inWorkspaces: (workspaceIds: readonly string[], work: (of: Lookup) => Promise<unknown>) => Promise<void>,
): (now: Date) => Promise<void> {
  const pauses = new Map<string, LookupPauses>();
  const unfinished = new Set<string>();
  let isFirst = true;

  return async (now) => {
    const due = isFirst ? await listServed(db) : await listRemindingWorkspaces(db, now);
    isFirst = false;
    const waiting = [...pauses].flatMap(([workspaceId, of]) => (of.isOver(now) ? [workspaceId] : []));
    await inWorkspaces([...new Set([...due, ...waiting, ...unfinished])], ({ client, workspaceId }) => {
      const ask = (userId: string) => askSlack(client, userId);
      return learn(workspaceId, ask, now);
    });
  };

  async function learn(workspaceId: string, ask: Parameters<typeof knowOwners>[3], now: Date): Promise<void> {
    const known = pauses.get(workspaceId) ?? createLookupPauses();
    pauses.set(workspaceId, known);
    unfinished.add(workspaceId);
    const isWhole = await knowOwners(db, workspaceId, now, ask, known);
    await releaseDeparted(db, workspaceId, now);
    if (isWhole) unfinished.delete(workspaceId);
    if (known.resting(now).length === 0) pauses.delete(workspaceId);
  }
}
