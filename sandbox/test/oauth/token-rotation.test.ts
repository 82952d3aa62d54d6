import { describe, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { type Installable, installableApp, installInBrowser } from '../support/installable-app.ts';
import { refusal } from '../support/quiet-workspace.ts';
import { clientOf, codeFor, HARBOUR, ids, PIER, startInstallable } from '../support/start-installable.ts';

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
    const given = await startInstallable(true);
    const answer = await tokensOf(given);
    expect(answer.access_token?.startsWith(limits.rotatedTokenPrefix.value)).toBe(true);
    expect(answer.refresh_token?.startsWith(limits.refreshTokenPrefix.value)).toBe(true);
    expect(answer.expires_in).toBe(limits.rotatedTokenLifetimeSeconds.value);
  });

  test('expiredToken: a token works to its last second', async () => {
    const given = await startInstallable(true);
    const client = clientOf(given, (await tokensOf(given)).access_token);
    await given.sandbox.clock.step(limits.rotatedTokenLifetimeSeconds.value * 1000 - 1);
    expect((await client.auth.test()).ok).toBe(true);
    await given.sandbox.clock.step(1);
    expect(await refusal(client.auth.test())).toBe(limits.expiredToken.value);
  });

  test('refreshTokenUses, activeAccessTokens: a refresh token works once, and the third access token ends the first', async () => {
    const given = await startInstallable(true);
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
    const given = await startInstallable(true);
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

  test('rotationMigration, rotationExchangeErrors: a token that does not expire is exchanged for one that does, where rotation is on', async () => {
    const given = await startInstallable(false);
    const old = await tokensOf(given);
    const exchange = () => clientOf(given).oauth.v2.exchange({ ...ids(given), token: String(old.access_token) });
    const errors = limits.rotationExchangeErrors.value;
    expect(await refusal(exchange())).toBe(errors.off);
    given.sandbox.setTokenRotation(true);
    const fresh = (await exchange()) as unknown as { access_token: string };
    expect(fresh.access_token.startsWith(limits.rotatedTokenPrefix.value)).toBe(true);
    expect(await refusal(clientOf(given, old.access_token).auth.test())).toBe('token_revoked');
    expect(await refusal(exchange())).toBe(errors.twice);
    const again = clientOf(given).oauth.v2.exchange({ ...ids(given), token: fresh.access_token });
    expect(await refusal(again)).toBe(errors.other);
  });

  test('rotationFinal: once on, it stays on', async () => {
    const given = await startInstallable(false);
    given.sandbox.setTokenRotation(false);
    given.sandbox.setTokenRotation(true);
    expect(limits.rotationFinal.value).toBe(false);
    expect(() => given.sandbox.setTokenRotation(false)).toThrow('cannot be switched off again');
    expect((await tokensOf(given)).refresh_token).toBeDefined();
  });
});

test('after a restart, tokens that people agreed to go on working, and are renewed as before', async () => {
  const before = await installableApp({ rotates: true });
  const { finish } = await installInBrowser(before, PIER.who);
  await finish();
  const { token, refreshToken: refresh_token } = before.stored.get(PIER.team)?.bot ?? {};
  const kept = before.sandbox.save();
  const secrets = ids(before);
  await before.stop();

  const after = await startInstallable(true);
  await after.sandbox.load(JSON.parse(JSON.stringify(kept)));
  expect(ids(after)).toEqual(secrets);
  expect(await clientOf(after, token).auth.test()).toMatchObject({ team_id: PIER.team });
  const renewal = { ...secrets, grant_type: 'refresh_token', refresh_token } as never;
  const renewed = await clientOf(after).oauth.v2.access(renewal);
  expect(await clientOf(after, renewed.access_token).auth.test()).toMatchObject({ team_id: PIER.team });
  expect(await refusal(clientOf(after).oauth.v2.access(renewal))).toBe('invalid_refresh_token');
  expect(after.sandbox.isInstalled()).toBe(false);
});
