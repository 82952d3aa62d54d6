import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db } from '../../../src/db/engine/client.ts';
import { enqueuePost, enqueueUpdate } from '../../../src/db/messages/outbox.ts';
import { type Claim, claimDue, markSent } from '../../../src/db/messages/outbox-claims.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { workspaces } from '../../../src/db/schema/workspaces.ts';

export const now = new Date('2026-03-02T09:00:00Z');
export const says = (text: string) => ({ text, blocks: [] });

export type OutboxWorld = Awaited<ReturnType<typeof openOutboxWorld>>;

/** An empty outbox, a workspace that writes into it, and an owner who claims from it. */
export async function openOutboxWorld(db: Db) {
  await db.delete(outbox);
  const workspaceId = `T${randomUUID()}`;
  await db.insert(workspaces).values({ id: workspaceId, name: 'Harbour', botUserId: 'UBOT', createdAt: now });
  const post = (dedupeKey: string, over: Partial<Parameters<typeof enqueuePost>[1]> = {}) =>
    enqueuePost(db, { workspaceId, dedupeKey, channel: 'C1', body: says(dedupeKey), runAt: now, ...over });
  const edit = (targetKey: string, text: string, over: Partial<Parameters<typeof enqueueUpdate>[1]> = {}) =>
    enqueueUpdate(db, { workspaceId, targetKey, channel: 'C1', body: says(text), runAt: now, ...over });
  const claim = (over: Partial<Claim> = {}) =>
    claimDue(db, { now, owner: 'one', leaseMs: 60_000, limit: 100, ...over });
  const claimKeys = async (over: Partial<Claim> = {}) => (await claim(over)).map(({ dedupeKey }) => dedupeKey);
  const claimTexts = async (over: Partial<Claim> = {}) => (await claim(over)).map(({ body }) => body.text);
  const sendAll = async (over: Partial<Claim> = {}) => {
    const texts: string[] = [];
    for (let claimed = await claim(over); claimed.length > 0; claimed = await claim(over))
      for (const { id, body } of claimed) {
        texts.push(body.text);
        await markSent(db, id, { channel: 'C1', ts: `${id}.0001` }, now);
      }
    return texts;
  };
  const letTimePass = () => db.update(outbox).set({ leaseUntil: sql`clock_timestamp() - interval '1 second'` });
  return { workspaceId, post, edit, claim, claimKeys, claimTexts, sendAll, letTimePass };
}
