import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { restore, saved } from './saved-state.ts';

// It holds the tokens.
const OWNER_ONLY = 0o600;
const DEBOUNCE_MS = 1_000;
const NOT_KEPT = new Set(['call', 'delivery', 'broken_rule', 'faults', 'sockets', 'clock']);

export type StateFile = { close(): Promise<void> };

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} is not a workspace that the sandbox saved`, { cause: error });
  }
}

/** Loads the workspace of an earlier run, and keeps the file up to date; a kill leaves the old file or the new, whole. */
export function openStateFile(engine: Engine, path: string): StateFile {
  const isNew = !existsSync(path);
  if (isNew) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  else {
    chmodSync(path, OWNER_ONLY);
    restore(engine, readJson(path));
  }
  let pauseMs = DEBOUNCE_MS;
  const write = () => {
    const startedAt = performance.now();
    const temporary = `${path}.new`;
    rmSync(temporary, { force: true });
    writeFileSync(temporary, JSON.stringify(saved(engine)), { mode: OWNER_ONLY });
    renameSync(temporary, path);
    // A large workspace is written less often, so that writing takes a twentieth of the time at most.
    pauseMs = Math.max(DEBOUNCE_MS, 20 * (performance.now() - startedAt));
  };
  let timer: NodeJS.Timeout | undefined;
  const stop = engine.onChange((change) => {
    if (timer || NOT_KEPT.has(change.kind)) return;
    timer = setTimeout(() => {
      timer = undefined;
      write();
    }, pauseMs);
  });
  if (isNew) write();
  return {
    async close() {
      stop();
      clearTimeout(timer);
      write();
    },
  };
}
