import { WebClient } from '@slack/web-api';
import { afterEach, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { payloadOf } from '../support/against.ts';
import { HARBOUR, mixed, mixedWorkspace } from '../support/many-people.ts';
import { type Quiet, quietWorkspace, silent } from '../support/quiet-workspace.ts';
import { manifest } from '../support/running-app.ts';

const ISLANDS = 'EISLANDS0';
const pier = { team: { name: 'Pier', domain: 'pier' }, users: [{ name: 'paula' }], channels: [] };
const redirect = 'https://tea.example/installed';
const options = {
  manifest: {
    ...manifest,
    oauth_config: { ...manifest.oauth_config, redirect_urls: [redirect] },
    settings: { ...manifest.settings, org_deploy_enabled: true },
  },
  workspace: mixed,
  otherWorkspaces: [pier],
  organisation: { name: 'Islands', domain: 'islands' },
};

let quiet: Quiet | undefined;
afterEach(async () => {
  await quiet?.sandbox.close();
  quiet = undefined;
});

function installLink({ sandbox }: Quiet): string {
  const link = new URL(`${sandbox.origin}/oauth/v2/authorize`);
  link.search = new URLSearchParams({
    client_id: sandbox.clientId,
    scope: 'users:read',
    redirect_uri: redirect,
  }).toString();
  return link.href;
}

/** What an admin's agreement for the whole organisation brings: a token for all of its workspaces. */
async function orgClient(workspace: Quiet): Promise<WebClient> {
  const { sandbox } = workspace;
  const back = await sandbox.person('ana').allowApp(installLink(workspace), { wholeOrganisation: true });
  const code = new URL(back).searchParams.get('code') ?? '';
  const settings = { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 }, logger: silent };
  const { clientId: client_id, clientSecret: client_secret } = sandbox;
  const access = await new WebClient(undefined, settings).oauth.v2.access({
    client_id,
    client_secret,
    code,
    redirect_uri: redirect,
  });
  sandbox.addAppFromOrganisation();
  return new WebClient(access.access_token, settings);
}

test('enterpriseUser, enterpriseUserId: in an organisation a person has a second record, maybe under a second id', async () => {
  quiet = await quietWorkspace(options);
  const { client, sandbox } = quiet;
  sandbox.addPerson({ name: 'wim', enterprise: { id: 'W0WIM', isAdmin: true } });
  const { user } = await client.users.info({ user: 'UWIM00000' });
  const record = user?.enterprise_user;
  expect(Object.keys(record ?? {})).toEqual(expect.arrayContaining([...limits.enterpriseUser.value]));
  const roles = { is_admin: true, is_owner: false };
  expect(record).toMatchObject({ id: 'W0WIM', enterprise_id: ISLANDS, teams: [HARBOUR], ...roles });
  expect(limits.enterpriseUserId.value).toBe('W…');
  expect(user).toMatchObject({ team_id: HARBOUR, is_admin: false });
  sandbox.addPerson({ name: 'wes', id: 'W0WES' });
  expect((await client.users.info({ user: 'W0WES' })).user).toMatchObject({ id: 'W0WES', team_id: HARBOUR });
});

test('who belongs to another workspace of the organisation is at home here too, under the id of that one', async () => {
  const workspace = await mixedWorkspace(options);
  const { client, sandbox, received } = workspace;
  const lee = sandbox.addPerson({ name: 'lee', from: 'pier', channels: ['eng-stability'] });
  const { user } = await client.users.info({ user: lee.id });
  expect(user).toMatchObject({
    team_id: 'TPIER0000',
    is_restricted: false,
    enterprise_user: { enterprise_id: ISLANDS },
  });
  expect(user?.enterprise_user?.teams?.toSorted()).toEqual([HARBOUR, 'TPIER0000']);
  expect(user).not.toHaveProperty('is_stranger');
  await lee.slash('/tea', { channel: 'eng-stability' });
  expect(payloadOf(received.at(-1))).toMatchObject({ team_id: HARBOUR, user_id: lee.id });
  await lee.globalShortcut('brew');
  expect(payloadOf(received.at(-1))).toMatchObject({ team: { id: HARBOUR }, user: { team_id: 'TPIER0000' } });
});

test('orgTokenUser: a token of the organisation reads the workspaces of a person, and roles in the organisation', async () => {
  quiet = await quietWorkspace({ ...options, installed: false });
  const client = await orgClient(quiet);
  quiet.sandbox.addPerson({ name: 'wim', role: 'admin', enterprise: { isAdmin: false, isOwner: true } });
  const { user } = await client.users.info({ user: 'UWIM00000' });
  expect(user).not.toHaveProperty('team_id');
  expect(user).toMatchObject({ [limits.orgTokenUser.value]: [HARBOUR], is_admin: false, is_owner: true });
});

test('guests and people of other organisations bring no app into the workspace', async () => {
  quiet = await quietWorkspace({ ...options, installed: false });
  const link = installLink(quiet);
  for (const name of ['gus', 'sol', 'nia'])
    await expect(quiet.sandbox.person(name).allowApp(link)).rejects.toThrow('cannot install apps');
  const page = await (await fetch(link)).text();
  expect(page).toContain('>Ben, Harbour<');
  expect(page).not.toMatch(/>(Gus|Sol|Nia), Harbour</);
  expect(await quiet.sandbox.person('ben').allowApp(link)).toContain('code=');
});

test('outside of an organisation nobody has a second record', async () => {
  quiet = await quietWorkspace({ workspace: mixed });
  const { user } = await quiet.client.users.info({ user: 'UBEN00000' });
  expect(user).not.toHaveProperty('enterprise_user');
});
