import type { Db } from '../../db/engine/client.ts';
import type { KeyRing } from '../../db/engine/sealed.ts';
import { listKeysInUse, rekeySecrets } from '../../db/signals/signal-secrets.ts';
import { listTrackerKeysInUse, rekeyTrackers } from '../../db/trackers/tracker-secrets.ts';
import { listInstallationKeysInUse, rekeyInstallations } from '../../db/workspaces/installations.ts';

/** The ids of the keys that anything in the database is sealed with. */
export async function listSecretKeys(db: Db): Promise<string[]> {
  const lists = [listKeysInUse, listTrackerKeysInUse, listInstallationKeysInUse];
  const ids = (await Promise.all(lists.map((list) => list(db)))).flat();
  return [...new Set(ids)].sort();
}

/** Seals everything with the current key. Answers of how many sources, trackers and installations. */
export async function resealAll(
  db: Db,
  keys: KeyRing,
): Promise<{ sources: number; trackers: number; installations: number }> {
  return {
    sources: await rekeySecrets(db, keys),
    trackers: await rekeyTrackers(db, keys),
    installations: await rekeyInstallations(db, keys),
  };
}
