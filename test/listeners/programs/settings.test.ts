import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ModalView } from '../../../sandbox/model.ts';
import { findDefaultProgram } from '../../../src/db/programs/programs.ts';
import { listSchedules } from '../../../src/db/programs/schedules.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

const channel = '#eng-stability';

describe('/defect settings', () => {
  let running: RunningBot;
  beforeAll(async () => {
    const database = databases[1];
    if (!database) throw new Error('no PostgreSQL to test on');
    running = await startRunningBot({ database, transport: 'socket', startAt: new Date('2026-11-19T10:00:00Z') });
    await running.sandbox.person('ana').sees('Report what breaks', { in: channel });
  });
  afterAll(() => running.close());
  afterEach(async () => {
    const ana = running.sandbox.person('ana');
    if (ana.currentModal()) await ana.closeAll();
  });

  async function openSettings(): Promise<ModalView> {
    const ana = running.sandbox.person('ana');
    await ana.slash('/defect settings', { channel });
    return ana.modal('Program settings');
  }

  async function stored() {
    const program = await findDefaultProgram(running.db, 'THARBOUR0');
    if (!program) throw new Error('no program');
    const schedules = await listSchedules(running.db, program.id);
    const cadence = (ritual: string) => schedules.find((schedule) => schedule.ritual === ritual)?.cadence;
    return { program, triage: cadence('triage'), digest: cadence('digest'), reminders: cadence('reminders') };
  }

  it('moves the rituals, and the new times count from now on', async () => {
    const ana = running.sandbox.person('ana');
    const form = await openSettings();
    await ana.fill(form, {
      triage_day: ['Wednesday'],
      triage_time: '14:00',
      time_zone: 'Asia/Kathmandu',
      holidays: '2026-12-24, 2026-12-25',
      reminder_time: '08:15',
      charts: "as Slack's own charts",
    });
    await ana.submit(form);
    await ana.sees('The settings of the program are saved', { in: channel });
    const { program, triage, digest, reminders } = await stored();
    expect(triage).toMatchObject({ weekdays: [3], atLocalTime: '14:00', timeZone: 'Asia/Kathmandu' });
    expect(digest).toMatchObject({ weekdays: [5], timeZone: 'Asia/Kathmandu', holidays: ['2026-12-24', '2026-12-25'] });
    expect(reminders?.atLocalTime).toBe('08:15');
    expect(program.charts).toBe('native');
    expect(program.holidays).toEqual(['2026-12-24', '2026-12-25']);
  });

  it.each([
    [{ time_zone: 'Mars/Olympus' }, 'time_zone'],
    [{ time_zone: "'; drop table programs; --" }, 'time_zone'],
    [{ holidays: '2026-02-30' }, 'holidays'],
    [{ holidays: 'Christmas' }, 'holidays'],
    [{ holidays: Array.from({ length: 240 }, () => '2026-12-25').join(' ') }, 'holidays'],
  ])('%j is refused at its field, and nothing is changed', async (values, field) => {
    const before = await stored();
    const ana = running.sandbox.person('ana');
    const form = await openSettings();
    await ana.fill(form, values);
    const answer = await ana.submit(form);
    expect(Object.keys(answer.errors)).toEqual([field]);
    expect(answer.errors[field]).toMatch(/^[A-Z"'].*\.$/);
    expect(await stored()).toEqual(before);
  });

  it('are for leads and admins; anybody else is told whom to ask', async () => {
    const { program } = await stored();
    expect(program.leadIds).toHaveLength(1);
    const { sandbox } = running;
    const other = ['ben', 'chloe'].map((name) => sandbox.person(name)).find(({ id }) => !program.leadIds.includes(id));
    await other?.slash('/defect settings', { channel });
    await other?.sees('This is for the lead of #eng-stability. Ask', { in: channel });
  });
});
