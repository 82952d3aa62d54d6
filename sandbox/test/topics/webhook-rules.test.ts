import { afterEach, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { type Quiet, quietWorkspace } from '../support/quiet-workspace.ts';
import { manifest } from '../support/running-app.ts';

let quiet: Quiet;

afterEach(() => quiet.sandbox.close());

const start = async (scopes: string[] = ['incoming-webhook']) => {
  quiet = await quietWorkspace({ manifest: { ...manifest, oauth_config: { scopes: { bot: scopes } } } });
  return quiet.sandbox;
};

async function post(url: string, body: string | URLSearchParams) {
  const response = await fetch(url, { method: 'POST', body });
  return { status: response.status, text: await response.text(), wait: response.headers.get('retry-after') };
}

const says = (text: string) => JSON.stringify({ text });

test('a message to an incoming webhook stands in its channel, where the bot need not be', async () => {
  const sandbox = await start();
  const url = sandbox.addIncomingWebhook('general');
  expect(await post(url, says('From the build'))).toMatchObject({ status: 200, text: 'ok' });
  await post(url, new URLSearchParams({ payload: says('From a form') }));
  const ben = sandbox.person('ben');
  const message = await ben.sees('From the build', { in: 'general' });
  expect(message).toMatchObject({ botId: sandbox.app.botId });
  expect(message.ephemeralTo).toBeUndefined();
  await ben.sees('From a form', { in: 'general' });
});

test('webhookErrors, webhookGone: what cannot be posted is refused in a word', async () => {
  const sandbox = await start();
  const url = sandbox.addIncomingWebhook('random');
  const { invalid_payload, channel_is_archived } = limits.webhookErrors.value;
  for (const body of ['', 'hello', '7', 'null', 'payload=%7B'])
    expect(await post(url, body)).toMatchObject({ status: invalid_payload, text: 'invalid_payload' });
  expect(await post(url, '{}')).toMatchObject({ status: 400, text: 'no_text' });
  await sandbox.person('ana').archiveChannel('random');
  expect(await post(url, says('x'))).toMatchObject({ status: channel_is_archived, text: 'channel_is_archived' });
  const gone = { status: limits.webhookGone.value.no_service, text: 'no_service' };
  expect(await post(`${url}x`, says('x'))).toMatchObject(gone);
  sandbox.uninstallApp();
  expect(await post(url, says('x'))).toMatchObject(gone);
});

test('rateWebhook: one message a second, and who sends more is told how long to wait', async () => {
  const sandbox = await start();
  sandbox.setRateLimits('strict');
  const [one, other] = [sandbox.addIncomingWebhook('general'), sandbox.addIncomingWebhook('random')];
  const burst = await Promise.all(Array.from({ length: 3 }, () => post(one, says('again'))));
  expect(burst.filter(({ status }) => status === 200)).toHaveLength(limits.rateWebhook.value);
  const refused = burst.find(({ status }) => status === limits.rateAnswer.value.status);
  expect(Number(refused?.wait)).toBeGreaterThanOrEqual(1);
  expect((await post(other, says('elsewhere'))).status).toBe(200);
});

test('an address is kept with the workspace, and given only to an app with the scope for it', async () => {
  const sandbox = await start();
  const url = sandbox.addIncomingWebhook('general');
  await sandbox.load(JSON.parse(JSON.stringify(sandbox.save())));
  expect((await post(url, says('still there'))).text).toBe('ok');
  expect(() => sandbox.addIncomingWebhook('nowhere')).toThrow('there is no channel');
  await sandbox.close();
  const without = await start(['chat:write']);
  expect(() => without.addIncomingWebhook('general')).toThrow('no scope incoming-webhook');
});
