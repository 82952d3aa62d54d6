import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { findPerson } from '../../../src/db/people/people.ts';
import { MINUTE_MS } from '../../../src/domain/time/durations.ts';
import { createLookupPauses, knowOwners } from '../../../src/usecases/people/know-person.ts';
import { aProgram, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

describe.each(databases)('on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('whoever Slack says nothing of is asked for after pauses that double, and keeps nobody else waiting', async () => {
    const { db } = database;
    const { workspaceId } = await aProgram(db, { leadIds: ['UGONE', 'UHERE'], facilitatorIds: [] });
    const pauses = createLookupPauses();
    const asked: string[] = [];
    const ask = async (userId: string) => {
      asked.push(userId);
      return userId === 'UGONE' ? null : { name: 'Here', timeZone: 'Asia/Tokyo', isActive: true };
    };
    const askedAfter = async (minutes: number) => {
      await knowOwners(db, workspaceId, later(MONDAY, minutes * MINUTE_MS), ask, pauses);
      return asked.splice(0).join(' ');
    };
    expect(await askedAfter(0)).toBe('UGONE UHERE');
    expect(await askedAfter(0.5)).toBe('');
    expect(await askedAfter(1)).toBe('UGONE');
    expect(await askedAfter(2)).toBe('');
    expect(await askedAfter(3)).toBe('UGONE');
    expect(await findPerson(db, workspaceId, 'UHERE')).toMatchObject({ timeZone: 'Asia/Tokyo' });
    expect(await findPerson(db, workspaceId, 'UGONE')).toBeNull();
    for (let hour = 1; hour < 100; hour += 1) await askedAfter(hour * 60);
    expect(await askedAfter((100 * HOUR_MS) / MINUTE_MS)).toBe('');
  });
});
