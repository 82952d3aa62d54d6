import https from 'node:https';
import { App, LogLevel } from '@slack/bolt';
import { afterEach, expect, test, vi } from 'vitest';
import { startSandbox } from '../start-sandbox.ts';
import { manifest } from './running-app.ts';

const untouched = globalThis.fetch;
const { request, get } = https;

afterEach(() => {
  globalThis.fetch = untouched;
  Object.assign(https, { request, get });
  vi.unstubAllEnvs();
});

test('an app that knows of Slack alone lands in the local one, and reaches everything else as before', async () => {
  const sandbox = await startSandbox({ manifest, delivery: { kind: 'socket' } });
  vi.stubEnv('SLACK_API_URL', sandbox.apiUrl);
  const redirect = '../redirect.js';
  await import(redirect);
  const { botToken: token, appToken } = sandbox;
  const app = new App({ token, appToken, socketMode: true, logLevel: LogLevel.ERROR });
  app.message('hello', async ({ say }) => void (await say('hello yourself')));
  await app.start();
  const ana = sandbox.person('ana');
  await ana.say('eng-stability', 'hello');
  await ana.sees('hello yourself');
  expect((await fetch(`${sandbox.origin}/clock`)).status).toBe(200);
  await app.stop();
  await sandbox.close();
});

/** As axios asks for @slack/web-api 7 and older. */
function askOverHttps(path: string, token: string): Promise<{ ok: boolean; user?: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, host: 'slack.com' };
    const options = { protocol: 'https:', hostname: 'slack.com', port: null, path, method: 'POST', headers };
    const request = https.request({ ...options, agent: new https.Agent() }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve(JSON.parse(text));
    });
    request.on('error', reject);
    request.end();
  });
}

test('so does one on an older SDK, which asks through https.request', async () => {
  const sandbox = await startSandbox({ manifest, delivery: { kind: 'socket' } });
  vi.stubEnv('SLACK_API_URL', sandbox.apiUrl);
  const redirect = '../redirect.js?again';
  await import(redirect);
  expect(await askOverHttps('/api/auth.test', sandbox.botToken)).toMatchObject({ ok: true, user: 'teapot' });
  await expect(askOverHttps('/api/auth.test', 'xoxb-other')).resolves.toMatchObject({ ok: false });
  const elsewhere = https.get('https://127.0.0.1:1/');
  await expect(new Promise((_, reject) => elsewhere.on('error', reject))).rejects.toThrow('ECONNREFUSED');
  await sandbox.close();
});
