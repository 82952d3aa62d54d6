import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { sql } from 'drizzle-orm';
import { manualClock, type SandboxClock } from '../../sandbox/clock/clock.ts';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import type { Manifest } from '../../sandbox/seed/manifest.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { enqueuePost } from '../../src/db/messages/outbox.ts';
import { channelPaces, outbox } from '../../src/db/schema/messages.ts';
import { programs, workspaces } from '../../src/db/schema/workspaces.ts';
import type { Delivery } from '../../src/delivery/deliver-message.ts';
import { createPacer } from '../../src/delivery/pacer.ts';
import { createPostingClient } from '../../src/delivery/slack-client.ts';

const manifest: Manifest = {
  display_information: { name: 'Burndown' },
  features: { bot_user: { display_name: 'burndown' }, app_home: { messages_tab_enabled: true } },
  oauth_config: {
    scopes: {
      bot: [
        'chat:write',
        'channels:history',
        'groups:history',
        'im:history',
        'im:write',
        'channels:read',
        'im:read',
        'users:read',
        'files:write',
        'files:read',
      ],
    },
  },
};

const silent = { info: () => {}, warn: () => {}, error: () => {} };

export type SlackWorld = Awaited<ReturnType<typeof openSlackWorld>>;

/** A workspace in a local Slack and in the database, and a deliverer's parts between them. */
export async function openSlackWorld(db: Db, clock: SandboxClock = manualClock(new Date('2026-03-02T09:00:00Z'))) {
  const sandbox: Sandbox = await startSandbox({ manifest, delivery: { kind: 'socket' }, clock });
  const workspaceId = `T${randomUUID()}`;
  const now = () => new Date(clock.now());
  await db
    .insert(workspaces)
    .values({ id: workspaceId, name: 'Harbour', botUserId: sandbox.app.botUserId, createdAt: now() });
  const idOf = (channel: string) => sandbox.channel(channel)?.id ?? channel;
  const [program] = await db
    .insert(programs)
    .values({
      workspaceId,
      name: 'Stability',
      channelId: idOf('eng-stability'),
      timeZone: 'UTC',
      workingDays: [1, 2, 3, 4, 5],
      holidays: [],
      leadIds: [sandbox.user('ana')?.id ?? ''],
      facilitatorIds: [],
      halfLifeDays: 14,
      agendaLimit: 12,
      trancheWeeks: 12,
      isDefault: true,
      createdAt: now(),
    })
    .returning();
  const channel = idOf('eng-stability');
  const clientWithTimeout = (timeout: number) =>
    createPostingClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl, logger: quietLogger(), timeout });
  const unlimited = { perSecond: 1_000_000, burst: 1_000_000 };
  return {
    sandbox,
    workspaceId,
    channel,
    idOf,
    clientWithTimeout,
    delivery: (over: Partial<Delivery> = {}): Delivery => ({
      db,
      clientOf: async () => clientWithTimeout(5_000),
      clock: { now, onChange: (listener) => clock.onChange(listener) },
      elapsedMs: () => performance.now(),
      owner: `owner ${randomUUID()}`,
      random: () => 0,
      log: silent,
      posts: createPacer(unlimited),
      postPace: unlimited,
      edits: createPacer(unlimited),
      workspaces: createPacer(unlimited),
      mostOfOne: 100,
      leaseMs: 60_000,
      ambiguousWaitMs: 30_000,
      ...over,
    }),
    post: (dedupeKey: string, over: Partial<Parameters<typeof enqueuePost>[1]> = {}) =>
      enqueuePost(db, {
        workspaceId,
        programId: program?.id,
        dedupeKey,
        channel,
        body: aBody(dedupeKey),
        runAt: now(),
        ...over,
      }),
    /** The texts that a person sees in a channel, or in a thread of it, oldest first. */
    sees: (channelName: string, options: { thread?: string; as?: string } = {}) => {
      const person = sandbox.user(options.as ?? 'ana')?.id ?? '';
      const { messages } = sandbox.messages(person, idOf(channelName), {
        limit: 900,
        ...(options.thread ? { thread: options.thread } : {}),
      });
      return messages.map(({ text }) => text);
    },
    /** Lets every wait and lease in the outbox run out. */
    letTimePass: async () => {
      await db.delete(channelPaces);
      await db
        .update(outbox)
        .set({ leaseUntil: sql`clock_timestamp() - interval '1 second'` })
        .where(sql`lease_until is not null`);
    },
  };
}

export function aBody(text: string) {
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
}

function quietLogger() {
  const ignore = () => {};
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: ignore,
    setLevel: ignore,
    getLevel: () => 'error' as never,
    setName: ignore,
  };
}

/** A client whose process dies for its caller: posting never ends, although Slack may have got the message. */
export function deadlyClient(world: { sandbox: Sandbox }, reachesSlack: boolean): WebClient {
  const { sandbox } = world;
  return createPostingClient(sandbox.botToken, {
    slackApiUrl: sandbox.apiUrl,
    logger: quietLogger(),
    timeout: 0,
    fetch: async (url, init) => {
      if (reachesSlack) await fetch(url, init as RequestInit);
      return new Promise(() => {});
    },
  });
}

/** Looks again until it is so; the test's own timeout ends a wait in vain. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}
