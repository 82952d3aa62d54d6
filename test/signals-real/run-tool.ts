import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const READY_MS = 20_000;

/** A directory that is gone when `close` is called. */
export async function scratch(): Promise<{ path: string; close: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'signals-real-'));
  return { path, close: () => rm(path, { recursive: true, force: true }) };
}

/** Runs a tool to its end; what it says where it fails is part of the error. */
export async function runTool(command: string, parameters: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, [...parameters], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

export type Server = { origin: string; stop: () => Promise<void> };

/** Starts a server and waits until its `/-/ready` says so. A command may go by several names. */
export async function startServer(
  commands: readonly string[],
  parameters: readonly string[],
  port: number,
): Promise<Server> {
  const [command, ...others] = commands;
  if (!command)
    throw new Error('Install prometheus and prometheus-alertmanager: apt-get install them, as .ci/run does.');
  const child = spawn(command, [...parameters], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (text: Buffer) => void said.push(text.toString()));
  const isThere = await Promise.race([once(child, 'spawn').then(() => true), once(child, 'error').then(() => false)]);
  if (!isThere) return startServer(others, parameters, port);
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(`${origin}/-/ready`, child, said);
  return { origin, stop: () => stop(child) };
}

async function untilReady(url: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await wait(50);
  }
  await stop(child);
  throw new Error(`It did not get ready:\n${said.join('').slice(-4_000)}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([ended, wait(5_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
  await ended;
}
