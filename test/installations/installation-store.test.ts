import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../src/db/engine/client.ts';
import { installationStore } from '../../src/installations/installation-store.ts';
import { makeLog } from '../../src/log.ts';
import { giveApp } from '../../src/usecases/workspaces/give-app.ts';
import { installApp } from '../../src/usecases/workspaces/install-app.ts';
import { MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { someKeys } from '../some-keys.ts';

describe.each(databases)('what opens the workspace of a request, on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeEach(async () => {
    database = await open();
    for (const id of ['TONE', 'EALL'])
      await installApp(database.db, someKeys, {
        ...{ id, isOrganisation: id === 'EALL', name: id, botId: 'B', botUserId: 'UBOT', scopes: [] },
        ...{ installedBy: 'UANA', installedAt: MONDAY, botToken: `of ${id}`, refreshToken: null, tokenExpiresAt: null },
      });
    await giveApp(database.db, { organisationId: 'EALL', workspaceIds: ['TGIVEN'] }, MONDAY);
  });
  afterEach(() => database.close());

  const fetched = async (
    teamId: string | undefined,
    enterpriseId: string | undefined,
    isEnterpriseInstall: boolean,
  ) => {
    const { db } = database;
    const clock = { now: () => MONDAY, onChange: () => () => {} };
    const askForTokens = () => Promise.reject(new Error('Nobody asks.'));
    const store = installationStore({ db, keys: someKeys, clock, log: makeLog('silent'), askForTokens }, () => MONDAY);
    const found = await store.fetchInstallation({ teamId, enterpriseId, isEnterpriseInstall }).catch(() => undefined);
    return found?.bot?.token;
  };

  it.each([
    ['its own installation', 'TONE', undefined, false, 'of TONE'],
    ['that of its organisation', 'TGIVEN', 'EALL', true, 'of EALL'],
    ['that of its organisation, where whoever asks is of another one', 'TGIVEN', 'EOTHER', true, 'of EALL'],
    ['that of its organisation, where whoever asks is of none', 'TGIVEN', undefined, true, 'of EALL'],
    ['its own, where an organisation is named, too', 'TONE', 'EALL', true, 'of TONE'],
    ['that of the organisation that is named, where the workspace is not known yet', 'TNEW', 'EALL', true, 'of EALL'],
    ['nothing, where an organisation is named but not said to have installed it', 'TNEW', 'EALL', false, undefined],
    ['nothing, where a workspace is named as the organisation', 'TNEW', 'TONE', true, undefined],
    ['nothing, where nothing is known', 'TNEW', 'EOTHER', true, undefined],
  ])('is %s', async (_, teamId, enterpriseId, isEnterpriseInstall, token) => {
    expect(await fetched(teamId, enterpriseId, isEnterpriseInstall)).toBe(token);
  });
});
