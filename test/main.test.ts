// @module-tag slow
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../bench/kit/free-port.ts';
import { lockDirectory } from '../src/db/engine/embedded/directory-lock.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'burndown-main-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

const started: ChildProcess[] = [];
function start(env: Record<string, string>): ChildProcess {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN], { env: { PATH, DATA_DIR: directory, ...env } });
  started.push(child);
  return child;
}

async function ended(child: ChildProcess): Promise<{ code: number; said: string; complained: string }> {
  const heard = { said: '', complained: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    heard.said += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    heard.complained += chunk.toString();
  });
  const code = await new Promise<number>((resolve) => child.once('close', resolve));
  return { code, ...heard };
}

it('a start with half of its credentials says what is missing, and opens nothing', async () => {
  expect(await ended(start({ SLACK_APP_TOKEN: 'xapp-1' }))).toEqual({
    code: 1,
    said: '',
    complained: expect.stringContaining('SLACK_BOT_TOKEN is missing.'),
  });
});

it('a start says at once what it does, and in words that another process has the database', async () => {
  const lock = await lockDirectory(join(directory, 'database'));
  const refused = await ended(start({}));
  await lock.release();
  expect(refused).toMatchObject({
    code: 1,
    said: 'Opening the database…\n',
    complained: expect.stringContaining('is in use by process'),
  });
});

it('a start without credentials brings a workspace with a page, and all of it ends when told', async () => {
  const [port, sandboxPort, metricsPort] = [await freePort(), await freePort(), await freePort()];
  const child = start({ PORT: `${port}`, SANDBOX_PORT: `${sandboxPort}`, METRICS_PORT: `${metricsPort}` });
  const over = ended(child);
  const address = await new Promise<string>((resolve) =>
    child.stdout?.on('data', (chunk: Buffer) => {
      const [, said] = /Open (http:\S+)/.exec(chunk.toString()) ?? [];
      if (said) resolve(said);
    }),
  );
  expect(await (await fetch(address)).text()).toContain('<div id="root">');
  // A disk that is busy with something else may keep the database from answering at once.
  const readiness = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
  await expect.poll(readiness).toBe(200);
  expect(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).toContain('burndown_slack_connected 1');
  child.kill('SIGTERM');
  expect(await over).toMatchObject({ code: 0, complained: '' });
  await expect(fetch(address)).rejects.toThrow();
});
