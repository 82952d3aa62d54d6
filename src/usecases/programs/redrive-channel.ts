import type { Db } from '../../db/engine/client.ts';
import { redrive } from '../../db/messages/dead-letters.ts';
import { DAY_MS } from '../../domain/time/durations.ts';

const NEWS_DAYS = 7;

/** What was said before is no news to anybody. */
export function newsSince(now: Date): Date {
  return new Date(now.getTime() - NEWS_DAYS * DAY_MS);
}

/** Once the bot is in a channel, what could not be posted there lately goes out after all. Returns how many messages. */
export async function redriveChannel(db: Db, workspaceId: string, channel: string, now: Date): Promise<number> {
  return redrive(db, workspaceId, { channel, after: newsSince(now) });
}
