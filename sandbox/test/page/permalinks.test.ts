// @module-tag slow
import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../../engine/sandbox.ts';
import { servePage } from '../../page/server/page-server.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { quietWorkspace } from '../support/quiet-workspace.ts';

let sandbox: Sandbox;
let client: WebClient;
let channel: string;
let open: OpenPage;

const post = async (text: string, thread_ts?: string) =>
  String((await client.chat.postMessage({ channel, text, ...(thread_ts ? { thread_ts } : {}) })).ts);
const permalink = async (message_ts: string) =>
  String((await client.chat.getPermalink({ channel, message_ts })).permalink);
const pointed = () => open.page.locator('.message.pointed');

let [oldest, root, reply] = ['', '', ''];
beforeAll(async () => {
  ({ sandbox, client } = await quietWorkspace());
  await servePage(sandbox);
  channel = sandbox.channel('eng-stability')?.id ?? '';
  oldest = await post('The very first');
  for (let i = 0; i < 120; i += 1) await post(`Filler ${i}`);
  root = await post('The root');
  reply = await post('The reply', root);
  for (let i = 0; i < 60; i += 1) await post(`Later ${i}`);
  await sandbox.person('ana').say('general', `it was here: ${await permalink(root)}`);
  await sandbox.person('ana').say('general', `or here: ${await permalink(reply)}`);
  open = await openPage(`${sandbox.origin}/#/${sandbox.channel('general')?.id}`);
});
afterAll(async () => {
  await open.close();
  await sandbox.close();
});

test('the link in a message leads to the message that it stands for', async () => {
  await open.page.getByRole('link', { name: await permalink(root), exact: true }).click();
  await pointed().getByText('The root').waitFor();
  expect(await pointed().isVisible()).toBe(true);
  expect(open.page.context().pages()).toHaveLength(1);
});

test('the link to a reply opens its thread', async () => {
  await open.page.getByRole('link', { name: 'general' }).click();
  await open.page.getByRole('link', { name: await permalink(reply), exact: true }).click();
  const thread = open.page.getByRole('complementary', { name: 'Thread' });
  await thread.locator('.message.pointed').getByText('The reply').waitFor();
});

test('a link that is pasted into the browser opens the page at its message', async () => {
  await open.page.goto(await permalink(root));
  await pointed().getByText('The root').waitFor();
  expect(new URL(open.page.url()).pathname).toBe('/');
});

test('a message further back than what is loaded is shown by itself', async () => {
  await open.page.goto(await permalink(oldest));
  await open.page.getByRole('complementary', { name: 'Thread' }).getByText('The very first').waitFor();
});

test('a link to a conversation that the viewer cannot see leads nowhere else', async () => {
  const secret = String((await client.conversations.open({ users: sandbox.person('ben').id })).channel?.id);
  const { ts } = await client.chat.postMessage({ channel: secret, text: 'For Ben' });
  await open.page.goto(String((await client.chat.getPermalink({ channel: secret, message_ts: String(ts) })).permalink));
  await open.page.getByRole('navigation', { name: 'Workspace' }).waitFor();
  expect(await open.page.getByText('For Ben').count()).toBe(0);
});
