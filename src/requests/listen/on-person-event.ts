import type { WebClient } from '@slack/web-api';
import type { Door } from '../door.ts';
import { installationOf } from '../once/received.ts';

export type PersonEvent = { client: WebClient; workspaceId: string; userId: string };

/** Calls `follow` where an account has changed. What the event says is not to be trusted: what is true is asked. */
export function onPersonEvent(door: Door, follow: (event: PersonEvent) => Promise<unknown>): void {
  for (const type of ['user_change', 'user_guest_status_changed']) {
    door.app.event(type, async ({ event, body, client }) => {
      const { user } = event as { user?: unknown };
      const userId = typeof user === 'string' ? user : (user as { id?: unknown } | undefined)?.id;
      if (typeof userId !== 'string') return;
      await follow({ client, workspaceId: installationOf(body), userId });
      door.wake();
    });
  }
}
