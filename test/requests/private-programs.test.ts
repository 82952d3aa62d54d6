import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Request } from '../../bench/tenancy/way.ts';
import { GATE_WORDS } from '../../src/blocks/people/gate-words.ts';
import { sendAs } from '../send-as.ts';
import { channel, type PeopleWorld, showing, startWithDefect, TITLE } from './people-world.ts';

const OUTSIDE = '#general';

describe('a program of a private channel, which is the default one', () => {
  let world: PeopleWorld;
  beforeAll(async () => {
    world = await startWithDefect();
    world.sandbox.changePrivacy(channel, 'private');
    world.sandbox.removeFromChannel(channel, 'chloe');
    await world.sandbox.settled();
  });
  afterAll(() => world.running.close());

  /** All that somebody was shown so far, wherever. */
  const shownTo = (name: string) => {
    const person = world.sandbox.person(name);
    const places = [OUTSIDE, 'burndown'].flatMap((place) => person.messages(place));
    return JSON.stringify([places, person.modalStack(), person.home()]);
  };

  it.each([
    'list',
    'show 1',
    'why 1',
    'search vault keys',
    'digest',
    'board',
    'export',
    'quarter',
    'office',
    'rules',
    'settings',
    'help',
  ])('is not told of by /defect %s from outside', async (text) => {
    await world.asks('chloe', text, GATE_WORDS.noProgram, OUTSIDE);
    expect(shownTo('chloe')).not.toContain('Vault');
  });

  it('is not changed from outside', async () => {
    for (const text of ['tickets 1 3', 'assign 1 <@UCHLOE000>', 'triage now', 'accept 1', 'snooze 1'])
      await world.asks('chloe', text, GATE_WORDS.noProgram, OUTSIDE);
    expect(await world.defect()).toMatchObject({ state: 'new', ticketTotal: 0, ownerId: null });
  });

  it('is not in App Home, nor suggested under a form, outside', async () => {
    const chloe = world.sandbox.person('chloe');
    await chloe.openHome();
    await chloe.seesHome(showing('There is no stability program here'));
    await world.asks('chloe', TITLE, GATE_WORDS.noProgram, OUTSIDE);
    await chloe.globalShortcut('file_defect_anywhere');
    await world.sandbox.settled();
    expect(chloe.modalStack()).toEqual([]);
    expect(shownTo('chloe')).not.toContain(`${TITLE} (`);
  });

  it('is not opened by buttons and forms that name it, in words that fit one that does not exist', async () => {
    const { program, running, sandbox } = world;
    const place = sandbox.channel(OUTSIDE)?.id ?? '';
    const tries = (id: number): Request[] => [
      { kind: 'click', actionId: 'show_defect', value: `${id}.1`, channelId: place },
      { kind: 'click', actionId: 'accept', value: `${id}.1`, channelId: place },
      { kind: 'form', window: { callbackId: 'reason', metadata: `{"ref":"${id}.1","kind":"dismiss"}`, values: {} } },
      { kind: 'form', window: { callbackId: 'settings_program', metadata: String(id), values: {} } },
      { kind: 'form', window: { callbackId: 'report', metadata: `{"programId":${id},"offered":[]}`, values: {} } },
    ];
    const told = async (id: number) => {
      const answers: string[] = [];
      for (const request of tries(id)) {
        sandbox.audit.clear();
        const answer = await sendAs(running, 'chloe', request);
        const words = sandbox.audit.calls().map(({ args }) => args.view ?? args.text);
        answers.push(JSON.stringify([answer, words]));
      }
      return answers;
    };
    for (const words of [...(await told(program.id)), ...(await told(program.id + 1_000))]) {
      expect(words).toContain(GATE_WORDS.notNamed);
      expect(words).not.toMatch(/Vault|eng-stability/);
    }
    expect((await world.defect()).state).toBe('new');
  });

  it('is there for whoever is in the channel', async () => {
    await world.asks('ben', 'list', showing('Vault'));
    await world.asks('ben', 'tickets 1 2', 'stands for 2 support tickets');
    await world.sandbox.person('ben').openHome();
    await world.sandbox.person('ben').seesHome(showing('Vault'));
  });
});
