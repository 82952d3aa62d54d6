import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { type Installable, installableApp, installInBrowser } from '../support/installable-app.ts';
import { refusal, silent } from '../support/quiet-workspace.ts';

const ORG = 'EISLANDS0';
let installable: Installable;

beforeEach(async () => {
  installable = await installableApp({ organisation: { name: 'Islands', domain: 'islands' } });
});
afterEach(() => installable.stop());

const client = () =>
  new WebClient(installable.stored.get(ORG)?.bot?.token, {
    slackApiUrl: installable.sandbox.apiUrl,
    retryConfig: { retries: 0 },
    logger: silent,
  });

async function installForAll(): Promise<void> {
  const { finish } = await installInBrowser(installable, 'THARBOUR0 UANA00000 all');
  expect((await finish()).status).toBe(200);
}

test('an admin installs the app for the whole organisation, and each workspace gets it when it is given', async () => {
  const { sandbox, stored, events } = installable;
  await installForAll();
  expect(stored.get(ORG)).toMatchObject({
    isEnterpriseInstall: limits.orgInstall.value.is_enterprise_install,
    enterprise: { id: ORG, name: 'Islands' },
  });
  expect(stored.get(ORG)?.team ?? limits.orgInstall.value.team).toBeNull();
  const paula = sandbox.workspace('pier').person('paula');
  await expect(paula.slash('/ferry', { channel: 'general' })).rejects.toThrow('not a valid command');

  sandbox.workspace('pier').addAppFromOrganisation();
  await paula.slash('/ferry', { channel: 'general' });
  await paula.sees('Aboard in pier', { in: '@ferry' });
  const [command] = sandbox.audit.deliveries('slash_command');
  expect(command?.payload).toMatchObject({ is_enterprise_install: 'true', enterprise_id: ORG, team_id: 'TPIER0000' });

  sandbox.workspace('pier').takeAppFromOrganisation();
  await sandbox.settled();
  expect(events).toEqual(limits.orgAccessEvents.value);
  await expect(paula.slash('/ferry', { channel: 'general' })).rejects.toThrow('not a valid command');
});

test('a token of the organisation works where the app was given, and says in which workspace', async () => {
  const { sandbox } = installable;
  await installForAll();
  sandbox.addAppFromOrganisation();
  sandbox.workspace('pier').addAppFromOrganisation();
  const auth = await client().auth.test();
  expect(auth).toMatchObject({ is_enterprise_install: true, enterprise_id: ORG });
  expect((await client().auth.teams.list()).teams?.map(({ id }) => id)).toEqual(['THARBOUR0', 'TPIER0000']);

  await client().chat.postMessage({ channel: 'UPAULAPIER', text: 'to the pier' });
  await sandbox.workspace('pier').person('paula').sees('to the pier');
  await client().chat.postMessage({ channel: 'UANA00000', text: 'to the harbour' });
  await sandbox.person('ana').sees('to the harbour');

  sandbox.workspace('pier').takeAppFromOrganisation();
  expect(
    await refusal(client().chat.postMessage({ channel: 'UPAULAPIER', text: 'x', team_id: 'TPIER0000' } as never)),
  ).toBe(limits.orgWorkspaceRefused.value);
});

test('some methods ask in which workspace', async () => {
  await installForAll();
  installable.sandbox.addAppFromOrganisation();
  for (const method of limits.orgTeamId.value) {
    const answer = await client()
      .apiCall(method)
      .catch((error: { data: { response_metadata: { messages: string[] } } }) => error.data);
    expect(answer.response_metadata?.messages).toEqual(['[ERROR] missing required field: team_id']);
  }
});

test('nobody else can: not who is no admin, nor for an app that is not made for it', async () => {
  const { sandbox, origin } = installable;
  const start = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
  const url = String(start.headers.get('location'));
  await expect(sandbox.person('ben').allowApp(url, { wholeOrganisation: true })).rejects.toThrow('no admin');
  await expect(sandbox.person('ana').allowApp(url, { wholeOrganisation: true })).resolves.toContain('code=');
});

test('who was let in, with which tokens, is there again after a restart', async () => {
  const { sandbox } = installable;
  await installForAll();
  sandbox.addAppFromOrganisation();
  const kept = sandbox.save();
  sandbox.uninstallApp();
  expect(await refusal(client().auth.test())).toBe('account_inactive');
  await sandbox.load(kept);
  expect(await client().auth.test()).toMatchObject({ team_id: 'THARBOUR0' });
  expect(sandbox.isInstalled()).toBe(true);
  expect(sandbox.workspace('pier').isInstalled()).toBe(false);
});
