// @module-tag slow
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DirectoryInUse, lockDirectory } from '../../../../src/db/engine/embedded/directory-lock.ts';

const MODULE = fileURLToPath(new URL('../../../../src/db/engine/embedded/directory-lock.ts', import.meta.url));
const HOLD = `const { lockDirectory } = await import(${JSON.stringify(MODULE)});
try { await lockDirectory(process.argv[1]); process.stdout.write('locked'); setInterval(() => {}, 1000); }
catch (error) { process.stdout.write(error.name + ': ' + error.message); }`;

let parent: string;
let data: string;
let children: ChildProcess[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'burndown lock '));
  data = join(parent, 'data');
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map(end));
  await rm(parent, { recursive: true });
});

/** A real process that tries to take the directory, and what it says. */
async function anotherProcess(): Promise<{ child: ChildProcess; says: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLD, data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [said] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer];
  return { child, says: said.toString() };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

it('refuses a second process in words while the first one lives, and stays with the first', async () => {
  const first = await anotherProcess();
  expect(first.says).toBe('locked');
  const second = await anotherProcess();
  expect(second.says).toContain(`DirectoryInUse: ${data} is in use by process ${first.child.pid}.`);
  expect(second.says).toContain('set DATABASE_URL');
  expect((await anotherProcess()).says).toContain(`process ${first.child.pid}`);
});

it('takes over at once what a kill -9 left behind', async () => {
  const first = await anotherProcess();
  await end(first.child);
  expect(await readdir(parent)).toHaveLength(1);
  expect((await anotherProcess()).says).toBe('locked');
  expect(await readdir(parent)).toHaveLength(1);
});

it('lets no two of many that start at once have it', async () => {
  const said = await Promise.all(Array.from({ length: 6 }, anotherProcess));
  expect(said.filter(({ says }) => says === 'locked').length).toBeLessThanOrEqual(1);
  await Promise.all(children.map(end));
  expect((await anotherProcess()).says).toBe('locked');
});

it('leaves nothing behind after a release, and can be taken again', async () => {
  const lock = await lockDirectory(data);
  await lock.release();
  await lock.release();
  expect(await readdir(parent)).toEqual([]);
  await (await lockDirectory(data)).release();
});

it('refuses the same process a second time', async () => {
  const lock = await lockDirectory(data);
  await expect(lockDirectory(`${data}/`)).rejects.toThrow(DirectoryInUse);
  await lock.release();
});

it('does not mistake another process with the same pid for the holder', async () => {
  const lock = await lockDirectory(data);
  const [name = ''] = await readdir(parent);
  const holder = JSON.parse(await readFile(join(parent, name), 'utf8'));
  await lock.release();
  await writeFile(join(parent, 'data.lock-reused'), JSON.stringify({ ...holder, startedAtTick: '1' }));
  await writeFile(join(parent, 'data.lock-rebooted'), JSON.stringify({ ...holder, boot: 'an earlier one' }));
  const taken = await lockDirectory(data);
  expect(await readdir(parent)).toHaveLength(1);
  await taken.release();
});

it('never takes a directory from another machine, and says which file to delete', async () => {
  const file = join(parent, 'data.lock-elsewhere');
  await writeFile(file, JSON.stringify({ host: 'pod-7', boot: 'b', pid: 1, startedAtTick: '5' }));
  await expect(lockDirectory(data)).rejects.toThrow(`delete ${file} and start again`);
  expect(await readdir(parent)).toEqual(['data.lock-elsewhere']);
});

it('does not throw away a lock file that it cannot read', async () => {
  await writeFile(join(parent, 'data.lock-strange'), 'not json');
  await expect(lockDirectory(data)).rejects.toThrow('data.lock-strange is no lock that this program wrote');
});

it('does not take the lock of a neighbour for its own', async () => {
  const neighbour = await lockDirectory(join(parent, 'data2'));
  const own = await lockDirectory(data);
  await own.release();
  await neighbour.release();
});
