import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateDefect } from '../../../../src/db/defects/defects.ts';
import type { Db, OpenDatabase } from '../../../../src/db/engine/client.ts';
import { upsertPerson } from '../../../../src/db/people/people.ts';
import { listDueSchedules, listRemindingWorkspaces } from '../../../../src/db/programs/due-schedules.ts';
import { type Program, updateProgram } from '../../../../src/db/programs/programs.ts';
import { insertSchedule, listSchedules, updateSchedule } from '../../../../src/db/programs/schedules.ts';
import { schedules } from '../../../../src/db/schema/rituals.ts';
import { leaveWorkspaces } from '../../../../src/db/workspaces/served.ts';
import { defaultCadences } from '../../../../src/domain/programs/program-defaults.ts';
import { RITUALS } from '../../../../src/domain/vocabulary.ts';
import { reckonAnew, reckonNextDue } from '../../../../src/usecases/programs/rituals/reckon-next-due.ts';
import { runDueRituals } from '../../../../src/usecases/programs/rituals/run-rituals.ts';
import { aDefect, aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../../builders.ts';
import { databases } from '../../../databases.ts';

/** A Wednesday evening in Berlin, on which nothing is due. */
const EVENING = later(MONDAY, 2 * DAY_MS + 9 * HOUR_MS);
const BEAT_MS = 15_000;

describe.each(databases)('a beat, on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());

  async function aQuietProgram() {
    const program = await aProgram(db, { timeZone: 'Europe/Berlin' });
    const cadences = defaultCadences(program, '2026-08-24');
    for (const ritual of RITUALS)
      await insertSchedule(db, { programId: program.id, ritual, cadence: cadences[ritual], createdAt: MONDAY });
    const { id } = await aDefect(db, program);
    expect(await runDueRituals(db, EVENING)).toEqual([]);
    return { program, defectId: id };
  }
  const lookedAt = async ({ id }: Program, now: Date) =>
    (await listDueSchedules(db, now))
      .flatMap(({ schedule, program }) => (program.id === id ? schedule.ritual : []))
      .sort();
  const nextBeat = later(EVENING, BEAT_MS);

  it('looks at no program of which nothing is due', async () => {
    const { program } = await aQuietProgram();
    expect(await lookedAt(program, nextBeat)).toEqual([]);
    expect(await listRemindingWorkspaces(db, nextBeat)).not.toContain(program.workspaceId);
  });

  type Change = (program: Program, defectId: number) => Promise<unknown>;
  const person = { userId: 'UANA', name: 'Ana', isActive: true, refreshedAt: EVENING };
  it.each<[string, Change, string[]]>([
    ['a defect has an owner', (_, id) => updateDefect(db, id, { state: 'accepted', ownerId: 'UNEW' }), ['reminders']],
    ['somebody is asked', (_, id) => updateDefect(db, id, { askedUserId: 'UNEW', askedAt: EVENING }), ['reminders']],
    ['somebody leads', ({ id }) => updateProgram(db, id, { leadIds: ['UNEW'] }), ['reminders', 'triage']],
    ['the turn passes', ({ id }) => updateProgram(db, id, { facilitatorIds: ['UBEN'] }), ['reminders', 'triage']],
    ['a holiday comes', ({ id }) => updateProgram(db, id, { holidays: ['2026-11-26'] }), ['reminders', 'triage']],
    [
      'somebody is known who lives elsewhere',
      ({ workspaceId }) => upsertPerson(db, { ...person, workspaceId, timeZone: 'Asia/Tokyo' }),
      ['reminders', 'triage'],
    ],
  ])('looks again once %s', async (_what, change, rituals) => {
    const { program, defectId } = await aQuietProgram();
    await change(program, defectId);
    expect(await lookedAt(program, nextBeat)).toEqual(rituals);
    await runDueRituals(db, nextBeat);
    expect(await lookedAt(program, later(nextBeat, BEAT_MS))).toEqual([]);
  });

  it.each<[string, Change]>([
    ['nothing is said of anybody', (_, id) => updateDefect(db, id, { title: 'Another title' })],
    ['a defect loses its owner', (_, id) => updateDefect(db, id, { ownerId: null })],
    ['the program is only called otherwise', ({ id }) => updateProgram(db, id, { name: 'Otherwise' })],
  ])('does not look again where %s', async (_what, change) => {
    const { program, defectId } = await aQuietProgram();
    await change(program, defectId);
    expect(await lookedAt(program, nextBeat)).toEqual([]);
  });

  it('runs what a new cadence made due before the last look, however late that is told', async () => {
    const { program } = await aQuietProgram();
    const digest = (await listSchedules(db, program.id)).find(({ ritual }) => ritual === 'digest');
    if (!digest) throw new Error('no schedule of the digest');
    const cadence = { ...digest.cadence, weekdays: [3], atLocalTime: '19:00' };
    await updateSchedule(db, program.id, 'digest', { cadence }, later(EVENING, -HOUR_MS));
    // A look that began before the change ends after it.
    await reckonNextDue(db, digest.id, nextBeat);
    expect(await lookedAt(program, nextBeat)).toEqual(['digest']);
  });

  it('looks again at what a clock that was ahead has looked at', async () => {
    const { program } = await aQuietProgram();
    const [schedule] = await listSchedules(db, program.id);
    await reckonNextDue(db, schedule?.id ?? 0, later(EVENING, 30 * DAY_MS));
    expect(await lookedAt(program, nextBeat)).toEqual([schedule?.ritual]);
    await runDueRituals(db, nextBeat);
    expect(await lookedAt(program, later(nextBeat, BEAT_MS))).toEqual([]);
  });

  it('looks again at what was reckoned by other rules or with other time zones, once a process starts', async () => {
    const { program } = await aQuietProgram();
    await reckonAnew(db);
    expect(await lookedAt(program, nextBeat)).toEqual([]);
    await db.update(schedules).set({ reckonedBy: 'others' });
    await reckonAnew(db);
    expect(await lookedAt(program, nextBeat)).toHaveLength(5);
  });

  it('looks at nothing of a workspace that the app was taken away from', async () => {
    const { program } = await aQuietProgram();
    await leaveWorkspaces(db, { ids: [program.workspaceId] }, EVENING);
    expect(await lookedAt(program, later(EVENING, 10 * DAY_MS))).toEqual([]);
  });
});
