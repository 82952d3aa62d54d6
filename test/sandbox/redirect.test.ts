import { App, LogLevel } from '@slack/bolt';
import { afterEach, expect, test, vi } from 'vitest';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { manifest } from './running-app.ts';

const untouched = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = untouched;
  vi.unstubAllEnvs();
});

test('an app that knows of Slack alone lands in the local one, and reaches everything else as before', async () => {
  const sandbox = await startSandbox({ manifest, delivery: { kind: 'socket' } });
  vi.stubEnv('SLACK_API_URL', sandbox.apiUrl);
  const redirect = '../../sandbox/redirect.js';
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
