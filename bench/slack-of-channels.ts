import type { Manifest } from '../sandbox/manifest.ts';
import { type RateLimitProfile, type Sandbox, startSandbox } from '../sandbox/sandbox.ts';

const manifest: Manifest = {
  display_information: { name: 'Burndown' },
  features: { bot_user: { display_name: 'burndown' }, app_home: { messages_tab_enabled: true } },
  oauth_config: {
    scopes: { bot: ['chat:write', 'channels:history', 'channels:read', 'im:history', 'im:read', 'im:write'] },
  },
};

/** A local Slack with as many channels that the bot is in, and a few people. */
export function startSlackOfChannels(options: {
  channels: number;
  people: number;
  rateLimits: RateLimitProfile;
  seed: number;
}): Promise<Sandbox> {
  return startSandbox({
    manifest,
    delivery: { kind: 'socket' },
    rateLimits: options.rateLimits,
    randomSeed: options.seed,
    workspace: {
      team: { name: 'Harbour', domain: 'harbour' },
      users: Array.from({ length: options.people }, (_, i) => ({
        name: `person${i}`,
        realName: `Person ${i}`,
        timeZone: 'UTC',
      })),
      channels: Array.from({ length: options.channels }, (_, i) => ({ name: `channel-${i}`, botIsMember: true })),
    },
  });
}

export function channelIds(sandbox: Sandbox, count: number): string[] {
  return Array.from({ length: count }, (_, i) => sandbox.channel(`channel-${i}`)?.id ?? '');
}
