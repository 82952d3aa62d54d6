import type { App } from '@slack/bolt';
import { installationOf } from '../once/received.ts';
import type { Directory } from './directory.ts';

/** Forgets what events say has changed, so that who may do what is asked anew at the next request. */
export function followChanges(app: App, directory: Directory): void {
  const forgetPerson = (body: object, user: unknown) => {
    const id = typeof user === 'string' ? user : (user as { id?: unknown } | undefined)?.id;
    if (typeof id === 'string') directory.forgetPerson(installationOf(body), id);
  };
  for (const type of ['user_change', 'user_guest_status_changed', 'team_join']) {
    app.event(type, async ({ event, body }) => forgetPerson(body, (event as { user?: unknown }).user));
  }
  for (const type of ['member_joined_channel', 'member_left_channel']) {
    app.event(type, async ({ event, body }) => {
      const { channel, user } = event as { channel?: unknown; user?: unknown };
      forgetPerson(body, user);
      if (typeof channel === 'string') directory.forgetChannel(installationOf(body), channel);
    });
  }
}
