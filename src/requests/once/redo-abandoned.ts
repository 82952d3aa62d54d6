import { listLeft } from '../../db/workspaces/served.ts';
import type { Door } from '../door.ts';
import { claimAbandonedRequests, closeRequest } from './once.ts';

// Two hours of trouble. A request that takes its process down each time is not tried for ever.
const MOST_ATTEMPTS = 8;

/**
 * Does what was acked by a process that died before it was done. Where the app has been taken away since, nobody is there
 * to be answered: only what Slack tells of comings and goings is done.
 */
export async function redoAbandoned(door: Door): Promise<void> {
  const abandoned = await claimAbandonedRequests(door.db);
  const left = await listLeft(
    door.db,
    abandoned.map(({ workspaceId }) => workspaceId),
  );
  for (const { body, attempts, ...name } of abandoned) {
    if (left.includes(name.workspaceId) && !isEvent(body)) {
      door.log.info({ workspace: name.workspaceId }, 'a request of a workspace that has left is dropped');
      await closeRequest(door.db, name);
      continue;
    }
    if (attempts > MOST_ATTEMPTS) {
      door.log.error({ attempts }, 'a request that was acked cannot be done, or its answer not be told');
      door.onFailure();
      await closeRequest(door.db, name);
      continue;
    }
    door.log.warn({ attempts }, 'a request that was acked is done late');
    await door.app.processEvent({ body: JSON.parse(body), ack: async () => {}, customProperties: { isRedone: true } });
  }
}

function isEvent(body: string): boolean {
  return (JSON.parse(body) as { type?: unknown }).type === 'event_callback';
}
