import type { HomeView } from '@slack/types';
import { refusedHome } from '../blocks/programs/home-view.ts';
import { isPersonId } from '../domain/people/person-id.ts';
import { wordsFor } from './answer.ts';
import { type Asked, admit, type Door, namesNothing } from './door.ts';
import { receivedFrom } from './received.ts';

/** App Home, of a program that the person may see, or the words that say why there is none. */
export function onHome(door: Door, home: (asked: Asked) => Promise<HomeView>): void {
  door.app.event('app_home_opened', async ({ event, body, client }) => {
    if (event.tab !== 'home' || !isPersonId(event.user)) return;
    const received = receivedFrom(client, body, event.user);
    const view = await admit(door, received, { right: 'read', names: namesNothing })
      .then(home)
      .catch((error: unknown) => refusedHome(wordsFor(door, error)));
    await client.views
      .publish({ user_id: event.user, view })
      .catch((error: unknown) => door.log.warn({ error }, 'App Home could not be shown'));
  });
}
