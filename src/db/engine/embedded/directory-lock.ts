import { link, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OperatorError } from '../../../domain/errors/operator-error.ts';

export type DirectoryLock = { release: () => Promise<void> };

/** Another process has the directory. */
export class DirectoryInUse extends OperatorError {}

/** Who holds a lock. Pid and start time together are never reused between two starts of a machine. */
type Holder = { host: string; boot: string; pid: number; startedAtTick: string };

/**
 * Makes this process the only one that uses the directory, or throws DirectoryInUse.
 * Each process announces itself in a file of its own beside the directory and then looks for others, so that of two at
 * least one sees the other. What a killed process left behind is removed; two that start at once may both be refused.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = resolve(directory);
  const prefix = `${basename(path)}.lock-`;
  const me = await describeProcess();
  const mine = join(dirname(path), `${prefix}${me.host}-${me.pid}-${me.startedAtTick}`);
  await announce(mine, me, path);
  try {
    for (const name of await readdir(dirname(path))) {
      const other = join(dirname(path), name);
      if (name.startsWith(prefix) && !name.endsWith('.part') && other !== mine) await clearOrRefuse(other, me, path);
    }
  } catch (error) {
    await remove(mine);
    throw error;
  }
  return { release: () => remove(mine) };
}

async function announce(file: string, me: Holder, path: string): Promise<void> {
  const part = `${file}.part`;
  await writeFile(part, JSON.stringify(me), { mode: 0o600 });
  try {
    // A link appears with its content, and only where nothing is yet.
    await link(part, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    throw new DirectoryInUse(`This process has opened ${path} already.`);
  } finally {
    await remove(part);
  }
}

async function clearOrRefuse(file: string, me: Holder, path: string): Promise<void> {
  const holder = await readHolder(file);
  if (!holder) return;
  if (holder.host !== me.host) {
    throw new DirectoryInUse(
      `${path} was opened on another machine, ${holder.host}, by process ${holder.pid}. ` +
        `The embedded database serves one process only. If that machine is gone, delete ${file} and start again.`,
    );
  }
  if (await isAlive(holder, me)) {
    throw new DirectoryInUse(
      `${path} is in use by process ${holder.pid}. The embedded database serves one process only: ` +
        'stop that process, or set DATABASE_URL to a PostgreSQL server to run several.',
    );
  }
  await remove(file);
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Holder;
  } catch {
    throw new DirectoryInUse(`${file} is no lock that this program wrote. Delete it if nothing uses the directory.`);
  }
}

async function isAlive(holder: Holder, me: Holder): Promise<boolean> {
  if (holder.boot !== me.boot) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
  }
  return (await startTick(holder.pid)) === holder.startedAtTick;
}

async function describeProcess(): Promise<Holder> {
  return {
    host: await readProc('/proc/sys/kernel/hostname'),
    boot: await readProc('/proc/sys/kernel/random/boot_id'),
    pid: process.pid,
    startedAtTick: await startTick(process.pid),
  };
}

// Field 22 of proc(5) stat; the second field, the command, may itself hold spaces and brackets.
async function startTick(pid: number): Promise<string> {
  const stat = await readProc(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

// Empty where there is no /proc: then the pid alone decides.
async function readProc(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}

async function remove(file: string): Promise<void> {
  await unlink(file).catch((error: unknown) => {
    if (!isCode(error, 'ENOENT')) throw error;
  });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
