import { onChannelEvent } from '../../requests/listen/on-channel-event.ts';
import { followChannel, followChannelId } from '../../usecases/programs/follow-channel.ts';
import type { Deps } from '../deps.ts';

/** Whatever becomes of a program's channel: renamed, archived, brought back, deleted, converted, left. */
export function registerChannelEvents(deps: Deps): void {
  const { db, directory, clock } = deps;
  onChannelEvent(deps, {
    follow: ({ client, ...of }) =>
      followChannel(db, of, (id) => directory.seeChannel({ client, ...of }, id), clock.now()),
    moved: (tx, { workspaceId, channelId }, to) => followChannelId(tx, { workspaceId, from: channelId, to }),
  });
}
