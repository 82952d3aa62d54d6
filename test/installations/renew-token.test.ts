import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../src/db/engine/client.ts';
import { installations } from '../../src/db/schema/installations.ts';
import { findInstallationOf, type Installation } from '../../src/db/workspaces/installations.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/time/durations.ts';
import {
  type AskForTokens,
  type Renewing,
  renewExpiring,
  withFreshToken,
} from '../../src/installations/renew-token.ts';
import { makeLog } from '../../src/log.ts';
import { installApp } from '../../src/usecases/workspaces/install-app.ts';
import { later, MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { someKeys } from '../some-keys.ts';

describe.each(databases)('tokens on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let installation: Installation;
  let asked: string[];
  beforeEach(async () => {
    database = await open();
    db = database.db;
    asked = [];
    installation = {
      ...{ id: 'TONE', isOrganisation: false, name: 'One', botId: 'BONE', botUserId: 'UBOT', scopes: ['commands'] },
      ...{ installedBy: 'UANA', installedAt: MONDAY, botToken: 'token 0', refreshToken: 'refresh 0' },
      tokenExpiresAt: later(MONDAY, 12 * HOUR_MS),
    };
    await installApp(db, someKeys, installation);
  });
  afterEach(() => database.close());

  /** Slack, as far as tokens go: each refresh token works once. */
  const askForTokens: AskForTokens = async (refreshToken) => {
    const next = Number(refreshToken.split(' ')[1]) + 1;
    if (asked.includes(refreshToken)) throw new Error('invalid_refresh_token');
    asked.push(refreshToken);
    return { botToken: `token ${next}`, refreshToken: `refresh ${next}`, expiresInMs: 12 * HOUR_MS };
  };
  const aProcess = (at: Date, ask = askForTokens): Renewing => ({
    ...{ db, keys: someKeys, log: makeLog('silent'), askForTokens: ask },
    clock: { now: () => at, onChange: () => () => {} },
  });
  const stored = () => findInstallationOf(db, someKeys, 'TONE');

  it('are renewed once by twenty requests that come in at once, in two processes', async () => {
    const processes = [0, 1].map(() => aProcess(later(MONDAY, 13 * HOUR_MS)));
    const fresh = await Promise.all(
      Array.from({ length: 20 }, (_, i) => withFreshToken(processes[i % 2] as Renewing, installation)),
    );
    expect(new Set(fresh.map(({ botToken }) => botToken))).toEqual(new Set(['token 1']));
    expect(asked).toEqual(['refresh 0']);
  });

  it('are renewed hours before they end, and not before that', async () => {
    await renewExpiring(aProcess(later(MONDAY, 8 * HOUR_MS)));
    expect(asked).toEqual([]);
    await renewExpiring(aProcess(later(MONDAY, 10 * HOUR_MS)));
    expect(await stored()).toMatchObject({ botToken: 'token 1', refreshToken: 'refresh 1' });
    expect((await stored())?.tokenExpiresAt).toEqual(later(MONDAY, 22 * HOUR_MS));
  });

  it('survive a process that dies while it asks: the old one stands, and another renews it after the lease', async () => {
    const reached = Promise.withResolvers<void>();
    const dying = aProcess(later(MONDAY, 10 * HOUR_MS), async () => {
      reached.resolve();
      return new Promise(() => {});
    });
    void renewExpiring(dying);
    await reached.promise;
    await renewExpiring(aProcess(later(MONDAY, 10 * HOUR_MS)));
    expect(await stored()).toMatchObject({ botToken: 'token 0', refreshToken: 'refresh 0' });
    await db.update(installations).set({ refreshLeaseUntil: sql`clock_timestamp() - interval '1 second'` });
    await renewExpiring(aProcess(later(MONDAY, 10 * HOUR_MS)));
    expect(await stored()).toMatchObject({ botToken: 'token 1', refreshToken: 'refresh 1' });
  });

  it('stay as they are where Slack refuses or does not answer, and are tried again', async () => {
    const failing = aProcess(later(MONDAY, 10 * HOUR_MS), async () => {
      throw new Error('no answer');
    });
    await renewExpiring(failing);
    expect(await stored()).toMatchObject({ botToken: 'token 0', refreshToken: 'refresh 0' });
    await renewExpiring(aProcess(later(MONDAY, 10 * HOUR_MS)));
    expect(await stored()).toMatchObject({ botToken: 'token 1' });
  });

  it('of an installation that was made anew meanwhile are not overwritten by a late answer', async () => {
    const asking = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Awaited<ReturnType<AskForTokens>>>();
    const slow = aProcess(later(MONDAY, 10 * HOUR_MS), () => {
      asking.resolve();
      return answer.promise;
    });
    const renewal = renewExpiring(slow);
    await asking.promise;
    const anew = { ...installation, botToken: 'new', refreshToken: 'new', tokenExpiresAt: later(MONDAY, DAY_MS) };
    await installApp(db, someKeys, anew);
    answer.resolve({ botToken: 'late', refreshToken: 'late', expiresInMs: 12 * HOUR_MS });
    await renewal;
    expect(await stored()).toMatchObject({ botToken: 'new', refreshToken: 'new' });
  });

  it('open for no other workspace and no other column', async () => {
    await installApp(db, someKeys, { ...installation, id: 'TTWO', botToken: 'of two', refreshToken: 'of two' });
    await db.execute(sql`update installations one set bot_token = two.bot_token from installations two
      where one.id = 'TONE' and two.id = 'TTWO'`);
    await expect(stored()).rejects.toThrow();
    await db.execute(sql`update installations set bot_token = refresh_token where id = 'TONE'`);
    await expect(stored()).rejects.toThrow();
  });

  it('that do not expire are never renewed', async () => {
    await installApp(db, someKeys, { ...installation, refreshToken: null, tokenExpiresAt: null });
    await renewExpiring(aProcess(later(MONDAY, 100 * DAY_MS)));
    expect(await stored()).toMatchObject({ botToken: 'token 0' });
    expect(asked).toEqual([]);
  });
});
