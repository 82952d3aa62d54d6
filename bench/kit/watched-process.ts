import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/** What a process holds in memory, now and at most, in MB. */
export type Memory = { resident: number; peak: number };

export type Watched = {
  pid: number;
  /** Resolves at the first line that it prints. */
  firstLine: Promise<string>;
  stop: () => Promise<void>;
};

const TICKS_PER_SECOND = 100;

/** Starts a script of this repository in a process of its own, which ends at SIGTERM. */
export function startWatched(script: string, args: readonly string[], env: Record<string, string>): Watched {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    firstLine: firstLineOf(child),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function firstLineOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(said.slice(0, said.indexOf('\n')));
    });
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it said a word.`)));
  });
}

/** As Linux counts it. */
export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1_024;
  return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** The processor time that a process has used so far, in seconds, its own and the kernel's for it. */
export function cpuSecondsOf(pid: number): number {
  return cpuSecondsIn(`/proc/${pid}/stat`);
}

/** The same of its main thread, which all of a start waits for. */
export function mainThreadSecondsOf(pid: number): number {
  return cpuSecondsIn(`/proc/${pid}/task/${pid}/stat`);
}

function cpuSecondsIn(file: string): number {
  // The name of the program stands in brackets and may hold spaces; the 14th and 15th fields are ticks.
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** The processes that a process has started and that still run. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}
