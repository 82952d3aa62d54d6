import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { App, LogLevel } from '@slack/bolt';
import { afterEach, expect, test, vi } from 'vitest';
import { startSandbox } from '../start-sandbox.ts';
import { manifest } from './support/running-app.ts';

const untouched = globalThis.fetch;
const { request, get } = https;
const { writeHead, end } = http.ServerResponse.prototype;

afterEach(() => {
  globalThis.fetch = untouched;
  Object.assign(https, { request, get });
  Object.assign(http.ServerResponse.prototype, { writeHead, end });
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

test('the install page of an app leads a browser to the page on which people agree here, and nowhere else', async () => {
  vi.stubEnv('SLACK_API_URL', 'http://127.0.0.1:3100/api/');
  const redirect = '../redirect.js?browser';
  await import(redirect);
  const link = 'https://slack.com/oauth/v2/authorize?client_id=1';
  const app = http.createServer((request, response) => {
    if (request.url === '/direct') response.writeHead(302, { Location: link }).end();
    else if (request.url === '/other') response.end('<a href="https://slack.com/help">');
    else response.end(`<a href="${link}">Add to Slack</a>`);
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const here = 'http://127.0.0.1:3100/oauth/v2/authorize?client_id=1';
  expect(await (await fetch(`${origin}/install`)).text()).toBe(`<a href="${here}">Add to Slack</a>`);
  expect((await fetch(`${origin}/direct`, { redirect: 'manual' })).headers.get('location')).toBe(here);
  expect(await (await fetch(`${origin}/other`)).text()).toBe('<a href="https://slack.com/help">');
  await new Promise((resolve) => app.close(resolve));
});
