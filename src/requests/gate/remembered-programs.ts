import type { Db } from '../../db/engine/client.ts';
import { listProgramsAndAreas, type ProgramAndAreas } from '../../db/programs/programs.ts';
import type { ElapsedMs } from '../../domain/time/clock.ts';

/**
 * The programs of a workspace as they were last read, so that a form need not wait for the database. `changed` reads again
 * and answers where they are different by now: another process may have changed them. It asks at most once a second, and
 * whatever this process changes is forgotten at once.
 */
export type RememberedPrograms = {
  of: (workspaceId: string) => Promise<{ known: Programs; changed: () => Promise<Programs | null> }>;
  forget: () => void;
};

type Programs = readonly ProgramAndAreas[];

const FRESH_MS = 1_000;
const MOST_REMEMBERED = 500;

export function rememberPrograms(db: Db, elapsedMs: ElapsedMs): RememberedPrograms {
  let remembered = new Map<string, { known: Programs; readMs: number }>();

  async function read(workspaceId: string): Promise<Programs> {
    // What is read while something changes may be old already, so it goes into a map that was forgotten.
    const into = remembered;
    const readMs = elapsedMs();
    const known = await listProgramsAndAreas(db, workspaceId);
    if (into.size >= MOST_REMEMBERED) into.clear();
    into.set(workspaceId, { known, readMs });
    return known;
  }

  return {
    of: async (workspaceId) => {
      const entry = remembered.get(workspaceId);
      if (!entry) return { known: await read(workspaceId), changed: async () => null };
      const changed = async () => {
        if (elapsedMs() - entry.readMs < FRESH_MS) return null;
        const now = await read(workspaceId);
        return JSON.stringify(now) === JSON.stringify(entry.known) ? null : now;
      };
      return { known: entry.known, changed };
    },
    forget: () => {
      remembered = new Map();
    },
  };
}
