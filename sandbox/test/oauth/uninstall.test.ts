import { describe, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { installInBrowser } from '../support/installable-app.ts';
import { refusal } from '../support/quiet-workspace.ts';
import { clientOf, codeFor, HARBOUR, ids, PIER, startInstallable } from '../support/start-installable.ts';

describe('leaving', () => {
  test('uninstallEvents, inactiveAccount: a removed app hears of it, its tokens end, and only there', async () => {
    const given = await startInstallable();
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
    const given = await startInstallable();
    await (await installInBrowser(given, HARBOUR.who)).finish();
    const first = given.stored.get(HARBOUR.team)?.bot?.token;
    given.sandbox.uninstallApp();
    await given.sandbox.settled();
    given.sandbox.installRival('Tug', ['/ferry']);
    await (await installInBrowser(given, HARBOUR.who)).finish();
    const second = given.stored.get(HARBOUR.team)?.bot?.token;
    expect(second).not.toBe(first);
    // What was installed last has the command.
    const ana = given.sandbox.person('ana');
    await ana.slash('/ferry', { channel: 'general' });
    await ana.sees('Aboard in harbour', { in: '@ferry' });
    expect((await clientOf(given, second).auth.test()).ok).toBe(true);
  });

  test('auth.revoke ends the token that calls it, unless it is a test', async () => {
    const given = await startInstallable();
    const { code } = await codeFor(given);
    const { access_token: token } = await clientOf(given).oauth.v2.access({ ...ids(given), code });
    const client = clientOf(given, token);
    expect(await client.auth.revoke({ test: true })).toMatchObject({ revoked: false });
    expect(await client.auth.revoke()).toMatchObject({ revoked: true });
    expect(await refusal(client.auth.test())).toBe(limits.revokedToken.value);
  });

  test('apps.uninstall asks for the client’s secret', async () => {
    const given = await startInstallable();
    const { code } = await codeFor(given);
    const { access_token: token } = await clientOf(given).oauth.v2.access({ ...ids(given), code });
    const client = clientOf(given, token);
    expect(await refusal(client.apps.uninstall({ ...ids(given), client_secret: 'x' }))).toBe('bad_client_secret');
    expect((await client.apps.uninstall(ids(given))).ok).toBe(true);
    expect(given.sandbox.isInstalled()).toBe(false);
    expect(await refusal(client.auth.test())).toBe('account_inactive');
  });

  test('what an app showed does nothing any more once it is uninstalled', async () => {
    const given = await startInstallable();
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
