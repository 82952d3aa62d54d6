import type { Db } from '../db/client.ts';
import { holdDelivery, keepResult } from '../db/inbox.ts';

/** A form as it was sent: by Slack's own name of its window, with a digest of all that it held. */
export type Submission = { workspaceId: string; viewId: string; digest: string; now: Date };

/**
 * Does what a form asks for and keeps the answer in one commit, so that the same form sent again, even at the same time,
 * gets the same answer and has no second effect. What throws is not kept: the form may be mended and sent again. One that
 * holds something else than before is done anew, and takes the place of what was kept of it.
 *
 * @param work answers with JSON
 */
export async function submitOnce<A>(
  db: Db,
  { workspaceId, viewId, digest, now }: Submission,
  work: (tx: Db) => Promise<A>,
): Promise<{ said: A; isRepeat: boolean }> {
  return db.transaction(async (tx) => {
    const delivery = { workspaceId, source: 'form', deliveryKey: viewId };
    const kept = await holdDelivery(tx, delivery, now);
    if (kept?.digest === digest && typeof kept.said === 'string') {
      return { said: JSON.parse(kept.said) as A, isRepeat: true };
    }
    const said = await work(tx);
    // As text: people may write what no jsonb takes.
    await keepResult(tx, delivery, { digest, said: JSON.stringify(said) });
    return { said, isRepeat: false };
  });
}
