import { and, asc, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../../src/db/engine/client.ts';
import { upsertWorkspace } from '../../../../src/db/programs/programs.ts';
import { listSchedules, updateSchedule } from '../../../../src/db/programs/schedules.ts';
import { outbox } from '../../../../src/db/schema/messages.ts';
import { occurrences } from '../../../../src/db/schema/rituals.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/domain/time/durations.ts';
import { runDueRituals } from '../../../../src/usecases/programs/rituals/run-rituals.ts';
import { startProgram } from '../../../../src/usecases/programs/start-program.ts';
import { databases } from '../../../databases.ts';

/** A Thursday; triage is due Mondays 10:00 and the digest Fridays 15:00, in New York. */
const THURSDAY = new Date('2026-10-22T12:00:00Z');
const FRIDAY_DIGEST = new Date('2026-10-23T19:00:00Z');
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

describe.each(databases)('on $name', ({ open }) => {
  let database: OpenDatabase;
  let counter = 0;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  async function aRunningProgram() {
    counter += 1;
    const workspaceId = `T${counter}RITUALS`;
    await upsertWorkspace(database.db, { id: workspaceId, name: 'Acme', botUserId: 'UBOT', createdAt: THURSDAY });
    const wanted = {
      workspaceId,
      channelId: 'C1',
      name: '#stability',
      timeZone: 'America/New_York',
      leadIds: ['ULEAD'],
    };
    const program = await startProgram(database.db, wanted, THURSDAY);
    const keys = async (ritual: string) => {
      const found = await database.db
        .select({ key: outbox.dedupeKey, body: outbox.body })
        .from(outbox)
        .where(and(eq(outbox.workspaceId, workspaceId), like(outbox.dedupeKey, `${ritual}:%`)))
        .orderBy(asc(outbox.id));
      return found;
    };
    const decided = async (ritual: string) => {
      const schedule = (await listSchedules(database.db, program.id)).find((one) => one.ritual === ritual);
      const found = await database.db
        .select()
        .from(occurrences)
        .where(eq(occurrences.scheduleId, schedule?.id ?? 0))
        .orderBy(asc(occurrences.dueAt));
      return found.map(({ dueAt, outcome }) => `${dueAt.toISOString()} ${outcome}`);
    };
    return { program, keys, decided };
  }

  const run = async (now: Date) => expect(await runDueRituals(database.db, now)).toEqual([]);

  it('a digest is posted once, at its instant, however often the heart beats', async () => {
    const { keys, decided } = await aRunningProgram();
    await run(later(FRIDAY_DIGEST, -1));
    expect(await keys('digest')).toHaveLength(0);
    for (const elapsedMs of [0, 15_000, 30_000]) await run(later(FRIDAY_DIGEST, elapsedMs));
    expect(await keys('digest')).toHaveLength(1);
    expect(await decided('digest')).toEqual([`${FRIDAY_DIGEST.toISOString()} on_time`]);
  });

  it('replicas that beat at the same moment post one digest between them', async () => {
    const { keys } = await aRunningProgram();
    await Promise.all(Array.from({ length: 4 }, () => run(FRIDAY_DIGEST)));
    expect(await keys('digest')).toHaveLength(1);
  });

  it('one that was missed by hours is posted late, and says so', async () => {
    const { keys, decided } = await aRunningProgram();
    await run(later(FRIDAY_DIGEST, 5 * HOUR_MS));
    const [digest] = await keys('digest');
    expect(JSON.stringify(digest?.body)).toMatch(/was due Fri 23 Oct, 15:00/);
    expect(await decided('digest')).toEqual([`${FRIDAY_DIGEST.toISOString()} late`]);
  });

  it('one that was missed by more than a day is recorded as missed and not posted', async () => {
    const { keys, decided } = await aRunningProgram();
    await run(later(FRIDAY_DIGEST, 25 * HOUR_MS));
    expect(await keys('digest')).toHaveLength(0);
    expect(await decided('digest')).toEqual([`${FRIDAY_DIGEST.toISOString()} missed`]);
  });

  it('the lead is told at once what was missed, once and in one message a ritual', async () => {
    const { keys } = await aRunningProgram();
    const monday = later(FRIDAY_DIGEST, 3 * DAY_MS + 19 * HOUR_MS);
    await run(monday);
    await run(later(monday, MINUTE_MS));
    const told = (await keys('missed')).map(({ body }) => body.text);
    expect(told).toEqual([
      expect.stringMatching(/^The digest of Fri 23 Oct, 15:00 was not posted: I was not running then/),
    ]);
  });

  it('a ritual comes back after a process whose clock was a month ahead has looked at everything', async () => {
    const { keys, decided } = await aRunningProgram();
    await run(later(FRIDAY_DIGEST, 28 * DAY_MS));
    const decidedAhead = (await decided('digest')).length;
    const posted = (await keys('digest')).length;
    // The digest of the first Friday was decided with the others; a later one that was not is due as ever.
    for (const elapsedMs of [0, 29 * DAY_MS, 35 * DAY_MS]) await run(later(FRIDAY_DIGEST, elapsedMs));
    expect((await decided('digest')).length).toBe(decidedAhead + 1);
    expect((await keys('digest')).length).toBe(posted + 1);
  });

  it('of weeks away only the last digest is posted, and every missed one is on record', async () => {
    const { keys, decided } = await aRunningProgram();
    const third = later(FRIDAY_DIGEST, 14 * DAY_MS + HOUR_MS);
    await run(third);
    expect(await keys('digest')).toHaveLength(1);
    expect((await decided('digest')).map((one) => one.split(' ')[1])).toEqual(['missed', 'missed', 'on_time']);
  });

  it('nothing that was due before the program began is made up for', async () => {
    const { decided } = await aRunningProgram();
    await run(later(THURSDAY, MINUTE_MS));
    expect(await decided('triage')).toEqual([]);
    expect(await decided('digest')).toEqual([]);
  });

  it('keeps 10:00 on the wall when the clocks go back', async () => {
    const { decided } = await aRunningProgram();
    // Daylight saving time ends in New York on Sunday 1 November 2026.
    for (const monday of ['2026-10-26T14:00:00Z', '2026-11-02T15:00:00Z']) await run(new Date(monday));
    expect(await decided('triage')).toEqual(['2026-10-26T14:00:00.000Z on_time', '2026-11-02T15:00:00.000Z on_time']);
  });

  it('a clock that is set back runs nothing twice', async () => {
    const { keys } = await aRunningProgram();
    await run(FRIDAY_DIGEST);
    await run(later(FRIDAY_DIGEST, -DAY_MS));
    await run(later(FRIDAY_DIGEST, MINUTE_MS));
    expect(await keys('digest')).toHaveLength(1);
  });

  it('a new cadence counts from when it was set', async () => {
    const { program, keys } = await aRunningProgram();
    const schedule = (await listSchedules(database.db, program.id)).find(({ ritual }) => ritual === 'digest');
    if (!schedule) throw new Error('no digest schedule');
    const wednesdays = { ...schedule.cadence, weekdays: [3], atLocalTime: '09:00' };
    await updateSchedule(database.db, program.id, 'digest', { cadence: wednesdays }, THURSDAY);
    await run(FRIDAY_DIGEST);
    expect(await keys('digest')).toHaveLength(0);
    await run(new Date('2026-10-28T13:00:00Z'));
    expect(await keys('digest')).toHaveLength(1);
  });

  it('a ritual that fails is tried again, and keeps no other from running', async () => {
    const { program, keys, decided } = await aRunningProgram();
    const schedule = (await listSchedules(database.db, program.id)).find(({ ritual }) => ritual === 'proof');
    if (!schedule) throw new Error('no schedule of the proofs');
    const broken = { ...schedule.cadence, timeZone: 'Mars/Olympus' };
    await updateSchedule(database.db, program.id, 'proof', { cadence: broken }, THURSDAY);
    const failures = await runDueRituals(database.db, FRIDAY_DIGEST);
    expect(failures.map(({ ritual }) => ritual)).toEqual(['proof']);
    expect(await keys('digest')).toHaveLength(1);
    await updateSchedule(database.db, program.id, 'proof', { cadence: schedule.cadence }, THURSDAY);
    await run(later(FRIDAY_DIGEST, MINUTE_MS));
    expect(await decided('proof')).toHaveLength(1);
  });
});
