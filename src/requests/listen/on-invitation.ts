import type { WebClient } from '@slack/web-api';
import type { Db } from '../../db/engine/client.ts';
import type { Door } from '../door.ts';
import { installationOf } from '../once/received.ts';
import { finishRecorded, saysNothing } from '../once/recorded.ts';

export type Invitation = { client: WebClient; workspaceId: string; channelId: string; inviterId: string | null };

/**
 * The bot was invited to a channel. It was recorded where it came in; nobody asks here but Slack, so there is no gate.
 *
 * @param listener `prepare` asks what is to be known, `work` is one transaction
 */
export function onInvitation<W>(
  door: Door,
  listener: {
    prepare: (invitation: Invitation) => Promise<W>;
    work: (db: Db, wanted: W, now: Date) => Promise<unknown>;
  },
): void {
  door.app.event('member_joined_channel', async ({ event, body, context, client }) => {
    if (event.user !== context.botUserId) return;
    const inviterId = 'inviter' in event && typeof event.inviter === 'string' ? event.inviter : null;
    const invitation = { client, workspaceId: installationOf(body), channelId: event.channel, inviterId };
    await finishRecorded<null>(
      door,
      { body, context },
      saysNothing,
      async (once) => {
        const wanted = await listener.prepare(invitation);
        return once(async (db) => {
          await listener.work(db, wanted, door.clock.now());
          return null;
        });
      },
      saysNothing,
    );
  });
}
