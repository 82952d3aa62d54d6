import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../../src/db/engine/client.ts';
import { listWholeAudit } from '../../../src/db/programs/audit.ts';
import { findProgram, type Program } from '../../../src/db/programs/programs.ts';
import { insertSchedule, listSchedules } from '../../../src/db/programs/schedules.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { defaultCadences } from '../../../src/domain/programs/program-defaults.ts';
import type { Settings } from '../../../src/domain/programs/settings.ts';
import { RITUALS } from '../../../src/domain/vocabulary.ts';
import { changeSettings } from '../../../src/usecases/programs/change-settings.ts';
import { readSettings } from '../../../src/usecases/programs/read-settings.ts';
import { aProgram, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

const doing = { by: 'ULEAD', now: MONDAY };
const tuesdays = { weekdays: [2], atLocalTime: '11:00', everyWeeks: 1 };

describe.each(databases)('settings on $name', ({ open }) => {
  let db: Db;
  let close: () => Promise<void>;
  let program: Program;
  beforeEach(async () => {
    ({ db, close } = await open());
    program = await aProgram(db);
    const cadences = defaultCadences(program, '2026-11-23');
    for (const ritual of RITUALS)
      await insertSchedule(db, { programId: program.id, ritual, cadence: cadences[ritual], createdAt: MONDAY });
  });
  afterEach(() => close());

  const change = async (patch: Partial<Settings>, answers = {}) => changeSettings(db, program, patch, doing, answers);
  const stored = async () => readSettings(db, (await findProgram(db, program.workspaceId, program.id)) ?? program);
  const posts = async () =>
    (await db.select().from(outbox)).map(({ channel, body }) => [channel, JSON.stringify(body)]);
  const cadenceOf = async (ritual: string) =>
    (await listSchedules(db, program.id)).find((schedule) => schedule.ritual === ritual)?.cadence;

  it('a triage that moves is told to whoever moved it and to the channel, with the next one', async () => {
    const words = 'Triage now opens Tuesdays at 11:00 (before: Mondays at 10:00). Next: Tue 24 Nov, 11:00.';
    expect(await change({ triage: tuesdays })).toEqual({ kind: 'saved', sentences: [words] });
    const [[channel, body] = []] = await posts();
    expect(channel).toBe(program.channelId);
    expect(body).toContain(words);
    expect(body).toContain('Changed in the settings by <@ULEAD>.');
  });

  it('the tranche review keeps half an hour ahead of a triage that moves', async () => {
    await change({ triage: tuesdays });
    expect(await cadenceOf('tranche_review')).toMatchObject({ weekdays: [2], atLocalTime: '10:30', everyWeeks: 4 });
    await change({ triage: { ...tuesdays, atLocalTime: '00:10' } });
    expect(await cadenceOf('tranche_review')).toMatchObject({ weekdays: [2], atLocalTime: '00:00' });
  });

  it('two saves in the same second are told twice', async () => {
    await change({ triage: tuesdays });
    await change({ reminderTime: '08:15' });
    expect(await posts()).toHaveLength(2);
  });

  it('what concerns only whoever sets it is not posted, and the same again is no change', async () => {
    expect(await change({ agendaLimit: 8 })).toEqual({
      kind: 'saved',
      sentences: ['A triage now takes up at most 8 items (before: 10).'],
    });
    expect(await change({ agendaLimit: 8 })).toEqual({ kind: 'saved', sentences: [] });
    expect(await posts()).toEqual([]);
    expect(await listWholeAudit(db, program.id)).toHaveLength(1);
  });

  it('working days that leave triage out are asked about before anything is changed', async () => {
    const before = await stored();
    const asked = await change({ workingDays: [4, 5] });
    expect(asked).toEqual({
      kind: 'asked',
      contradictions: [{ ritual: 'triage', weekday: 1, nextWorkingDay: 4 }],
    });
    expect(await stored()).toEqual(before);
    expect(await posts()).toEqual([]);
    expect(await listWholeAudit(db, program.id)).toEqual([]);
  });

  it('the answer moves triage, or keeps it where it is and does not ask again', async () => {
    await change({ workingDays: [4, 5] }, { triage: 'move' });
    expect((await stored()).triage).toMatchObject({ weekdays: [4], atLocalTime: '10:00' });
    const kept = await change({ triage: { weekdays: [1], atLocalTime: '10:00', everyWeeks: 1 } }, { triage: 'keep' });
    expect(kept.kind).toBe('saved');
    expect((await stored()).triage).toMatchObject({ weekdays: [1] });
    expect((await change({ agendaLimit: 5 })).kind).toBe('saved');
  });

  it('all that is wrong is said at once, each at its field', async () => {
    const wrong = change({ timeZone: 'Mars', holidays: ['Christmas'], workingDays: [] });
    await expect(wrong).rejects.toMatchObject({
      field: 'timeZone',
      others: {
        workingDays: 'Pick at least one working day.',
        holidays: '“Christmas” is no date. Write dates as 2026-12-25.',
      },
    });
  });

  it('whoever facilitates must be able to decide', async () => {
    await expect(change({ deciderIds: ['UANA'], facilitatorIds: ['UANA', 'UBEN'] })).rejects.toMatchObject({
      field: 'facilitators',
    });
    const saved = await change({ deciderIds: ['UANA'], facilitatorIds: ['UANA', 'ULEAD'] });
    expect(saved).toEqual({
      kind: 'saved',
      sentences: [
        'What becomes of a defect is now decided by <@UANA>.',
        '<@UANA> and <@ULEAD> now take turns to facilitate triage.',
      ],
    });
  });
});
