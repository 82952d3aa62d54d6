import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { SandboxClock } from '../../sandbox/clock/clock.ts';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import type { RateLimitProfile } from '../../sandbox/options.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';

const manifest = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));

/** A local Slack with as many channels that the bot is in, and a few people. */
export function startSlackOfChannels(options: {
  channels: number;
  people: number;
  rateLimits: RateLimitProfile;
  seed: number;
  clock?: SandboxClock;
}): Promise<Sandbox> {
  return startSandbox({
    manifest,
    ...(options.clock ? { clock: options.clock } : {}),
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
