import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { refusedHome } from '../../blocks/programs/home-view.ts';
import { deleteOpenHome, listStaleHomes, markHomeShown, upsertOpenHome } from '../../db/programs/open-homes.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { isPersonId } from '../../domain/people/person-id.ts';
import { HOUR_MS } from '../../domain/time/durations.ts';
import { type Asked, admit, type Door, namesNothing } from '../door.ts';
import { type Received, receivedFrom } from '../once/received.ts';
import { wordsFor } from './answer.ts';

export type HomeOf = (asked: Asked) => Promise<HomeView>;

/** App Home, of a program that the person may see, or the words that say why there is none. */
export function onHome(door: Door, home: HomeOf): void {
  door.app.event('app_home_opened', async ({ event, body, client }) => {
    if (event.tab !== 'home' || !isPersonId(event.user)) return;
    const received = receivedFrom(client, body, event.user);
    const view = await admit(door, received, { right: 'read', names: namesNothing })
      .then(async (asked) => {
        const { workspaceId, userId, program, now } = asked;
        await upsertOpenHome(door.db, { workspaceId, userId, programId: program.id, openedAt: now });
        return home(asked);
      })
      .catch((error: unknown) => refusedHome(wordsFor(door, error)));
    await client.views
      .publish({ user_id: event.user, view })
      .catch((error: unknown) => door.log.warn({ error }, 'App Home could not be shown'));
  });
}

// Slack does not say when a Home is closed.
const OPEN_MS = HOUR_MS;
const MOST_AT_ONCE = 50;

/** Shows what has happened in every App Home that somebody has open, or whom it concerns. False where some are left. */
export async function refreshHomes(
  door: Door,
  clientOf: (workspaceId: string) => Promise<WebClient | undefined>,
  home: HomeOf,
  afterEventId: number,
): Promise<boolean> {
  const openSince = new Date(door.clock.now().getTime() - OPEN_MS);
  const found = await listStaleHomes(door.db, { openSince, afterEventId, limit: MOST_AT_ONCE });
  for (const stale of found) {
    const { workspaceId, userId, programId } = stale;
    const client = await clientOf(workspaceId);
    if (!client) continue;
    const received: Received = {
      ...{ client, workspaceId, userId, channelId: undefined, triggerId: '', value: '', view: undefined },
    };
    try {
      const asked = await admit(door, received, { right: 'read', names: () => ({ programId }) });
      await markHomeShown(door.db, stale);
      await client.views.publish({ user_id: userId, view: await home(asked) });
    } catch (error) {
      // Whoever may no longer see the program has nothing to be shown of it.
      if (error instanceof Refusal) await deleteOpenHome(door.db, stale);
      else door.log.warn({ error }, 'App Home could not be brought up to date');
    }
  }
  return found.length < MOST_AT_ONCE;
}
