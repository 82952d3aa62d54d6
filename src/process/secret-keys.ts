import type { Db } from '../db/engine/client.ts';
import type { KeyRing } from '../db/engine/sealed.ts';
import { listKeysInUse, rekeySecrets } from '../db/signals/signal-secrets.ts';
import { listTrackerKeysInUse, rekeyTrackers } from '../db/trackers/tracker-secrets.ts';

/** The ids of the keys that anything in the database is sealed with. */
export async function listSecretKeys(db: Db): Promise<string[]> {
  const ids = [...(await listKeysInUse(db)), ...(await listTrackerKeysInUse(db))];
  return [...new Set(ids)].sort();
}

/** Seals everything with the current key. Answers of how many sources and trackers. */
export async function resealAll(db: Db, keys: KeyRing): Promise<{ sources: number; trackers: number }> {
  return { sources: await rekeySecrets(db, keys), trackers: await rekeyTrackers(db, keys) };
}
