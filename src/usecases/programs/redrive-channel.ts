import type { Db } from '../../db/engine/client.ts';
import { redrive } from '../../db/messages/dead-letters.ts';

// What is older is no news to anybody.
const DAYS = 7;

/** Once the bot is in a channel, what could not be posted there lately goes out after all. Returns how many messages. */
export async function redriveChannel(db: Db, workspaceId: string, channel: string, now: Date): Promise<number> {
  return redrive(db, workspaceId, { channel, after: new Date(now.getTime() - DAYS * 86_400_000) });
}
