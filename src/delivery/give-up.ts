import type { Db } from '../db/engine/client.ts';
import { enqueuePosts } from '../db/messages/outbox.ts';
import { type ClaimedMessage, markDead } from '../db/messages/outbox-claims.ts';
import { findDefaultProgram, findProgram } from '../db/programs/programs.ts';
import type { Clock } from '../domain/time/clock.ts';
import { undeliveredNotice } from './undelivered-notice.ts';

const NOTICE = 'undelivered:';

/** Stops trying to send a message, and tells the program lead what to do: once a day for a place and a reason. */
export async function giveUp(
  delivery: { db: Db; owner: string; clock: Clock },
  message: ClaimedMessage,
  failed: { code: string; mayBeThere: boolean },
): Promise<'dead'> {
  const now = delivery.clock.now();
  await delivery.db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const isOurs = await markDead(tx, { id: message.id, owner: delivery.owner }, failed.code);
    // A notice that cannot be delivered is not worth another.
    if (!isOurs || message.dedupeKey.startsWith(NOTICE)) return;
    // An answer under somebody's message is a courtesy: I may not be in that channel.
    if (message.threadTs) return;
    const program = message.programId
      ? await findProgram(tx, message.workspaceId, message.programId)
      : await findDefaultProgram(tx, message.workspaceId);
    if (!program) return;
    const onceADay = `${NOTICE}${program.id}:${message.channel}:${failed.code}:${now.toISOString().slice(0, 10)}`;
    const notice = {
      workspaceId: message.workspaceId,
      programId: program.id,
      dedupeKey: onceADay,
      body: undeliveredNotice({ channel: message.channel, ...failed }),
      runAt: now,
    };
    await enqueuePosts(
      tx,
      notice,
      program.leadIds.filter((id) => id !== message.channel),
    );
  });
  return 'dead';
}
