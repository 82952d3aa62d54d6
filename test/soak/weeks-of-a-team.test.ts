import { expect, it } from 'vitest';
import { liveThrough } from '../../bench/seven-weeks/live.ts';
import { databases } from '../databases.ts';

const DAYS = 14;

it('what a team reads in two weeks is true at each step, and no two places contradict each other', async () => {
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  const { db, close } = await embedded.openNew();
  try {
    const lived = await liveThrough(db, DAYS, 3);
    expect([...lived.falses.keys()]).toEqual([]);
    expect([...lived.contradictions.keys()]).toEqual([]);
    // Nothing read is nothing held.
    for (const where of ['App Home', 'list', 'card', 'triage item', 'direct message', 'digest', 'thread of the digest'])
      expect(lived.claims.get(where) ?? 0, where).toBeGreaterThan(20);
    expect(lived.longestDigest).toBeLessThanOrEqual(120);
  } finally {
    await close();
  }
});
