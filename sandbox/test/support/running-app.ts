import { createServer } from 'node:net';
import { App, type AppOptions, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { manualClock } from '../../clock/clock.ts';
import type { Sandbox } from '../../engine/sandbox.ts';
import type { SandboxOptions } from '../../options.ts';
import type { Manifest } from '../../seed/manifest.ts';
import { startSandbox } from '../../start-sandbox.ts';

export type TransportKind = 'http' | 'socket';

export const START = new Date('2026-11-23T09:00:00Z');

export const manifest: Manifest = {
  display_information: { name: 'Teapot' },
  features: {
    bot_user: { display_name: 'teapot' },
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    slash_commands: [{ command: '/tea', description: 'Order tea', should_escape: true }, { command: '/raw' }],
    shortcuts: [
      { name: 'Brew', type: 'global', callback_id: 'brew', description: 'Brew' },
      { name: 'Steep this', type: 'message', callback_id: 'steep', description: 'Steep' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'commands',
        'chat:write',
        'app_mentions:read',
        'channels:history',
        'channels:read',
        'groups:read',
        'groups:history',
        'im:history',
        'im:read',
        'im:write',
        'mpim:write',
        'users:read',
        'files:write',
        'files:read',
        'reactions:read',
        'reactions:write',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'app_home_opened',
        'app_mention',
        'message.channels',
        'message.groups',
        'message.im',
        'reaction_added',
        'member_joined_channel',
      ],
    },
    interactivity: { is_enabled: true },
  },
};

/** What a busy machine may take: only what is asked for times out, and rate limits see no time pass. */
export const unhurried = { ackDeadlineMs: 30_000, patienceMs: 30_000, realNow: () => 0 };

/** For tests that wait for an ack that never comes. */
export const hurried = { ackDeadlineMs: 500 };

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

/** The client waits as long as its ping timeout before it reconnects. */
function socketReceiver(sandbox: Sandbox, clientPingTimeout?: number): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: sandbox.appToken,
    clientPingTimeout,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: sandbox.apiUrl } },
  });
}

export type Running = { sandbox: Sandbox; app: App; stop(): Promise<void> };

/** A real Bolt app against a fresh sandbox, over the transport asked for. The clock stands at START. */
export async function runningApp(
  transport: TransportKind,
  configure: (app: App) => void,
  options: Partial<SandboxOptions> & { appOptions?: Partial<AppOptions>; clientPingTimeout?: number } = {},
): Promise<Running> {
  const { appOptions, clientPingTimeout, ...sandboxOptions } = options;
  const port = transport === 'http' ? await freePort() : 0;
  const sandbox = await startSandbox({
    manifest,
    clock: manualClock(START),
    ...unhurried,
    delivery:
      transport === 'http' ? { kind: 'http', url: `http://127.0.0.1:${port}/slack/events` } : { kind: 'socket' },
    ...sandboxOptions,
  });
  const app = new App({
    token: sandbox.botToken,
    ...(transport === 'http'
      ? { signingSecret: sandbox.signingSecret }
      : { receiver: socketReceiver(sandbox, clientPingTimeout) }),
    clientOptions: { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } },
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
    convoStore: false,
    ...appOptions,
  });
  await app.init();
  app.use(async ({ next }) => {
    const end = sandbox.beginWork();
    await next().finally(end);
  });
  configure(app);
  await app.start(port);
  return {
    sandbox,
    app,
    async stop() {
      await app.stop();
      await sandbox.close();
    },
  };
}
