import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { freePort } from '../../bench/free-port.ts';
import { manualClock } from '../../sandbox/clock.ts';
import type { Seed } from '../../sandbox/options.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { type BotOptions, startBot } from '../../src/bot.ts';
import { realElapsedMs } from '../../src/clock.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { makeLog } from '../../src/log.ts';
import type { TestDatabase } from '../databases.ts';
import { someKeys } from '../some-keys.ts';

const manifest = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));

const PIER: Seed = {
  team: { name: 'Pier', domain: 'pier' },
  users: [{ name: 'paula', realName: 'Paula Pier', timeZone: 'Europe/Lisbon', role: 'admin' }],
  channels: [{ name: 'general' }, { name: 'stability' }],
};

export const HARBOUR_ANA = 'THARBOUR0 UANA00000';
export const PIER_PAULA = 'TPIER0000 UPAULAPIER';

export type OauthWorld = Awaited<ReturnType<typeof openOauthWorld>>;

/** A bot that workspaces install themselves, and two workspaces of one organisation that have not done so. */
export async function openOauthWorld(
  database: TestDatabase,
  over: { rotates?: boolean; paces?: BotOptions['paces'] } = {},
) {
  const opened = await database.open();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    manifest: {
      ...manifest,
      oauth_config: { ...manifest.oauth_config, redirect_urls: [`${origin}/slack/oauth_redirect`] },
      settings: {
        ...manifest.settings,
        socket_mode_enabled: false,
        org_deploy_enabled: true,
        token_rotation_enabled: over.rotates === true,
      },
    },
    clock: manualClock(Date.parse('2026-03-02T09:00:00Z')),
    delivery: { kind: 'http', url: `${origin}/slack/events` },
    patienceMs: 30_000,
    otherWorkspaces: [PIER],
    organisation: { name: 'Islands', domain: 'islands' },
    installed: false,
  });
  const { clock } = sandbox;
  const { clientId, clientSecret, signingSecret } = sandbox;
  const bot = await startBot({
    slack: { kind: 'oauth', signingSecret, clientId, clientSecret, stateSecret: 'only this test knows it' },
    slackApiUrl: sandbox.apiUrl,
    publicUrl: origin,
    port,
    db: opened.db,
    keys: someKeys,
    clock: { now: () => new Date(clock.now()), onChange: () => () => {} },
    elapsedMs: realElapsedMs,
    owner: 'oauth world',
    random: mulberry32(7),
    log: makeLog(process.env.TEST_LOG_LEVEL ?? 'fatal'),
    ...(over.paces ? { paces: over.paces } : {}),
  });
  return {
    db: opened.db,
    sandbox,
    bot,
    origin,
    /** What a browser does from the install page to the end; `who` is the line that is chosen on Slack's page. */
    install: async (
      who: string,
      {
        answer = 'allow',
        cookie,
        without = [],
      }: { answer?: 'allow' | 'deny'; cookie?: string; without?: string[] } = {},
    ) => {
      const page = await fetch(`${origin}/slack/install`);
      const given = String(page.headers.get('set-cookie')).split(';')[0] ?? '';
      const link = /href="([^"]*oauth[^"]*)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
      const body = new URLSearchParams({ who, answer });
      for (const scope of manifest.oauth_config.scopes.bot_optional)
        if (!without.includes(scope)) body.append('optional', scope);
      const agreed = await fetch(link, { method: 'POST', body, redirect: 'manual' });
      const back = await fetch(String(agreed.headers.get('location')), { headers: { cookie: cookie ?? given } });
      return { status: back.status, page: await back.text() };
    },
    pass: async (ms: number) => {
      await clock.step(ms);
      await bot.beat();
      await sandbox.settled();
    },
    close: async () => {
      await sandbox.settled();
      await bot.stop(2_000);
      await sandbox.close();
      await opened.close();
    },
  };
}
