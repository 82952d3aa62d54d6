import type { Door } from '../door.ts';
import { claimAbandonedRequests, closeRequest } from './once.ts';

// Two hours of trouble. A request that takes its process down each time is not tried for ever.
const MOST_ATTEMPTS = 8;

/** Does what was acked by a process that died before it was done. */
export async function redoAbandoned(door: Door): Promise<void> {
  for (const { body, attempts, ...name } of await claimAbandonedRequests(door.db)) {
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
