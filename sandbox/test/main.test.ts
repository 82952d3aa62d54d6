// @module-tag slow
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { quietWorkspace } from './support/quiet-workspace.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

type Ready = { [key in 'apiUrl' | 'botToken' | 'appToken' | 'signingSecret' | 'pageUrl' | 'clockUrl']: string };

function start(args: string[], env = process.env) {
  child = spawn(process.execPath, [main, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('no pipes');
  let errors = '';
  stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const exit = new Promise<number | null>((resolve) => child?.once('exit', resolve));
  const ready = new Promise<Ready>((resolve) =>
    createInterface(stdout).once('line', (line) => resolve(JSON.parse(line))),
  );
  return { child, exit, ready, errors: () => errors };
}

const manifest = `
display_information: { name: Teapot }
features: { bot_user: { display_name: teapot } }
oauth_config: { scopes: { bot: [chat:write] } }
`;

test('one line on stdout says where everything is, and the end of stdin ends a child', async () => {
  const path = join(folder, 'manifest.yml');
  writeFileSync(path, manifest);
  const { child: process, exit, ready } = start(['--manifest', path, '--state', join(folder, 'state.json'), '--child']);
  const said = await ready;
  expect(said).toMatchObject({
    apiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/$/),
    appToken: expect.stringMatching(/^xapp-/),
    signingSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
    pageUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
    authorizationUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/v2\/authorize$/),
  });
  const client = new WebClient(said.botToken, { slackApiUrl: said.apiUrl });
  expect((await client.auth.test()).user).toBe('teapot');
  const clock = (await (await fetch(said.clockUrl)).json()) as { now: number; live: boolean };
  expect(clock.live).toBe(true);
  expect(Math.abs(clock.now - Date.now())).toBeLessThan(10_000);
  process.stdin?.end();
  expect(await exit).toBe(0);
});

test.each([[[]], [['--manifest', 'x', '--http', 'http://a', '--socket']], [['--manifest', 'x', '--port', 'many']]])(
  'arguments %j are answered with how to use it',
  async (args) => {
    const { exit, errors } = start(args);
    expect(await exit).toBe(2);
    expect(errors()).toContain('--manifest');
  },
);

test('paths are those of whoever types them, and a container gets addresses that it can reach', async () => {
  writeFileSync(join(folder, 'manifest.yml'), manifest);
  writeFileSync(join(folder, 'seed.yml'), 'credentials: { botToken: xoxb-fixed }');
  const options = ['--seed', 'seed.yml', '--host', '0.0.0.0', '--base-host', 'host.docker.internal'];
  const npm = { ...process.env, npm_lifecycle_event: 'sandbox', INIT_CWD: folder };
  const { exit, ready, child } = start(['--manifest', 'manifest.yml', ...options, '--rate-limits', 'strict'], npm);
  const said = await ready;
  expect(said.botToken).toBe('xoxb-fixed');
  expect(said.apiUrl).toMatch(/^http:\/\/host\.docker\.internal:\d+\/api\/$/);
  const reached = said.apiUrl.replace('host.docker.internal', '127.0.0.1');
  const statuses: number[] = [];
  for (let call = 0; call < 40; call += 1) {
    const headers = { authorization: `Bearer ${said.botToken}` };
    statuses.push((await fetch(`${reached}apps.uninstall`, { method: 'POST', headers })).status);
  }
  expect([statuses[0], statuses.at(-1)]).toEqual([200, 429]);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
});

test.each([
  ['display_information: {}', 'display_information.name is missing'],
  ['{', 'manifest.yml'],
])('the manifest %j is refused in words', async (text, words) => {
  const path = join(folder, 'manifest.yml');
  writeFileSync(path, text);
  const { exit, errors } = start(['--manifest', path]);
  expect(await exit).toBe(2);
  expect(errors()).toContain(words);
  expect(errors()).not.toContain('    at ');
});

test('an app can follow the clock: each step is an event of the stream', async () => {
  const { sandbox } = await quietWorkspace();
  const response = await fetch(`${sandbox.origin}/clock/stream`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => JSON.parse(String((await reader?.read())?.value).replace(/^data: /, ''));
  const first = (await next()) as { now: number };
  await sandbox.clock.step(3_600_000);
  expect(await next()).toEqual({ now: first.now + 3_600_000, live: false });
  await reader?.cancel();
  await sandbox.close();
});
