import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { findDefaultProgram, listPrograms } from '../../../src/db/programs/programs.ts';
import { listSchedules } from '../../../src/db/programs/schedules.ts';
import { listAreas } from '../../../src/usecases/doing.ts';
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

  const ana = () => running.sandbox.person('ana');
  const titled = (title: string) => (view: ModalView) => view.title?.text === title;
  const page = () => ana().modal(titled('Program settings'));
  const words = (view: ModalView) => JSON.stringify(view.blocks);

  async function openForm(action: string, title: string): Promise<ModalView> {
    await ana().slash('/defect settings', { channel });
    await ana().click(await page(), action);
    return ana().modal(titled(title));
  }

  async function stored() {
    const program = await findDefaultProgram(running.db, 'THARBOUR0');
    if (!program) throw new Error('no program');
    const schedules = await listSchedules(running.db, program.id);
    const cadence = (ritual: string) => schedules.find((schedule) => schedule.ritual === ritual)?.cadence;
    return { program, triage: cadence('triage'), digest: cadence('digest'), reminders: cadence('reminders') };
  }

  it('moves the rituals, says so on its page and in the channel, and the new times count from now on', async () => {
    const form = await openForm('open_rituals', 'Rituals');
    await ana().fill(form, {
      triage_day: ['Wednesday'],
      triage_time: '14:00',
      reminder_time: '08:15',
      charts: "as Slack's own charts",
    });
    await ana().submit(form);
    const said = 'Triage now opens Wednesdays at 14:00 (before: Mondays at 10:00).';
    await expect.poll(async () => words(await page())).toContain(said);
    await ana().sees(said, { in: channel });
    const { program, triage, digest, reminders } = await stored();
    expect(triage).toMatchObject({ weekdays: [3], atLocalTime: '14:00' });
    expect(digest).toMatchObject({ weekdays: [5], atLocalTime: '15:00' });
    expect(reminders?.atLocalTime).toBe('08:15');
    expect(program.charts).toBe('native');
  });

  it('sets the calendar of all rituals', async () => {
    const form = await openForm('open_calendar', 'Calendar');
    await ana().fill(form, { time_zone: 'Asia/Kathmandu', holidays: '2026-12-25, 2026-12-24' });
    await ana().submit(form);
    await ana().sees('The program now runs on the clock of Asia/Kathmandu', { in: channel });
    const { program, digest } = await stored();
    expect(digest).toMatchObject({ timeZone: 'Asia/Kathmandu', holidays: ['2026-12-24', '2026-12-25'] });
    expect(program.holidays).toEqual(['2026-12-24', '2026-12-25']);
  });

  it.each([
    [{ time_zone: 'Mars/Olympus' }, 'time_zone'],
    [{ time_zone: "'; drop table programs; --" }, 'time_zone'],
    [{ holidays: '2026-02-30' }, 'holidays'],
    [{ holidays: 'Christmas' }, 'holidays'],
    [{ holidays: Array.from({ length: 210 }, (_, i) => `${2000 + i}-01-01`).join(' ') }, 'holidays'],
  ])('%o is refused at its field, and nothing is changed', async (values, field) => {
    const before = await stored();
    const form = await openForm('open_calendar', 'Calendar');
    await ana().fill(form, values);
    const answer = await ana().submit(form);
    expect(Object.keys(answer.errors)).toEqual([field]);
    expect(answer.errors[field]).toMatch(/^[A-Z“].*\.$/);
    expect(answer.errors[field]).not.toMatch(/timeZone|holidays:|weekdays|workingDays/);
    expect(await stored()).toEqual(before);
  });

  it('asks what to do with a digest on a day that is no working day, and does what is answered', async () => {
    const form = await openForm('open_calendar', 'Calendar');
    await ana().fill(form, { working_days: ['Monday', 'Tuesday', 'Wednesday'] });
    expect((await ana().submit(form)).kind).toBe('updated');
    const asked = await ana().modal(titled('Calendar'));
    expect(words(asked)).toContain('The digest is on Friday, which is no working day. What shall it be?');
    expect((await stored()).digest).toMatchObject({ weekdays: [5], workingDays: [1, 2, 3, 4, 5] });
    await ana().fill(asked, { move_digest: 'Move it to Monday' });
    await ana().submit(asked);
    await ana().sees('The digest now comes Mondays at 15:00 (before: Fridays at 15:00)', { in: channel });
    expect((await stored()).digest).toMatchObject({ weekdays: [1], workingDays: [1, 2, 3] });
  });

  it('proposes facilitators from the channel while only the lead facilitates, and sets nobody before it is saved', async () => {
    const before = await stored();
    const form = await openForm('open_people', 'People and roles');
    expect(words(form)).toContain('Proposed from the channel');
    const proposed = JSON.parse(
      /"initial_users":(\[[^\]]*\]),"type":"multi_users_select"/.exec(words(form))?.[1] ?? '[]',
    );
    expect(proposed).toBeDefined();
    expect((await stored()).program.facilitatorIds).toEqual(before.program.facilitatorIds);
    await ana().submit(form);
    await ana().sees('now take turns to facilitate triage', { in: channel });
    const { facilitatorIds, leadIds } = (await stored()).program;
    expect(facilitatorIds[0]).toBe(leadIds[0]);
    expect(facilitatorIds.length).toBeGreaterThan(1);
    for (const id of facilitatorIds)
      expect(running.sandbox.user(id)).toMatchObject({ isBot: false, team: running.sandbox.team.id });
  });

  it('adds an area, renames it, and retires it into another one', async () => {
    await ana().slash('/defect settings', { channel });
    await ana().click(await page(), 'open_areas');
    await ana().click(await ana().modal(titled('Areas')), 'add_area');
    const adding = await ana().modal(titled('New area'));
    await ana().fill(adding, { name: 'Billing' });
    expect((await ana().submit(adding)).errors).toEqual({ name: 'There is an area billing already.' });
    await ana().fill(adding, { name: 'onboarding', labels: 'signup' });
    await ana().submit(adding);
    await ana().sees('There is a new area, onboarding.', { in: channel });
    const { program } = await stored();
    const idOf = async (name: string) =>
      (await listAreas(running.db, program.id)).find((area) => area.name === name)?.id;
    const value = String(await idOf('onboarding'));
    await expect.poll(async () => words(await ana().modal(titled('Areas')))).toContain('onboarding');
    await ana().click(await ana().modal(titled('Areas')), { actionId: 'open_area', value });
    const renaming = await ana().modal(titled('Area'));
    await ana().fill(renaming, { name: 'first day' });
    await ana().submit(renaming);
    await ana().sees('The area onboarding is now called first day.', { in: channel });
    await expect.poll(async () => words(await ana().modal(titled('Areas')))).toContain('first day');
    await ana().click(await ana().modal(titled('Areas')), { actionId: 'open_area', value });
    await ana().click(await ana().modal(titled('Area')), 'open_retire_area');
    const retiring = await ana().modal(titled('Retire an area'));
    await ana().fill(retiring, { into: 'billing' });
    await ana().submit(retiring);
    await ana().sees('The area first day is retired into billing.', { in: channel });
    expect(await idOf('first day')).toBeUndefined();
  });

  it('gives the program a name of its own, and takes it back', async () => {
    const form = await openForm('open_program_form', 'Program');
    await ana().fill(form, { name: 'Launch stability' });
    await ana().submit(form);
    await expect
      .poll(async () => (await stored()).program)
      .toMatchObject({ name: 'Launch stability', nameFollowsChannel: false });
    await ana().closeAll();
    const again = await openForm('open_program_form', 'Program');
    await ana().fill(again, { name: '' });
    await ana().submit(again);
    await expect
      .poll(async () => (await stored()).program)
      .toMatchObject({ name: '#eng-stability', nameFollowsChannel: true });
  });

  it('are for leads and admins; anybody else is told whom to ask', async () => {
    const { program } = await stored();
    expect(program.leadIds).toHaveLength(1);
    const { sandbox } = running;
    const other = ['ben', 'chloe'].map((name) => sandbox.person(name)).find(({ id }) => !program.leadIds.includes(id));
    await other?.slash('/defect settings', { channel });
    await other?.sees('This is for the lead of #eng-stability. Ask', { in: channel });
  });

  it('moves the program to another channel, where the bot and the lead must be, and tells both', async () => {
    const form = await openForm('open_program_form', 'Program');
    await ana().fill(form, { channel: 'general' });
    expect((await ana().submit(form)).errors).toEqual({
      channel: 'I am not in that channel. Invite me there with /invite, then save again.',
    });
    running.sandbox.addChannel({ name: 'reliability', members: ['ana', 'ben'] });
    await ana().invite('reliability', 'burndown');
    await ana().sees('Report what breaks', { in: 'reliability' });
    await ana().fill(form, { channel: 'reliability' });
    await ana().submit(form);
    await ana().sees('The stability program of this channel has moved to', { in: channel });
    await ana().sees('is in this channel from now on', { in: 'reliability' });
    const { program } = await stored();
    expect(program).toMatchObject({ name: '#reliability', channelId: running.sandbox.channel('reliability')?.id });
    expect(await listPrograms(running.db)).toHaveLength(1);
  });
});
