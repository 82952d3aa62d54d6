import { findSilence, listSilent, type SilentDefect, storeQuietHalvings } from '../../db/defects/silences.ts';
import { quietHalvings, silentSince } from '../../domain/defects/silence.ts';
import type { Db } from '../doing.ts';

/** So many are read and written by one statement each. */
const AT_ONCE = 1_000;

/**
 * Lowers the rank of open defects that stay silent, since an order that nobody reports into would otherwise stay as it was:
 * of one program, or of all. Only what it changes is written. Answers how many.
 */
export async function refreshRanks(
  db: Db,
  now: Date,
  { programId, atOnce = AT_ONCE }: { programId?: number; atOnce?: number } = {},
): Promise<number> {
  const lastSeenBefore = silentSince(now);
  let [afterId, changed] = [0, 0];
  for (;;) {
    const silent = await listSilent(db, { afterId, lastSeenBefore, limit: atOnce, programId }, now);
    const anew = silent.flatMap(changedBySilence);
    await storeQuietHalvings(db, anew, lastSeenBefore);
    changed += anew.length;
    const last = silent.at(-1);
    if (!last || silent.length < atOnce) return changed;
    afterId = last.id;
  }
}

/** What the silence of one defect costs it at this instant, in halvings. */
export async function measureQuiet(db: Db, defectId: number, now: Date): Promise<number> {
  const silence = await findSilence(db, defectId, now);
  return silence ? quietHalvings(silence) : 0;
}

function changedBySilence(defect: SilentDefect): SilentDefect[] {
  const now = quietHalvings(defect.silence);
  return now === defect.quietHalvings ? [] : [{ ...defect, quietHalvings: now }];
}
