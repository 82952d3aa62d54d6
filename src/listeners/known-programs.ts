import type { ElapsedMs } from '../domain/clock.ts';
import type { Db } from '../usecases/doing.ts';
import { type ProgramAndAreas, programAndAreasOf } from '../usecases/find-program.ts';

/** Where somebody asks from. */
export type AskedFrom = { workspaceId: string; channelId?: string | undefined };

/**
 * The programs of channels as they were last read, so that a form need not wait for the database. `changed` reads again
 * and answers where it is different by now: another replica may have changed it. It asks at most once a second, and
 * whatever this process changes is forgotten at once.
 */
export type KnownPrograms = {
  of: (from: AskedFrom) => Promise<{ known: ProgramAndAreas; changed: () => Promise<ProgramAndAreas | null> }>;
  forget: () => void;
};

const FRESH_MS = 1_000;
const MOST_KNOWN = 500;

export function knowPrograms(db: Db, elapsedMs: ElapsedMs): KnownPrograms {
  let kept = new Map<string, { known: ProgramAndAreas; readMs: number }>();

  async function read(from: AskedFrom): Promise<ProgramAndAreas> {
    // What is read while something changes may be old already, so it goes into a map that was forgotten.
    const into = kept;
    const readMs = elapsedMs();
    const known = await programAndAreasOf(db, from.workspaceId, from.channelId);
    if (into.size >= MOST_KNOWN) into.clear();
    into.set(nameOf(from), { known, readMs });
    return known;
  }

  return {
    of: async (from) => {
      const entry = kept.get(nameOf(from));
      if (!entry) return { known: await read(from), changed: async () => null };
      const changed = async () => {
        if (elapsedMs() - entry.readMs < FRESH_MS) return null;
        const now = await read(from);
        return looksOf(now) === looksOf(entry.known) ? null : now;
      };
      return { known: entry.known, changed };
    },
    forget: () => {
      kept = new Map();
    },
  };
}

function nameOf({ workspaceId, channelId }: AskedFrom): string {
  return `${workspaceId} ${channelId ?? ''}`;
}

/** What a form shows of it. */
function looksOf({ program, areas }: ProgramAndAreas): string {
  return JSON.stringify([program.id, areas.map(({ id, name }) => [id, name])]);
}
