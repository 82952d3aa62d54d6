import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../../src/db/engine/client.ts';
import { enqueuePost } from '../../../../src/db/messages/outbox.ts';
import { type Program, upsertWorkspace } from '../../../../src/db/programs/programs.ts';
import { outbox } from '../../../../src/db/schema/messages.ts';
import { occurrences } from '../../../../src/db/schema/rituals.ts';
import { people } from '../../../../src/db/schema/workspaces.ts';
import { nextDueAt } from '../../../../src/usecases/programs/rituals/next-due.ts';
import { runDueRituals } from '../../../../src/usecases/programs/rituals/run-rituals.ts';
import { startProgram } from '../../../../src/usecases/programs/start-program.ts';
import { databases } from '../../../databases.ts';

const THURSDAY = new Date('2026-10-22T12:00:00Z');
const HOUR_MS = 3_600_000;

describe.each(databases)('on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let program: Program;
  beforeEach(async () => {
    database = await open();
    db = database.db;
    await upsertWorkspace(db, { id: 'T1', name: 'Acme', botUserId: 'UBOT', createdAt: THURSDAY });
    const wanted = { workspaceId: 'T1', channelId: 'C1', name: '#stability', timeZone: 'America/New_York' };
    program = await startProgram(db, { ...wanted, leadIds: ['ULEAD'] }, THURSDAY);
  });
  afterEach(() => database.close());

  const nextDue = async (after: string) => (await nextDueAt(db, new Date(after))).toISOString();

  it.each([
    ['the digest of Friday, 15:00 in New York', '2026-10-23T18:59:00Z', '2026-10-23T19:00:00.000Z'],
    ['the triage of Monday, 10:00 in New York', '2026-10-26T13:59:00Z', '2026-10-26T14:00:00.000Z'],
    ['the reminders of the lead, 09:30 in New York', '2026-10-27T13:00:00Z', '2026-10-27T13:30:00.000Z'],
    ['nothing for six hours', '2026-10-23T19:00:00Z', '2026-10-24T01:00:00.000Z'],
  ])('next is %s', async (_what, after, expected) => {
    expect(await nextDue(after)).toBe(expected);
  });

  it('next is the morning of somebody who lives elsewhere', async () => {
    await db.insert(people).values({
      workspaceId: 'T1',
      userId: 'ULEAD',
      name: 'Lea',
      timeZone: 'Asia/Tokyo',
      isActive: true,
      refreshedAt: THURSDAY,
    });
    expect(await nextDue('2026-10-26T23:00:00Z')).toBe('2026-10-27T00:30:00.000Z');
  });

  it('next is a message that was written ahead', async () => {
    const runAt = new Date('2026-10-24T03:07:00Z');
    const post = { workspaceId: 'T1', programId: program.id, channel: 'C1', dedupeKey: 'ahead', runAt };
    await enqueuePost(db, { ...post, body: { text: 'Ahead', blocks: [] } });
    expect(await nextDue('2026-10-24T00:00:00Z')).toBe(runAt.toISOString());
    expect(await nextDue(runAt.toISOString())).not.toBe(runAt.toISOString());
  });

  it('whoever goes from due to due for a fortnight finds every ritual on time', async () => {
    const until = new Date(THURSDAY.getTime() + 14 * 24 * HOUR_MS);
    for (let now = await nextDueAt(db, THURSDAY); now < until; now = await nextDueAt(db, now))
      expect(await runDueRituals(db, now)).toEqual([]);
    const decided = await db.select().from(occurrences).orderBy(asc(occurrences.dueAt));
    expect(decided.length).toBeGreaterThanOrEqual(4);
    for (const { outcome, dueAt, decidedAt } of decided)
      expect({ outcome, decidedAt }).toEqual({ outcome: 'on_time', decidedAt: dueAt });
    const told = await db.select().from(outbox).where(eq(outbox.channel, 'ULEAD')).orderBy(asc(outbox.id));
    // The working day before a triage is a Friday, and their day begins at 9:30 in New York.
    for (const { dedupeKey, runAt } of told)
      if (dedupeKey.includes('facilitator')) expect(runAt.toISOString()).toMatch(/2026-10-23T13:30|2026-10-30T13:30/);
  });
});
