import type { Db } from '../../src/db/engine/client.ts';
import { outboxStats } from '../../src/db/messages/dead-letters.ts';
import { enqueueUpdate } from '../../src/db/messages/outbox.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { deliver } from './deliver-once.ts';
import { aBody, openSlackWorld } from './slack-world.ts';

export type DeliveryWorld = Awaited<ReturnType<typeof openDeliveryWorld>>;

/** A Slack world over an empty outbox, with a deliverer at hand that works until nothing is left to claim. */
export async function openDeliveryWorld(db: Db) {
  await db.delete(outbox);
  const world = await openSlackWorld(db);
  const deliverer = world.delivery();
  return {
    ...world,
    deliverer,
    edit: (targetKey: string, text: string) =>
      enqueueUpdate(db, {
        workspaceId: world.workspaceId,
        targetKey,
        channel: world.channel,
        body: aBody(text),
        runAt: deliverer.clock.now(),
      }),
    deliverAll: async (by = deliverer) => {
      let count = 0;
      for (let claimed = await deliver(by); claimed > 0; claimed = await deliver(by)) count += claimed;
      return count;
    },
    calls: (method: string) => world.sandbox.audit.calls(method).length,
    stats: () => outboxStats(db, deliverer.clock.now()),
  };
}
