import { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, test } from 'vitest';
import { limits } from '../../sandbox/rules/limits.ts';
import { type Installable, installableApp, installInBrowser, scopes } from './installable-app.ts';
import { refusal, silent } from './quiet-workspace.ts';

const HARBOUR = { who: 'THARBOUR0 UANA00000', team: 'THARBOUR0' };
const PIER = { who: 'TPIER0000 UPAULAPIER', team: 'TPIER0000' };

let installable: Installable | undefined;

afterEach(async () => {
  await installable?.stop();
  installable = undefined;
});

const start = async (rotates = false) => {
  installable = await installableApp({ rotates });
  return installable;
};

const clientOf = ({ sandbox }: Installable, token?: string) =>
  new WebClient(token, { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 }, logger: silent });

async function codeFor(given: Installable, query: { [name: string]: string } = {}) {
  const url = new URL(`${given.sandbox.origin}${limits.authorizePath.value}`);
  const asked = { client_id: given.sandbox.clientId, scope: scopes.join(','), state: 'a&b=ü', ...query };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const back = new URL(await given.sandbox.person('ana').allowApp(url.href));
  return { code: String(back.searchParams.get('code')), state: back.searchParams.get('state') };
}

const ids = ({ sandbox }: Installable) => ({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret });

describe('installing', () => {
  test('somebody lets the app in by its own page, and its command works from then on', async () => {
    const given = await start();
    const { sandbox, stored } = given;
    const ana = sandbox.person('ana');
    await expect(ana.slash('/ferry', { channel: 'general' })).rejects.toThrow('not a valid command');
    const { page, finish } = await installInBrowser(given, HARBOUR.who);
    for (const scope of scopes) expect(page).toContain(scope);
    expect(page).toContain('Not Slack.');
    const done = await finish();
    expect(done.status).toBe(200);
    expect(stored.get(HARBOUR.team)).toMatchObject({
      team: { name: 'Harbour' },
      bot: { scopes },
      user: { id: ana.id },
    });
    await ana.slash('/ferry', { channel: 'general' });
    await ana.sees('Aboard in harbour', { in: '@ferry' });
  });

  test('stateReturned: a browser without the cookie of the one who began is turned away', async () => {
    const given = await start();
    const { finish, back } = await installInBrowser(given, HARBOUR.who);
    expect(new URL(back).searchParams.get('state')).toBeTruthy();
    expect((await finish({ cookie: 'other=1' })).status).toBe(400);
    expect(given.stored.size).toBe(0);
    expect((await codeFor(given)).state).toBe('a&b=ü');
  });

  test('who presses Cancel sends the app an error and no code', async () => {
    const given = await start();
    const { back } = await installInBrowser(given, HARBOUR.who, 'deny');
    expect(new URL(back).searchParams.get('error')).toBe('access_denied');
    expect(new URL(back).searchParams.has('code')).toBe(false);
  });

  test.each([
    ['client_id', '1.2', 'Invalid client_id'],
    ['scope', 'admin', 'Invalid permissions'],
    ['scope', '', 'names no scope'],
    ['redirect_uri', 'https://evil.example/', 'did not match'],
    ['redirect_uri', 'javascript:alert(1)', 'did not match'],
  ])('a link with the %s %j is not followed', async (name, value, words) => {
    const given = await start();
    await expect(codeFor(given, { [name]: value })).rejects.toThrow(words);
    const url = new URL(`${given.sandbox.origin}/oauth/v2/authorize`);
    const asked = { client_id: given.sandbox.clientId, scope: 'commands', [name]: value };
    for (const entry of Object.entries(asked)) url.searchParams.set(...entry);
    expect((await fetch(url)).status).toBe(400);
  });

  test('two workspaces keep apart what is theirs', async () => {
    const given = await start();
    const { sandbox, stored } = given;
    for (const { who } of [HARBOUR, PIER]) await (await installInBrowser(given, who)).finish();
    expect([...stored.keys()].sort()).toEqual([HARBOUR.team, PIER.team]);
    const pier = sandbox.workspace('pier');
    const paula = pier.person('paula');
    await paula.slash('/ferry', { channel: 'general' });
    await paula.sees('Aboard in pier', { in: '@ferry' });
    expect(sandbox.person('ana').messages('general')).toEqual([]);
    const client = clientOf(given, stored.get(PIER.team)?.bot?.token);
    expect(await client.auth.test()).toMatchObject({ team_id: PIER.team, team: 'Pier' });
    expect(await refusal(client.chat.postMessage({ channel: 'CGENERAL0', text: 'hi' }))).toBe('channel_not_found');
  });
});

describe('codes', () => {
  test('codeUses, codeLifetimeMs: a code works once, and not for long', async () => {
    const given = await start();
    const client = clientOf(given);
    const { code } = await codeFor(given);
    expect((await client.oauth.v2.access({ ...ids(given), code })).ok).toBe(true);
    expect(limits.codeUses.value).toBe(1);
    expect(await refusal(client.oauth.v2.access({ ...ids(given), code }))).toBe('invalid_code');
    const late = await codeFor(given);
    await given.sandbox.clock.step(limits.codeLifetimeMs.value + 1);
    expect(await refusal(client.oauth.v2.access({ ...ids(given), code: late.code }))).toBe('invalid_code');
  });

  test('clientAuth: the client is known by id and secret, in the body or as Basic authorization', async () => {
    const given = await start();
    const { sandbox } = given;
    const client = clientOf(given);
    const { code } = await codeFor(given);
    expect(await refusal(client.oauth.v2.access({ ...ids(given), client_id: '1.2', code }))).toBe('invalid_client_id');
    expect(await refusal(client.oauth.v2.access({ ...ids(given), client_secret: 'x', code }))).toBe(
      'bad_client_secret',
    );
    const basic = Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64');
    const response = await fetch(`${sandbox.apiUrl}oauth.v2.access`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ code }),
    });
    expect(await response.json()).toMatchObject({ ok: true, token_type: 'bot', enterprise: null });
  });

  test('a redirect address of the link is asked for again', async () => {
    const given = await start();
    const redirect_uri = `${given.origin}/slack/oauth_redirect`;
    const { code } = await codeFor(given, { redirect_uri });
    expect(await refusal(clientOf(given).oauth.v2.access({ ...ids(given), code }))).toBe('bad_redirect_uri');
  });

  test('neither secrets nor tokens are written down', async () => {
    const given = await start();
    const { code } = await codeFor(given);
    const { access_token: token } = await clientOf(given).oauth.v2.access({ ...ids(given), code });
    const written = JSON.stringify(given.sandbox.audit.calls());
    for (const secret of [code, String(token), given.sandbox.clientSecret]) expect(written).not.toContain(secret);
  });
});

describe('token rotation', () => {
  const tokensOf = async (given: Installable) =>
    clientOf(given).oauth.v2.access({ ...ids(given), ...{ code: (await codeFor(given)).code } });
  const refresh = (given: Installable, refreshToken: string | undefined) =>
    clientOf(given).oauth.v2.access({
      ...ids(given),
      grant_type: 'refresh_token',
      refresh_token: String(refreshToken),
    });

  test('rotatedTokenPrefix, refreshTokenPrefix, rotatedTokenLifetimeSeconds: tokens say what they are', async () => {
    const given = await start(true);
    const answer = await tokensOf(given);
    expect(answer.access_token?.startsWith(limits.rotatedTokenPrefix.value)).toBe(true);
    expect(answer.refresh_token?.startsWith(limits.refreshTokenPrefix.value)).toBe(true);
    expect(answer.expires_in).toBe(limits.rotatedTokenLifetimeSeconds.value);
  });

  test('expiredToken: a token works to its last second', async () => {
    const given = await start(true);
    const client = clientOf(given, (await tokensOf(given)).access_token);
    await given.sandbox.clock.step(limits.rotatedTokenLifetimeSeconds.value * 1000 - 1);
    expect((await client.auth.test()).ok).toBe(true);
    await given.sandbox.clock.step(1);
    expect(await refusal(client.auth.test())).toBe(limits.expiredToken.value);
  });

  test('refreshTokenUses, activeAccessTokens: a refresh token works once, and the third access token ends the first', async () => {
    const given = await start(true);
    const first = await tokensOf(given);
    const second = await refresh(given, first.refresh_token);
    expect(limits.refreshTokenUses.value).toBe(1);
    expect(await refusal(refresh(given, first.refresh_token))).toBe('invalid_refresh_token');
    expect((await clientOf(given, first.access_token).auth.test()).ok).toBe(true);
    const third = await refresh(given, second.refresh_token);
    expect(limits.activeAccessTokens.value).toBe(2);
    expect(await refusal(clientOf(given, first.access_token).auth.test())).toBe(limits.revokedToken.value);
    for (const { access_token } of [second, third])
      expect((await clientOf(given, access_token).auth.test()).ok).toBe(true);
  });

  test('the SDK renews a token that is about to end, and stores both new ones', async () => {
    const given = await start(true);
    await (await installInBrowser(given, HARBOUR.who)).finish();
    const before = given.stored.get(HARBOUR.team)?.bot;
    if (!before) throw new Error('not installed');
    before.expiresAt = Math.floor(Date.now() / 1000) - 1;
    const { token, refreshToken } = before;
    const ana = given.sandbox.person('ana');
    await ana.slash('/ferry', { channel: 'general' });
    await ana.sees('Aboard in harbour', { in: '@ferry' });
    const after = given.stored.get(HARBOUR.team)?.bot;
    expect(after?.token).not.toBe(token);
    expect(after?.refreshToken).not.toBe(refreshToken);
  });

  test('rotationMigration: a token that does not expire is exchanged for one that does, where rotation is on', async () => {
    const given = await start(false);
    const old = await tokensOf(given);
    const exchange = () => clientOf(given).oauth.v2.exchange({ ...ids(given), token: String(old.access_token) });
    expect(await refusal(exchange())).toBe('invalid_token');
    const { settings } = given.sandbox.app.manifest;
    if (settings) settings.token_rotation_enabled = true;
    const fresh = (await exchange()) as unknown as { access_token: string };
    expect(fresh.access_token.startsWith(limits.rotatedTokenPrefix.value)).toBe(true);
    expect(await refusal(clientOf(given, old.access_token).auth.test())).toBe('token_revoked');
  });
});

describe('leaving', () => {
  test('uninstallEvents, inactiveAccount: a removed app hears of it, its tokens end, and only there', async () => {
    const given = await start();
    const { sandbox, stored, events } = given;
    for (const { who } of [HARBOUR, PIER]) await (await installInBrowser(given, who)).finish();
    const token = stored.get(HARBOUR.team)?.bot?.token;
    sandbox.uninstallApp();
    await sandbox.settled();
    expect(events.sort()).toEqual([...limits.uninstallEvents.value].sort());
    expect([...stored.keys()]).toEqual([PIER.team]);
    expect(await refusal(clientOf(given, token).auth.test())).toBe(limits.inactiveAccount.value);
    await expect(sandbox.person('ana').slash('/ferry', { channel: 'general' })).rejects.toThrow('not a valid command');
    const paula = sandbox.workspace('pier').person('paula');
    await paula.slash('/ferry', { channel: 'general' });
    await paula.sees('Aboard in pier', { in: '@ferry' });
  });

  test('an app that was removed can come back, with a new token', async () => {
    const given = await start();
    await (await installInBrowser(given, HARBOUR.who)).finish();
    const first = given.stored.get(HARBOUR.team)?.bot?.token;
    given.sandbox.uninstallApp();
    await given.sandbox.settled();
    await (await installInBrowser(given, HARBOUR.who)).finish();
    const second = given.stored.get(HARBOUR.team)?.bot?.token;
    expect(second).not.toBe(first);
    expect((await clientOf(given, second).auth.test()).ok).toBe(true);
  });

  test('auth.revoke ends the token that calls it, unless it is a test', async () => {
    const given = await start();
    const { code } = await codeFor(given);
    const { access_token: token } = await clientOf(given).oauth.v2.access({ ...ids(given), code });
    const client = clientOf(given, token);
    expect(await client.auth.revoke({ test: true })).toMatchObject({ revoked: false });
    expect(await client.auth.revoke()).toMatchObject({ revoked: true });
    expect(await refusal(client.auth.test())).toBe(limits.revokedToken.value);
  });

  test('apps.uninstall asks for the client’s secret', async () => {
    const given = await start();
    const { code } = await codeFor(given);
    const { access_token: token } = await clientOf(given).oauth.v2.access({ ...ids(given), code });
    const client = clientOf(given, token);
    expect(await refusal(client.apps.uninstall({ ...ids(given), client_secret: 'x' }))).toBe('bad_client_secret');
    expect((await client.apps.uninstall(ids(given))).ok).toBe(true);
    expect(given.sandbox.isInstalled()).toBe(false);
    expect(await refusal(client.auth.test())).toBe('account_inactive');
  });
});

test('a token of the person’s own says whose it is, and does nothing else here', async () => {
  const given = await start();
  const { code } = await codeFor(given, { user_scope: 'users:read' });
  const answer = await clientOf(given).oauth.v2.access({ ...ids(given), code });
  expect(answer.authed_user).toMatchObject({ id: 'UANA00000', scope: 'users:read', token_type: 'user' });
  const own = clientOf(given, answer.authed_user?.access_token);
  expect(await own.auth.test()).toMatchObject({ user_id: 'UANA00000', user: 'ana' });
  expect(await refusal(own.users.list({}))).toBe(limits.wrongTokenType.value);
});

describe('after a restart', () => {
  test('tokens that people agreed to go on working, and are renewed as before', async () => {
    const before = await start(true);
    const { finish } = await installInBrowser(before, PIER.who);
    await finish();
    const { token, refreshToken: refresh_token } = before.stored.get(PIER.team)?.bot ?? {};
    const kept = before.sandbox.save();
    const secrets = ids(before);
    await before.stop();

    const after = await start(true);
    await after.sandbox.load(JSON.parse(JSON.stringify(kept)));
    expect(ids(after)).toEqual(secrets);
    expect(await clientOf(after, token).auth.test()).toMatchObject({ team_id: PIER.team });
    const renewal = { ...secrets, grant_type: 'refresh_token', refresh_token } as never;
    const renewed = await clientOf(after).oauth.v2.access(renewal);
    expect(await clientOf(after, renewed.access_token).auth.test()).toMatchObject({ team_id: PIER.team });
    expect(await refusal(clientOf(after).oauth.v2.access(renewal))).toBe('invalid_refresh_token');
    expect(after.sandbox.isInstalled()).toBe(false);
  });

  test('what an app showed does nothing any more once it is uninstalled', async () => {
    const given = await start();
    const { sandbox } = given;
    const ana = sandbox.person('ana');
    const { finish } = await installInBrowser(given, HARBOUR.who);
    await finish();
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } } as const;
    await clientOf(given, sandbox.botToken).chat.postMessage({
      channel: ana.id,
      text: 'Go?',
      blocks: [{ type: 'actions', elements: [button] }],
    });
    const message = await ana.sees('Go?');
    sandbox.uninstallApp();
    await expect(ana.click(message, 'go')).rejects.toThrow('Ferry is not installed in Harbour');
    await expect(ana.slash('/ferry', { channel: 'general' })).rejects.toThrow('not a valid command');
    await expect(ana.globalShortcut('any')).rejects.toThrow('not installed');
  });
});
