import { afterEach, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { type Quiet, quietWorkspace, refusal } from '../support/quiet-workspace.ts';
import { rawApp } from '../support/raw-app.ts';

const channel = 'CENGSTABILITY';
let quiet: Quiet;

afterEach(() => quiet.sandbox.close());

const statusOf = async (method: string, fields: { [name: string]: string }) => {
  const { apiUrl, botToken } = quiet.sandbox;
  const headers = { authorization: `Bearer ${botToken}` };
  return (await fetch(`${apiUrl}${method}`, { method: 'POST', headers, body: new URLSearchParams(fields) })).status;
};

test('editWindow: what is older than the workspace allows stays as it is', async () => {
  quiet = await quietWorkspace();
  const { client, sandbox } = quiet;
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'now' });
  sandbox.setEditWindow(5);
  await sandbox.clock.step(5 * 60_000);
  await client.chat.update({ channel, ts, text: 'in time' });
  await sandbox.clock.step(1_000);
  expect(await refusal(client.chat.update({ channel, ts, text: 'late' }))).toBe('edit_window_closed');
  sandbox.setEditWindow(undefined);
  await client.chat.update({ channel, ts, text: 'for ever' });
});

test('rateHistoryCommercial: an app that is sold elsewhere reads a short page a minute', async () => {
  const { perMinute, limit } = limits.rateHistoryCommercial.value;
  quiet = await quietWorkspace({ distributed: true, rateLimits: 'docs' });
  const ana = quiet.sandbox.person('ana');
  for (let count = 0; count < limit + 5; count += 1) await ana.say('eng-stability', `message ${count}`);
  const page = await quiet.client.conversations.history({ channel, limit: 100 });
  expect(page.messages).toHaveLength(limit);
  expect(perMinute).toBe(1);
  expect(await statusOf('conversations.history', { channel })).toBe(429);
  quiet.sandbox.setRateLimits('off');
  expect((await quiet.client.conversations.history({ channel })).messages).toHaveLength(limit + 5);
});

test('ratePostingWorkspace: the strict profile counts the posts of all channels together', async () => {
  const channels = Array.from({ length: 40 }, (_, index) => ({ name: `c${index}`, botIsMember: true }));
  const team = { name: 'Harbour', domain: 'harbour' };
  const users = [{ name: 'ana', realName: 'Ana', timeZone: 'Europe/Berlin' }];
  quiet = await quietWorkspace({ workspace: { team, users, channels }, rateLimits: 'strict' });
  const statuses: number[] = [];
  for (const { name } of channels) statuses.push(await statusOf('chat.postMessage', { channel: name, text: 'x' }));
  const burst = Math.ceil(limits.ratePostingWorkspace.value / 20);
  expect(statuses.slice(0, burst).every((status) => status === 200)).toBe(true);
  expect(statuses).toContain(limits.rateAnswer.value.status);
});

test('sslCheckUnsigned: the look at a certificate comes without a signature', async () => {
  const app = await rawApp(() => ({ status: 200 }));
  quiet = await quietWorkspace({ delivery: { kind: 'http', url: app.url } });
  expect(await quiet.sandbox.checkSsl()).toBe(limits.sslCheckUnsigned.value);
  expect(app.received[0]?.headers['x-slack-signature']).toBeUndefined();
  expect(app.received[0]?.body).toContain('ssl_check=1');
  await app.stop();
});
