import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../../src/db/engine/client.ts';
import { keyRing } from '../../../src/db/engine/sealed.ts';
import { trackers } from '../../../src/db/schema/trackers.ts';
import {
  listTrackerKeysInUse,
  openTrackerSecret,
  openTrackerToken,
  rekeyTrackers,
} from '../../../src/db/trackers/tracker-secrets.ts';
import { connectTracker } from '../../../src/usecases/trackers/connect/change-tracker.ts';
import { aProgram, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

describe.each(databases)('the secrets of trackers on $name', ({ open }) => {
  let db: Db;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ db, close } = await open());
  });
  afterEach(() => close());

  it('are sealed anew with another key, and open for no other workspace or column', async () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const [before, both, after] = [keyRing([old]), keyRing([fresh, old]), keyRing([fresh])];
    const program = await aProgram(db);
    const { id } = await connectTracker(
      db,
      program,
      { kind: 'github', place: 'acme/api', webUrl: 'https://github.com/acme/api', account: 'acme-burndown' },
      { keys: before, token: 'the token', secret: 'the secret', address: 'the address' },
      { by: 'ULEAD', now: MONDAY },
    );
    expect(await listTrackerKeysInUse(db)).toEqual([before.currentId]);
    expect(await rekeyTrackers(db, both)).toBe(1);
    expect(await rekeyTrackers(db, both)).toBe(0);
    expect(await listTrackerKeysInUse(db)).toEqual([after.currentId]);
    const [row] = await db.select().from(trackers).where(eq(trackers.id, id));
    const owner = { workspaceId: program.workspaceId, addressHash: row?.addressHash ?? '' };
    const [token, secret] = [row?.sealedToken ?? '', row?.sealedSecret ?? ''];
    expect(openTrackerToken(after, token, owner)).toBe('the token');
    expect(openTrackerSecret(after, secret, owner)).toBe('the secret');
    expect(() => openTrackerToken(after, secret, owner)).toThrow();
    expect(() => openTrackerToken(after, token, { ...owner, workspaceId: 'TOTHER' })).toThrow();
  });
});
