import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModalView } from '../../sandbox/state/model.ts';
import { GATE_WORDS } from '../../src/blocks/people/gate-words.ts';
import { listReports } from '../../src/db/reports/reports.ts';
import { aProgram } from '../builders.ts';
import { sendAs } from '../send-as.ts';
import { channel, type PeopleWorld, startWithDefect } from './people-world.ts';

const titled = (title: string) => (view: ModalView) => view.title?.text === title;

describe('what somebody may', () => {
  let world: PeopleWorld;
  beforeEach(async () => {
    world = await startWithDefect();
  });
  afterEach(() => world.running.close());

  async function opensSettings(name: string) {
    const person = world.sandbox.person(name);
    await person.slash('/defect settings', { channel });
    await person.modal(titled('Program settings'));
    await person.closeAll();
  }

  it('as an admin ends with the event that says so', async () => {
    const { sandbox } = world;
    await world.asks('ben', 'settings', 'This is for the lead');
    sandbox.changeRole('ben', 'admin');
    await opensSettings('ben');
    sandbox.changeRole('ben', 'member');
    await sandbox.settled();
    await world.asks('ben', 'settings', 'This is for the lead');
  });

  it('as an admin ends though the event was missed, and what Slack cannot tell then is refused', async () => {
    const { sandbox } = world;
    sandbox.changeRole('ben', 'admin');
    await opensSettings('ben');
    const ben = sandbox.user('ben');
    if (!ben) throw new Error('no ben');
    ben.role = 'member';
    await world.asks('ben', 'settings', 'This is for the lead');

    ben.role = 'admin';
    const fault = sandbox.faults.add({ method: 'users.info', kind: 'fail', error: 'internal_error' });
    await world.asks('ben', 'settings', GATE_WORDS.unknown);
    fault.remove();
    await opensSettings('ben');
  });

  it('in the channel ends when they leave it', async () => {
    const { sandbox } = world;
    await world.asks('chloe', 'tickets 1 2', 'stands for 2 support tickets');
    await sandbox.person('chloe').leaveChannel('eng-stability');
    await sandbox.settled();
    await world.asks('chloe', 'tickets 1 2', 'Join that channel', '#general');
    expect((await world.defect()).ticketTotal).toBe(2);
    await sandbox.person('chloe').joinChannel('eng-stability');
    await sandbox.settled();
    await world.asks('chloe', 'tickets 1 2', 'stands for 4 support tickets');
  });

  it('ends with their account', async () => {
    const { sandbox, running } = world;
    const channelId = sandbox.channel('eng-stability')?.id ?? '';
    const tickets = { kind: 'command', text: 'tickets 1 2', channelId } as const;
    await sendAs(running, 'ben', tickets);
    expect((await world.defect()).ticketTotal).toBe(2);
    sandbox.deactivate('ben');
    await sandbox.settled();
    await sendAs(running, 'ben', tickets);
    expect((await world.defect()).ticketTotal).toBe(2);
  });

  it('is open to nobody where Slack told nothing when the bot was invited', async () => {
    const { sandbox } = world;
    const fault = sandbox.faults.add({ method: 'users.info', kind: 'fail', error: 'internal_error' });
    await sandbox.person('ben').invite('#random', 'burndown');
    await sandbox.person('ben').sees('Report what breaks', { in: '#random' });
    await world.asks('dev', 'settings', GATE_WORDS.unknown, '#random');
    fault.remove();
    await world.asks('dev', 'settings', 'This is for the lead of #random', '#random');
    const dev = sandbox.person('dev');
    const greeting = await dev.sees(({ text }) => text.includes('report what breaks'), { in: '#random' });
    await dev.click(greeting, 'load_sample', { confirm: true });
    await dev.sees('This is for the lead of #random', { in: '#random' });
  });

  it('is to answer only for whoever was asked', async () => {
    const { running, sandbox } = world;
    await sandbox.person('ben').slash('/defect show 1', { channel });
    const window = {
      callbackId: 'reason',
      metadata: '{"ref":"1","kind":"need_info"}',
      values: { reason: { a: { value: 'Which region?' } } },
    };
    expect(await sendAs(running, 'ben', { kind: 'form', window })).toContain('asked about D-1');
    const answer = {
      callbackId: 'answer',
      metadata: '{"ref":"1"}',
      values: { answer: { a: { value: 'All of them' } } },
    };
    expect(await sendAs(running, 'chloe', { kind: 'form', window: answer })).toContain('You were not asked about D-1');
    expect((await world.defect()).askedAt).not.toBeNull();
    expect(await sendAs(running, 'ana', { kind: 'form', window: answer })).toContain('Your answer about D-1');
    expect((await world.defect()).askedAt).toBeNull();
  });

  it('is to join their own report to another, and not one whose number they put into the window', async () => {
    const { running, program, sandbox } = world;
    const chloe = sandbox.person('chloe');
    await chloe.slash('/defect Badge printer is offline', { channel });
    const form = await chloe.modal(titled('Report a defect'));
    await chloe.fill(form, { area: 'billing' });
    await chloe.submit(form);
    await chloe.closeAll();
    const join = (filed: number, into: number) => {
      const window = { callbackId: 'repeats', metadata: JSON.stringify({ programId: program.id, number: filed }) };
      return { kind: 'click', actionId: 'join_repeat', value: String(into), channelId: '', window } as const;
    };
    await sendAs(running, 'chloe', join(1, 2));
    await chloe.sees('D-1 is not your report alone', { in: 'burndown' });
    expect([(await world.defect(1)).state, (await world.defect(2)).state]).toEqual(['new', 'new']);
    await sendAs(running, 'chloe', join(2, 1));
    expect([(await world.defect(1)).state, (await world.defect(2)).state]).toEqual(['new', 'merged']);
  });

  it('joins a report to a defect in its own area, where the window names an area of another program', async () => {
    const { running, program, db } = world;
    const other = await aProgram(db);
    const window = {
      callbackId: 'report',
      metadata: JSON.stringify({ programId: program.id, offered: [1] }),
      values: { area: { a: { selected_option: { value: String(other.areaIds[0]) } } } },
    };
    await sendAs(running, 'chloe', { kind: 'click', actionId: 'join_repeat', value: '1', channelId: '', window });
    const { id, areaId } = await world.defect();
    expect((await listReports(db, id)).map((report) => report.areaId)).toEqual([areaId, areaId]);
  });
});
