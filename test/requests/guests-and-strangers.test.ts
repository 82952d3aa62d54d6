import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModalView } from '../../sandbox/state/model.ts';
import { GATE_WORDS } from '../../src/blocks/people/gate-words.ts';
import { listReports } from '../../src/db/reports/reports.ts';
import { sendAs } from '../send-as.ts';
import { channel, type PeopleWorld, showing, startWithDefect } from './people-world.ts';

const titled = (title: string) => (view: ModalView) => view.title?.text === title;

describe('guests', () => {
  let world: PeopleWorld;
  beforeAll(async () => {
    world = await startWithDefect();
    world.sandbox.addPerson({ name: 'gus', role: 'guest', channels: ['eng-stability', 'random'] });
    world.sandbox.addPerson({ name: 'gia', role: 'guest', channels: ['random'] });
  });
  afterAll(() => world.running.close());

  it('in the channel read and report', async () => {
    await world.asks('gus', 'list', showing('Vault'));
    const gus = world.sandbox.person('gus');
    await gus.slash('/defect Badge printer is offline', { channel });
    const form = await gus.modal(titled('Report a defect'));
    await gus.fill(form, { area: 'billing' });
    await gus.submit(form);
    await gus.closeAll();
    const [report] = await listReports(world.db, (await world.defect(2)).id);
    expect(report?.reporterId).toBe(gus.id);
  });

  it('in the channel decide nothing', async () => {
    for (const text of ['accept 1', 'tickets 1 3', 'merge 1 into 2', 'triage now', 'rule 1 "vault"', 'export'])
      await world.asks('gus', text, 'Guests read and report');
    await world.asks('gus', 'settings', 'This is for');
    const window = { callbackId: 'reason', metadata: '{"ref":"1","kind":"dismiss"}', values: {} };
    expect(await sendAs(world.running, 'gus', { kind: 'form', window })).toContain('Guests read and report');
    expect(await world.defect()).toMatchObject({ state: 'new', ticketTotal: 0 });
  });

  it('outside of it have no program at all', async () => {
    for (const text of ['list', 'show 1', 'accept 1', 'Something new has broken'])
      await world.asks('gia', text, GATE_WORDS.noProgram, '#random');
    const window = { callbackId: 'reason', metadata: `{"ref":"${world.program.id}.1","kind":"dismiss"}`, values: {} };
    expect(await sendAs(world.running, 'gia', { kind: 'form', window })).toContain(GATE_WORDS.notNamed);
    expect((await world.defect()).state).toBe('new');
  });

  it('can be owners where they see the program, and nobody can who does not', async () => {
    await world.asks('ben', 'assign 1 @gia', 'This person cannot see #eng-stability');
    expect((await world.defect()).ownerId).toBeNull();
    const { sandbox } = world;
    const ben = sandbox.person('ben');
    await ben.slash('/defect accept 1', { channel });
    const form = await ben.modal(titled('Accept'));
    await ben.fill(form, { owner: 'gia', due: '2026-12-04' });
    expect((await ben.submit(form)).errors).toEqual({ owner: expect.stringContaining('cannot see') });
    await ben.click(form, 'judge_fix');
    const whole = await ben.modal(({ blocks }) => JSON.stringify(blocks).includes('second_person'));
    await ben.fill(whole, { owner: 'ben', second_person: 'gia' });
    expect((await ben.submit(whole)).errors).toEqual({ second_person: expect.stringContaining('cannot see') });
    await ben.closeAll();
    expect((await world.defect()).state).toBe('new');

    const ana = sandbox.person('ana');
    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_people');
    const people = await ana.modal(titled('People and roles'));
    for (const field of ['leads', 'deciders', 'facilitators']) {
      await ana.fill(people, { [field]: ['gia'] });
      expect((await ana.submit(people)).errors).toEqual({ [field]: expect.stringContaining('cannot see') });
      await ana.fill(people, { [field]: [] });
    }
    await ana.closeAll();
    await world.asks('ben', 'assign 1 @gus', 'has its owner');
  });
});

describe('people of another organisation in a shared channel', () => {
  let world: PeopleWorld;
  beforeAll(async () => {
    world = await startWithDefect();
    world.sandbox.shareChannel('eng-stability', 'Northwind');
    world.sandbox.addPerson({ name: 'nia', from: 'Northwind', channels: ['eng-stability'] });
  });
  afterAll(() => world.running.close());

  async function letReport(what: 'report' | 'nothing') {
    const ana = world.sandbox.person('ana');
    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_people');
    const form = await ana.modal(titled('People and roles'));
    await ana.fill(form, { strangers: what });
    expect((await ana.submit(form)).kind).toBe('closed');
    await ana.closeAll();
  }
  const nia = () => world.sandbox.person('nia');
  const greeting = () => nia().sees(({ text }) => text.includes('report what breaks'), { in: channel });

  it('are refused until the lead lets them report', async () => {
    await nia().click(await greeting(), 'file_defect');
    await nia().sees(GATE_WORDS.noProgram, { in: channel });
    expect(nia().currentModal()).toBeUndefined();
  });

  it('report by the button of the greeting, see what became of it, and nothing else', async () => {
    await letReport('report');
    await nia().click(await greeting(), 'file_defect');
    const form = await nia().modal(titled('Report a defect'));
    await nia().fill(form, { title: 'Vault keys leak at rotation', area: 'billing' });
    expect(JSON.stringify(await nia().modal(titled('Report a defect')))).not.toContain('D-1');
    const { delivery } = await nia().submit(form);
    expect(delivery.outcome).toBe('acked');
    expect(JSON.stringify(delivery.ackBody)).toContain('filed under *D-2*');
    expect(JSON.stringify(delivery.ackBody)).not.toContain('D-1');
    await nia().closeAll();

    const filed = await nia().sees('Your report is filed under D-2', { in: 'burndown' });
    await nia().click(filed, 'report_outcome');
    await nia().sees('D-2: It waits for a decision.', { in: 'burndown' });

    const { running, program, sandbox } = world;
    const channelId = sandbox.channel('eng-stability')?.id ?? '';
    for (const actionId of ['show_defect', 'accept', 'still_seeing', 'undo_merge']) {
      sandbox.audit.clear();
      await sendAs(running, 'nia', { kind: 'click', actionId, value: `${program.id}.2`, channelId });
      const said = JSON.stringify(sandbox.audit.calls().map(({ args }) => args));
      expect(said).toContain('People of other organisations can report here, and nothing else.');
      expect(said).not.toContain('Vault');
    }
    sandbox.audit.clear();
    const other = { kind: 'click', actionId: 'report_outcome', value: `${program.id}.1`, channelId } as const;
    await sendAs(running, 'nia', other);
    expect(JSON.stringify(sandbox.audit.calls())).toContain('D-1 is not a report of yours.');
  });

  it('are answered where their form comes after the lead has thought better of it', async () => {
    await letReport('report');
    await nia().click(await greeting(), 'file_defect');
    const form = await nia().modal(titled('Report a defect'));
    await nia().fill(form, { title: 'One more thing', area: 'billing' });
    await letReport('nothing');
    const { kind, delivery } = await nia().submit(form);
    expect([kind, delivery.outcome]).toEqual(['updated', 'acked']);
    expect(JSON.stringify(delivery.ackBody)).toContain(GATE_WORDS.notNamed);
    await expect(world.defect(3)).rejects.toThrow('There is no D-3');
  });
});
