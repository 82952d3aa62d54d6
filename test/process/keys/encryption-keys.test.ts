import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config.ts';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { keyRing, MissingKey } from '../../../src/db/engine/sealed.ts';
import { signalSources } from '../../../src/db/schema/signals.ts';
import { listKeysInUse, openSecrets, rekeySecrets, sealSecret } from '../../../src/db/signals/signal-secrets.ts';
import { hashOf, insertSignalSource } from '../../../src/db/signals/signal-sources.ts';
import { openKeyRing } from '../../../src/process/keys/encryption-keys.ts';
import { aProgram, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

const [first, second] = [randomBytes(32), randomBytes(32)];
const given = (...keys: Buffer[]) => ({ kind: 'given', keys }) as const;

describe.each(databases)('on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let directory: string;
  beforeEach(async () => {
    database = await open();
    db = database.db;
    directory = await mkdtemp(join(tmpdir(), 'burndown-keys-'));
  });
  afterEach(async () => {
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** Sources whose secrets an earlier version stored in clear. */
  async function sourcesInClear(count: number) {
    const program = await aProgram(db);
    for (let i = 0; i < count; i += 1) {
      const secrets = [
        { secret: `whsec_${i}`, expiresAt: null },
        { secret: `whsec_old_${i}`, expiresAt: '2026-12-24T00:00:00.000Z' },
      ];
      const what = { programId: program.id, kind: 'stripe', name: `S ${i}`, areaId: program.areaIds[0] ?? 0 } as const;
      const made = { severity: 'S3', mapping: null, createdBy: 'UANA', createdAt: MONDAY } as const;
      await insertSignalSource(db, { ...what, ...made, token: `token ${i}`, secrets });
    }
    return program;
  }

  const stored = async () => JSON.stringify(await db.select({ secrets: signalSources.secrets }).from(signalSources));

  it('secrets that were stored in clear are sealed by a start, and verify as before', async () => {
    const { workspaceId } = await sourcesInClear(3);
    const keys = await openKeyRing(given(first), db);
    expect(await stored()).not.toContain('whsec');
    const [row] = await db.select().from(signalSources).where(eq(signalSources.name, 'S 1'));
    const owner = { workspaceId, tokenHash: hashOf('token 1') };
    expect(openSecrets(keys, row?.secrets ?? [], owner, MONDAY)).toEqual(['whsec_1', 'whsec_old_1']);
    expect(row?.secrets.map(({ expiresAt }) => expiresAt)).toEqual([null, '2026-12-24T00:00:00.000Z']);
    expect(() => openSecrets(keys, row?.secrets ?? [], { ...owner, workspaceId: 'TOTHER' }, MONDAY)).toThrow();
  });

  it('a start without the key of what is stored is refused by the name of that key, and changes nothing', async () => {
    await sourcesInClear(1);
    await openKeyRing(given(first), db);
    const before = await stored();
    const wanted = keyRing([first]).currentId;
    await expect(openKeyRing(given(second), db)).rejects.toThrow(MissingKey);
    await expect(openKeyRing(given(second), db)).rejects.toThrow(wanted);
    const path = join(directory, 'encryption.key');
    await expect(openKeyRing({ kind: 'made', path }, db)).rejects.toThrow(wanted);
    await expect(stat(path)).rejects.toThrow('ENOENT');
    expect(await stored()).toBe(before);
    expect((await openKeyRing(given(second, first), db)).ids).toContain(wanted);
  });

  it('every secret is sealed with the current key, more of them than fit a batch, and none twice', async () => {
    await sourcesInClear(205);
    await openKeyRing(given(first), db);
    const both = await openKeyRing(given(second, first), db);
    expect(await rekeySecrets(db, both)).toBe(205);
    expect(await listKeysInUse(db)).toEqual([both.currentId]);
    expect(await rekeySecrets(db, both)).toBe(0);
    await openKeyRing(given(second), db);
  });

  it('a rekeying that was stopped goes on with what is left', async () => {
    const { workspaceId } = await sourcesInClear(4);
    await openKeyRing(given(first), db);
    const both = await openKeyRing(given(second, first), db);
    const secrets = [sealSecret(both, 'whsec_0', { workspaceId, tokenHash: hashOf('token 0') })];
    await db.update(signalSources).set({ secrets }).where(eq(signalSources.name, 'S 0'));
    expect(await rekeySecrets(db, both)).toBe(3);
    expect(await listKeysInUse(db)).toEqual([both.currentId]);
  });

  it('a key is made once, for its owner alone, and read from then on', async () => {
    const path = join(directory, 'encryption.key');
    const made = await openKeyRing({ kind: 'made', path }, db);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await openKeyRing({ kind: 'made', path }, db)).ids).toEqual(made.ids);
    expect((await openKeyRing({ kind: 'file', path }, db)).ids).toEqual(made.ids);
    expect(await readFile(path, 'utf8')).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
    await writeFile(path, 'not a key');
    await expect(openKeyRing({ kind: 'file', path }, db)).rejects.toThrow(ConfigError);
    await expect(openKeyRing({ kind: 'file', path: join(directory, 'none') }, db)).rejects.toThrow(
      'ENCRYPTION_KEY_FILE',
    );
  });
});
