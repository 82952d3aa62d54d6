import type { Storage } from '../../config.ts';
import { ConfigError, MISSING_KEY } from '../../config.ts';
import { counted } from '../../domain/text/counted.ts';
import { openExisting } from '../open-existing.ts';
import type { Terminal } from '../terminal.ts';
import { openKeyRing } from './encryption-keys.ts';
import { listSecretKeys, resealAll } from './secret-keys.ts';

/** Seals every secret with the first of the keys given. Stopped in the middle, it goes on when it is run again. */
export async function rekey({ database, keys: source }: Storage, { say, complain }: Terminal): Promise<void> {
  if (!source) throw new ConfigError([MISSING_KEY]);
  const { db, close } = await openExisting(database, { tell: complain });
  try {
    const keys = await openKeyRing(source, db);
    const { sources, trackers, installations } = await resealAll(db, keys);
    const others = keys.ids.filter((id) => id !== keys.currentId);
    say(
      `The secrets of ${counted(sources, 'source')}, ${counted(trackers, 'tracker')} and ${counted(installations, 'installation')} were sealed anew with the key ${keys.currentId}. ` +
        `In use now: ${(await listSecretKeys(db)).join(', ') || 'none'}.`,
    );
    if (others.length > 0) say(`Only backups from before need ${others.join(' and ')} still.`);
  } finally {
    await close();
  }
}
