import { describe, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { installInBrowser, scopes } from '../support/installable-app.ts';
import { refusal } from '../support/quiet-workspace.ts';
import { clientOf, codeFor, HARBOUR, ids, PIER, startInstallable } from '../support/start-installable.ts';

describe('installing', () => {
  test('somebody lets the app in by its own page, and its command works from then on', async () => {
    const given = await startInstallable();
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
    const given = await startInstallable();
    const { finish, back } = await installInBrowser(given, HARBOUR.who);
    expect(new URL(back).searchParams.get('state')).toBeTruthy();
    expect((await finish({ cookie: 'other=1' })).status).toBe(400);
    expect(given.stored.size).toBe(0);
    expect((await codeFor(given)).state).toBe('a&b=ü');
  });

  test('who presses Cancel sends the app an error and no code', async () => {
    const given = await startInstallable();
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
    const given = await startInstallable();
    await expect(codeFor(given, { [name]: value })).rejects.toThrow(words);
    const url = new URL(`${given.sandbox.origin}/oauth/v2/authorize`);
    const asked = { client_id: given.sandbox.clientId, scope: 'commands', [name]: value };
    for (const entry of Object.entries(asked)) url.searchParams.set(...entry);
    expect((await fetch(url)).status).toBe(400);
  });

  test('two workspaces keep apart what is theirs', async () => {
    const given = await startInstallable();
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
  test('a fault of one workspace strikes no call for another', async () => {
    const given = await startInstallable();
    for (const { who } of [HARBOUR, PIER]) await (await installInBrowser(given, who)).finish();
    const { sandbox, stored } = given;
    sandbox.faults.add({ method: 'auth.test', kind: 'fail', error: 'token_revoked', team: PIER.team });
    const ask = (team: string) => clientOf(given, stored.get(team)?.bot?.token).auth.test();
    expect(await ask(HARBOUR.team)).toMatchObject({ team_id: HARBOUR.team });
    expect(await refusal(ask(PIER.team))).toBe('token_revoked');
    expect(sandbox.audit.calls('auth.test').slice(-2)).toMatchObject([
      { team: HARBOUR.team, ok: true },
      { team: PIER.team, fault: 'fail' },
    ]);
  });

  test('codeUses, codeLifetimeMs: a code works once, and not for long', async () => {
    const given = await startInstallable();
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
    const given = await startInstallable();
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
    const given = await startInstallable();
    const redirect_uri = `${given.origin}/slack/oauth_redirect`;
    const { code } = await codeFor(given, { redirect_uri });
    expect(await refusal(clientOf(given).oauth.v2.access({ ...ids(given), code }))).toBe('bad_redirect_uri');
  });

  test('neither secrets nor tokens are written down', async () => {
    const given = await startInstallable();
    const { code } = await codeFor(given);
    const { access_token: token } = await clientOf(given).oauth.v2.access({ ...ids(given), code });
    const written = JSON.stringify(given.sandbox.audit.calls());
    for (const secret of [code, String(token), given.sandbox.clientSecret]) expect(written).not.toContain(secret);
  });
});

test('a token of the person’s own says whose it is, and does nothing else here', async () => {
  const given = await startInstallable();
  const { code } = await codeFor(given, { user_scope: 'users:read' });
  const answer = await clientOf(given).oauth.v2.access({ ...ids(given), code });
  expect(answer.authed_user).toMatchObject({ id: 'UANA00000', scope: 'users:read', token_type: 'user' });
  const own = clientOf(given, answer.authed_user?.access_token);
  expect(await own.auth.test()).toMatchObject({ user_id: 'UANA00000', user: 'ana' });
  expect(await refusal(own.users.list({}))).toBe(limits.wrongTokenType.value);
});
