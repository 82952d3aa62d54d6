import type { SandboxOptions, Seed } from '../../options.ts';
import type { Manifest } from '../../seed/manifest.ts';
import { against } from './against.ts';
import { manifest } from './running-app.ts';

/** An app that is told of everything that becomes of people and channels. */
export const watchful: Manifest = {
  ...manifest,
  settings: {
    event_subscriptions: {
      bot_events: [
        'app_home_opened',
        'app_mention',
        'channel_id_changed',
        'channel_left',
        'channel_shared',
        'channel_unshared',
        'group_left',
        'member_joined_channel',
        'member_left_channel',
        'message.channels',
        'message.groups',
        'reaction_added',
        'team_join',
        'user_change',
        'user_guest_status_changed',
      ],
    },
  },
};

/** Ana leads, ben works with her, gus and sol are guests, nia is of Northwind and in #partners. */
export const mixed: Seed = {
  team: { name: 'Harbour', domain: 'harbour' },
  users: [
    { name: 'ana', role: 'admin' },
    { name: 'ben' },
    { name: 'gus', role: 'guest' },
    { name: 'sol', role: 'single-channel guest' },
    { name: 'nia', from: 'Northwind' },
  ],
  channels: [
    { name: 'general' },
    { name: 'eng-stability', members: ['ana', 'ben', 'gus', 'sol'], botIsMember: true },
    { name: 'partners', members: ['ana', 'nia'], botIsMember: true, sharedWith: ['Northwind'] },
    { name: 'quiet', kind: 'private', members: ['ana', 'ben'] },
  ],
};

export const HARBOUR = 'THARBOUR0';
export const NORTHWIND = 'TNORTHWIND';
export const NIA = 'UNIANORTHWIND';

/** The mixed workspace with an app that answers everything with 200. */
export const mixedWorkspace = (options: Partial<SandboxOptions> = {}) =>
  against(() => ({}), { manifest: watchful, workspace: mixed, ...options });

type Mixed = Awaited<ReturnType<typeof mixedWorkspace>>;

/** The events of a type that the app got, once everything has settled. */
export async function eventsOf({ sandbox }: Mixed, type: string) {
  await sandbox.settled();
  return sandbox.audit.deliveries(type).map(({ payload }) => payload as { event: { [key: string]: unknown } });
}
