import { type AreasChanged, areasMessage, areasSentence } from '../../../blocks/programs/areas-changed.ts';
import { enqueuePost } from '../../../db/messages/outbox.ts';
import type { Db, Doing, Program } from '../../doing.ts';

export type { AreasChanged } from '../../../blocks/programs/areas-changed.ts';

/** Tells the channel of an area that came, went or has a new name. Answers the same for whoever did it, in mrkdwn. */
export async function tellAreas(
  tx: Db,
  { workspaceId, id: programId, channelId: channel }: Program,
  { told, auditId }: { told: AreasChanged; auditId: number },
  { by, now }: Doing,
): Promise<string[]> {
  const body = areasMessage(told, by);
  if (body)
    await enqueuePost(tx, { workspaceId, programId, dedupeKey: `settings:${auditId}`, channel, body, runAt: now });
  return [areasSentence(told).source];
}
