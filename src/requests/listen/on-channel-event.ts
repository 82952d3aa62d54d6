import type { WebClient } from '@slack/web-api';
import type { Db } from '../../db/engine/client.ts';
import type { Door } from '../door.ts';
import { installationOf } from '../once/received.ts';
import { followRecorded } from '../once/recorded.ts';

/** Something was told of a channel. What it says is not to be trusted: what is true is asked. */
export type ChannelEvent = { client: WebClient; workspaceId: string; channelId: string };

const KINDS = ['rename', 'archive', 'unarchive', 'deleted', 'left'];
const TYPES = KINDS.flatMap((kind) => [`channel_${kind}`, `group_${kind}`]);

/** Calls `follow` for whatever becomes of a channel, and `moved` where it has another id from now on. */
export function onChannelEvent(
  door: Door,
  listener: {
    follow: (event: ChannelEvent) => Promise<unknown>;
    /** One transaction. */
    moved: (db: Db, channel: Pick<ChannelEvent, 'workspaceId' | 'channelId'>, to: string) => Promise<unknown>;
  },
): void {
  const forget = (workspaceId: string, channelId: string) => {
    door.directory.forgetChannel(workspaceId, channelId);
    return { workspaceId, channelId };
  };
  for (const type of [...TYPES, 'member_joined_channel', 'member_left_channel']) {
    door.app.event(type, async ({ event, body, client, context }) => {
      const { channel, user } = event as { channel?: unknown; user?: unknown };
      // Of who comes and goes only the bot itself is news; it joins again where a channel becomes private.
      if (type.startsWith('member') && user !== context.botUserId) return;
      const channelId = typeof channel === 'string' ? channel : (channel as { id?: unknown } | undefined)?.id;
      if (typeof channelId !== 'string') return;
      await listener.follow({ client, ...forget(installationOf(body), channelId) });
      door.wake();
    });
  }
  door.app.event('channel_id_changed', async ({ event, body, context }) => {
    const { old_channel_id: from, new_channel_id: to } = event as {
      old_channel_id?: unknown;
      new_channel_id?: unknown;
    };
    await followRecorded(door, { body, context }, async (db) => {
      if (typeof from !== 'string' || typeof to !== 'string') return;
      await listener.moved(db, forget(installationOf(body), from), to);
    });
  });
}
