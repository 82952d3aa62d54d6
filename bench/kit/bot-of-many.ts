import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { manualClock } from '../../sandbox/clock/clock.ts';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import type { Seed } from '../../sandbox/options.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { type BotOptions, startBot } from '../../src/bot.ts';
import { realElapsedMs } from '../../src/clock.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { makeLog } from '../../src/log.ts';
import type { BotInSandbox } from './bot-in-sandbox.ts';
import { freePort } from './free-port.ts';

const manifest = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));

export type Installing = {
  answer?: 'allow' | 'deny';
  /** Instead of that of the browser that began. */
  cookie?: string;
  /** Optional scopes that are refused. */
  without?: readonly string[];
};

type Options = Pick<BotOptions, 'db' | 'keys' | 'gate' | 'paces'> & {
  startAt: Date;
  logLevel: string;
  /** The first is the sandbox's own, which has people and channels without being told. */
  workspaces: readonly [Seed | undefined, ...Seed[]];
  rotates?: boolean;
};

export type BotOfMany = BotInSandbox & {
  /** What a browser does from the install page to the end; `who` is the line that is chosen on Slack's page. */
  install: (who: string, how?: Installing) => Promise<{ status: number; page: string }>;
};

/** A Slack of several workspaces that belong to one organisation, none of which has the bot at `address` yet; its clock stands still. */
export function startSandboxOfMany(
  address: string,
  { workspaces: [first, ...others], startAt, rotates }: Pick<Options, 'workspaces' | 'startAt' | 'rotates'>,
): Promise<Sandbox> {
  return startSandbox({
    manifest: {
      ...manifest,
      oauth_config: { ...manifest.oauth_config, redirect_urls: [`${address}/slack/oauth_redirect`] },
      settings: {
        ...manifest.settings,
        socket_mode_enabled: false,
        org_deploy_enabled: true,
        token_rotation_enabled: rotates === true,
      },
    },
    clock: manualClock(startAt.getTime()),
    delivery: { kind: 'http', url: `${address}/slack/events` },
    patienceMs: 30_000,
    ...(first ? { workspace: first } : {}),
    otherWorkspaces: others,
    organisation: { name: 'Islands', domain: 'islands' },
    installed: false,
  });
}

/** The bot that workspaces install themselves, against such a sandbox. It acts only when it is told to beat. */
export async function startBotOfMany(options: Options): Promise<BotOfMany> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const sandbox = await startSandboxOfMany(address, options);
  const { clock, clientId, clientSecret, signingSecret } = sandbox;
  const bot = await startBot({
    slack: { kind: 'oauth', signingSecret, clientId, clientSecret, stateSecret: 'nobody else knows it' },
    slackApiUrl: sandbox.apiUrl,
    publicUrl: address,
    port,
    db: options.db,
    keys: options.keys,
    clock: { now: () => new Date(clock.now()), onChange: () => () => {} },
    elapsedMs: realElapsedMs,
    owner: 'of many',
    random: mulberry32(7),
    log: makeLog(options.logLevel),
    gate: options.gate,
    ...(options.paces ? { paces: options.paces } : {}),
  });
  return {
    sandbox,
    bot,
    address,
    install: (who, how) => installInBrowser(address, who, how),
    stop: async () => {
      await bot.stop(2_000);
      await sandbox.close();
    },
  };
}

export async function installInBrowser(
  address: string,
  who: string,
  { answer = 'allow', cookie, without = [] }: Installing = {},
): Promise<{ status: number; page: string }> {
  const page = await fetch(`${address}/slack/install`);
  const given = String(page.headers.get('set-cookie')).split(';')[0] ?? '';
  const link = /href="([^"]*oauth[^"]*)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
  const body = new URLSearchParams({ who, answer });
  for (const scope of manifest.oauth_config.scopes.bot_optional)
    if (!without.includes(scope)) body.append('optional', scope);
  const agreed = await fetch(link, { method: 'POST', body, redirect: 'manual' });
  const back = await fetch(String(agreed.headers.get('location')), { headers: { cookie: cookie ?? given } });
  return { status: back.status, page: await back.text() };
}
