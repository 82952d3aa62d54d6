import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { upsertPerson } from '../../../src/db/people/people.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { insertSchedule } from '../../../src/db/programs/schedules.ts';
import { settleNudges } from '../../../src/db/reminders/nudges.ts';
import { nudges } from '../../../src/db/schema/rituals.ts';
import { defaultCadences } from '../../../src/domain/programs/program-defaults.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { changeDue } from '../../../src/usecases/defects/change-defect.ts';
import { remindOwners } from '../../../src/usecases/reminders/remind-owners.ts';
import { snoozeDefect } from '../../../src/usecases/reminders/snooze-defect.ts';
import { aDefect, aProgram, DAY_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import type { ProgramInTest } from '../proof/fix-world.ts';
import { outgoing } from '../triage/triage-world.ts';

/** Wednesday, 09:30 in Berlin. */
const MORNING = new Date('2026-12-02T08:30:00Z');
const LONG_AGO = later(MORNING, -20 * DAY_MS);

function remind(db: Db, program: Program, now: Date): Promise<number> {
  return remindOwners(db, program, { localTime: '09:30', now });
}

/** Accepted by its owner some weeks ago, due the day before the morning. */
async function anOverdueDefect(db: Db, program: ProgramInTest, over: { ownerId?: string; title?: string } = {}) {
  const defect = await aDefect(db, program, { seenAt: LONG_AGO, filedAt: LONG_AGO, title: over.title ?? 'Late sync' });
  const acceptance = { dueOn: '2026-12-01', criteria: [], escape: 'unknown' as const };
  return acceptDefect(
    db,
    program,
    defect.number,
    { ...acceptance, ownerId: over.ownerId ?? 'UANA' },
    { by: over.ownerId ?? 'UANA', now: LONG_AGO },
  );
}

async function told(db: Db, program: Program, userId: string): Promise<string[]> {
  return (await outgoing(db, program)).filter(({ channel }) => channel === userId).map(({ body }) => body.text);
}

describe.each(databases)('reminders on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('are one message a person a day, with everything in it', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await anOverdueDefect(db, program);
    await anOverdueDefect(db, program);
    expect(await remind(db, program, later(MORNING, -1000))).toBe(0);
    expect(await remind(db, program, MORNING)).toBe(1);
    expect(await remind(db, program, later(MORNING, 15_000))).toBe(0);
    expect(await told(db, program, 'UANA')).toEqual([
      '2 defects in Launch stability wait for you. D-1 was due 1 Dec; D-2 was due 1 Dec',
    ]);
  });

  it('are one message for somebody in several programs, which names them', async () => {
    const { db } = database;
    const web = await aProgram(db, { name: 'Web' });
    const over = { workspaceId: web.workspaceId, channelId: 'C0MOBILE', isDefault: false };
    const mobile = await aProgram(db, { ...over, name: 'Mobile' });
    for (const program of [web, mobile]) {
      const cadence = defaultCadences(program, '2026-11-23').reminders;
      await insertSchedule(db, { programId: program.id, ritual: 'reminders', cadence, createdAt: LONG_AGO });
      await anOverdueDefect(db, program);
    }
    const sent = await Promise.all([web, mobile, web, mobile].map((program) => remind(db, program, MORNING)));
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(1);
    const [message, ...more] = (await outgoing(db, web)).filter(({ channel }) => channel === 'UANA');
    expect(more).toEqual([]);
    expect(message?.body.text).toMatch(/^2 defects in 2 programs wait for you\./);
    expect(message?.seen).toMatch(/\*Web\*.*\*Mobile\*|\*Mobile\*.*\*Web\*/);
    expect(await remind(db, mobile, later(MORNING, DAY_MS))).toBe(1);
    expect(await remind(db, web, later(MORNING, DAY_MS))).toBe(0);
  });

  it('wait a day where something comes up in another program after the message of today', async () => {
    const { db } = database;
    const web = await aProgram(db, { name: 'Web' });
    const over = { workspaceId: web.workspaceId, channelId: 'C0MOBILE', isDefault: false };
    const mobile = await aProgram(db, { ...over, name: 'Mobile' });
    await anOverdueDefect(db, web);
    await anOverdueDefect(db, mobile);
    expect(await remind(db, web, MORNING)).toBe(1);
    expect(await remind(db, mobile, MORNING)).toBe(0);
    expect(await remind(db, mobile, later(MORNING, DAY_MS))).toBe(1);
  });

  it('are written once however many replicas beat at the same moment', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await anOverdueDefect(db, program);
    const sent = await Promise.all([1, 2, 3, 4].map(() => remind(db, program, MORNING)));
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await told(db, program, 'UANA')).toHaveLength(1);
  });

  it("come in the morning of the owner's own zone", async () => {
    const { db } = database;
    const program = await aProgram(db);
    await anOverdueDefect(db, program, { ownerId: 'UANA' });
    await anOverdueDefect(db, program, { ownerId: 'UBEN' });
    const person = { workspaceId: program.workspaceId, name: 'Ben', refreshedAt: LONG_AGO };
    await upsertPerson(db, { ...person, userId: 'UBEN', timeZone: 'America/New_York' });
    await upsertPerson(db, { ...person, userId: 'UANA', timeZone: 'Mars/Olympus' });
    await remind(db, program, MORNING);
    expect([await told(db, program, 'UANA'), await told(db, program, 'UBEN')].map((all) => all.length)).toEqual([1, 0]);
    await remind(db, program, new Date('2026-12-02T14:30:00Z'));
    expect(await told(db, program, 'UBEN')).toHaveLength(1);
  });

  it('stop while the defect is snoozed and after its owner did something about it', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const [snoozed, moved] = [await anOverdueDefect(db, program), await anOverdueDefect(db, program)];
    const doing = { by: 'UANA', now: later(MORNING, -DAY_MS) };
    await snoozeDefect(db, program, snoozed.number, { untilOn: '2026-12-10', reason: 'Waits for Stripe' }, doing);
    await changeDue(db, program, moved.number, { dueOn: '2026-12-02', reason: 'Needs a day more' }, doing);
    expect(await remind(db, program, MORNING)).toBe(0);
    expect(await remind(db, program, new Date('2026-12-10T08:30:00Z'))).toBe(1);
  });

  it.each([
    ['today', '2026-12-02', 'Pick a day after today.'],
    ['a day in a year', '2027-12-02', 'Pick a day within 60 days.'],
    ['no day', 'soon', 'Pick the day on which reminders start again.'],
  ])('cannot be snoozed until %s', async (_, untilOn, words) => {
    const { db } = database;
    const program = await aProgram(db);
    const { number } = await anOverdueDefect(db, program);
    const snooze = snoozeDefect(db, program, number, { untilOn, reason: 'x' }, { by: 'UANA', now: MORNING });
    await expect(snooze).rejects.toThrow(words);
  });

  it('are known to have led to action once the owner acts before the next one', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOverdueDefect(db, program);
    await remind(db, program, MORNING);
    const acted = later(MORNING, 3_600_000);
    await changeDue(db, program, defect.number, { dueOn: '2026-12-09', reason: 'x' }, { by: 'UANA', now: acted });
    await settleNudges(db, program.id, later(MORNING, DAY_MS));
    const own = await db.select().from(nudges).where(eq(nudges.programId, program.id));
    expect(own.find(({ userId }) => userId === 'UANA')?.actedAt).toEqual(acted);
  });

  it('go to the lead instead after three that were ignored', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await anOverdueDefect(db, program, { title: 'Sync stops <!channel>' });
    for (const day of [0, 1, 2, 5]) await remind(db, program, later(MORNING, day * DAY_MS));
    expect(await told(db, program, 'UANA')).toHaveLength(3);
    const lead = (await outgoing(db, program)).filter(({ channel }) => channel === 'ULEAD');
    expect(lead).toHaveLength(1);
    expect(lead[0]?.seen).toContain('Its owner did not answer three reminders.');
    expect(lead[0]?.seen).toContain('<@UANA>');
    expect(lead[0]?.seen).toContain('Sync stops &lt;!channel&gt;');
  });
});
