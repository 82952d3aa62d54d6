import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from '../../config.ts';
import type { Db } from '../../db/engine/client.ts';
import { syncPath } from '../../db/engine/embedded/sync-tree.ts';
import { KEY_BYTES, type KeyRing, keyRing, MissingKey } from '../../db/engine/sealed.ts';
import { sealClearSecrets } from '../../db/signals/signal-secrets.ts';
import { type KeySource, parseKeys } from './key-source.ts';
import { listSecretKeys } from './secret-keys.ts';

/**
 * The keys that secrets are sealed with. Throws MissingKey where the database holds values that none of them opens, and
 * seals what an earlier version stored in clear.
 */
export async function openKeyRing(source: KeySource, db: Db): Promise<KeyRing> {
  const inUse = await listSecretKeys(db);
  const keys = keyRing(await readKeys(source, inUse));
  const missing = inUse.filter((id) => !keys.ids.includes(id));
  if (missing.length > 0) throw new MissingKey(missing, keys.ids);
  await sealClearSecrets(db, keys);
  return keys;
}

async function readKeys(source: KeySource, inUse: readonly string[]): Promise<Buffer[]> {
  if (source.kind === 'given') return [...source.keys];
  const text = await readFile(source.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (source.kind === 'made' && error.code === 'ENOENT') return undefined;
    throw new ConfigError([`ENCRYPTION_KEY_FILE: ${source.path} cannot be read (${error.code}).`]);
  });
  if (text !== undefined) {
    const keys = parseKeys(text);
    if (keys) return keys;
    throw new ConfigError([`${source.path} must hold keys of 32 bytes in base64, one a line.`]);
  }
  // A new key would open none of them.
  if (inUse.length > 0) throw new MissingKey(inUse, []);
  const key = randomBytes(KEY_BYTES);
  await writeFile(source.path, `${key.toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true });
  await syncPath(dirname(source.path));
  return [key];
}
