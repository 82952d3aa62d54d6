import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cannotSeeWords, GATE_WORDS } from '../../../src/blocks/people/gate-words.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { upsertPerson } from '../../../src/db/people/people.ts';
import { insertProgram, type Program } from '../../../src/db/programs/programs.ts';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import type { Person, Right, Standing } from '../../../src/domain/people/roles.ts';
import type { Directory } from '../../../src/requests/gate/directory.ts';
import { createGate, type Gate } from '../../../src/requests/gate/gate.ts';
import { aProgram, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

type Account = { standing?: Standing; isAdmin?: boolean; ids?: string[] };
type Channel = { isPrivate?: boolean; members: string[] };

/** A Slack of a few people and channels; whoever is not in it cannot be found out. */
class FakeDirectory implements Directory {
  people: Record<string, Account> = {};
  channels: Record<string, Channel> = {};
  asked: string[] = [];

  async findPerson(_: unknown, userId: string, anew?: 'anew'): Promise<Person | null> {
    this.#note('person', anew);
    const account = this.people[userId];
    return account ? { userId, ids: [userId], standing: 'member', isAdmin: false, ...account } : null;
  }
  async isPrivate(_: unknown, channelId: string, anew?: 'anew') {
    this.#note('privacy', anew);
    const channel = this.channels[channelId];
    return channel ? (channel.isPrivate ?? false) : null;
  }
  async listMembers(_: unknown, channelId: string, anew?: 'anew') {
    this.#note('members', anew);
    const channel = this.channels[channelId];
    return channel ? new Set(channel.members) : null;
  }
  async seeChannel() {
    return null;
  }
  forgetPerson() {}
  forgetChannel() {}
  #note(what: string, anew?: 'anew') {
    this.asked.push(anew ? `${what} anew` : what);
  }
}

describe.each(databases)('the gate on $name', ({ open }) => {
  let opened: OpenDatabase;
  let main: Program;
  let directory: FakeDirectory;
  let gate: Gate;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    main = await aProgram(opened.db, { name: '#main', channelId: 'CMAIN' });
    directory = new FakeDirectory();
    directory.people = { UANA: {}, UBEN: {}, UGUS: { standing: 'guest' }, UNIA: { standing: 'stranger' } };
    directory.channels = { CMAIN: { members: ['UANA', 'UGUS', 'UNIA'] } };
    gate = createGate({ db: opened.db, directory });
  });

  const another = (over: Partial<Program>): Promise<Program> => {
    const { id: _, nextNumber: __, ...same } = main;
    return insertProgram(opened.db, { ...pick(same), isDefault: false, ...over });
  };
  type Where = { channelId?: string; programId?: number; workspaceId?: string };
  const ask = (userId: string, right: Right, where: Where = {}) =>
    gate.admit({ client: {} as WebClient, workspaceId: main.workspaceId, userId, right, ...where });
  const of = () => ({ client: {} as WebClient, workspaceId: main.workspaceId });
  const programOf = async (userId: string, where: Where = {}) => (await ask(userId, 'report', where)).program.name;
  const refusal = async (asked: Promise<unknown>): Promise<Refusal> => {
    const error = await asked.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error instanceof Refusal) return error;
    throw new Error(`It was not refused: ${error}`);
  };
  const known = (userId: string, name: string) =>
    upsertPerson(opened.db, {
      workspaceId: main.workspaceId,
      userId,
      name,
      timeZone: 'UTC',
      refreshedAt: MONDAY,
    });

  describe('the program of a request', () => {
    beforeEach(async () => {
      await another({ name: '#old', channelId: 'COLD' });
      directory.channels.COLD = { members: ['UBEN'] };
    });

    it('is the one that is named, else that of the channel, else the default one, else one that the person sees', async () => {
      const side = await another({ name: '#side', channelId: 'CSIDE' });
      directory.channels.CSIDE = { members: [] };
      expect(await programOf('UANA', { channelId: 'COLD', programId: side.id })).toBe('#side');
      expect(await programOf('UANA', { channelId: 'COLD' })).toBe('#old');
      expect(await programOf('UANA', { channelId: 'CELSEWHERE' })).toBe('#main');
      directory.channels.CMAIN = { isPrivate: true, members: [] };
      expect(await programOf('UANA', { channelId: 'CMAIN' })).toBe('#old');
    });

    it('is still there for its lead alone when its channel is gone, so that another one can be chosen', async () => {
      const { id: programId } = await another({ channelId: 'CGONE', channelState: 'gone', leadIds: ['UANA', 'UGUS'] });
      expect((await ask('UANA', 'lead', { programId })).role).toBe('lead');
      for (const outsider of ['UBEN', 'UGUS', 'UNIA'])
        await expect(ask(outsider, 'read', { programId })).rejects.toBeInstanceOf(Refusal);
    });

    it('cannot be found out while nobody knows that its channel is gone', async () => {
      const { id: programId } = await another({ channelId: 'CLOST', leadIds: ['UANA'] });
      expect((await refusal(ask('UANA', 'lead', { programId }))).message).toContain('cannot find out');
    });

    it('is for somebody of another organisation that of the channel alone', async () => {
      const open = await another({ name: '#open', channelId: 'COPEN', strangersMayReport: true });
      directory.channels.COPEN = { members: ['UNIA'] };
      expect(await programOf('UNIA', { channelId: 'COPEN' })).toBe('#open');
      expect(await programOf('UNIA', { programId: open.id })).toBe('#open');
      expect((await refusal(ask('UNIA', 'report', { channelId: 'CMAIN' }))).message).toBe(GATE_WORDS.noProgram);
      expect((await refusal(ask('UNIA', 'report'))).message).toBe(GATE_WORDS.noProgram);
    });

    it('is none of another workspace, whatever number is named', async () => {
      const theirs = await aProgram(opened.db, { channelId: 'CMAIN' });
      expect((await refusal(ask('UANA', 'read', { programId: theirs.id }))).message).toBe(GATE_WORDS.notNamed);
    });
  });

  describe('a program of a private channel', () => {
    let secret: Program;
    beforeEach(async () => {
      secret = await another({ name: '#secret', channelId: 'CSECRET', leadIds: ['UBEN'] });
      directory.channels.CSECRET = { isPrivate: true, members: ['UANA'] };
    });

    it('is there for who is in the channel', async () => {
      expect(await ask('UANA', 'decide', { programId: secret.id })).toMatchObject({
        program: { name: '#secret' },
        role: 'decider',
      });
    });

    it('is refused to outsiders, its lead and admins among them, in the words for one that does not exist', async () => {
      directory.people.UADM = { isAdmin: true };
      const absent = secret.id + 1_000;
      for (const userId of ['UBEN', 'UGUS', 'UNIA', 'UADM'])
        for (const right of ['report', 'read', 'answer', 'decide', 'lead'] as const) {
          const [there, notThere] = [
            await refusal(ask(userId, right, { programId: secret.id })),
            await refusal(ask(userId, right, { programId: absent })),
          ];
          expect([there.message, notThere.message]).toEqual([GATE_WORDS.notNamed, GATE_WORDS.notNamed]);
        }
    });

    it('typed in from its own channel id it gives an outsider the program that they see', async () => {
      expect(await programOf('UBEN', { channelId: 'CSECRET' })).toBe('#main');
    });

    it.each([Number.NaN, 1.5, -1, 2 ** 60, Number.POSITIVE_INFINITY])('a number %s names none', async (programId) => {
      expect((await refusal(ask('UANA', 'read', { programId }))).message).toBe(GATE_WORDS.notNamed);
    });
  });

  describe('what cannot be found out', () => {
    it('of a person is refused', async () => {
      for (const right of ['report', 'read', 'lead'] as const)
        expect((await refusal(ask('UNOBODY', right))).message).toBe(GATE_WORDS.unknown);
    });

    it('of the channel is refused, named or where it is asked, and no other program is given instead', async () => {
      const lost = await another({ name: '#lost', channelId: 'CLOST' });
      expect((await refusal(ask('UANA', 'read', { programId: lost.id }))).message).toBe(GATE_WORDS.unknown);
      expect((await refusal(ask('UANA', 'read', { channelId: 'CLOST' }))).message).toBe(GATE_WORDS.unknown);
    });

    it('of another channel does not stand in the way of a program that is seen', async () => {
      await another({ name: '#lost', channelId: 'CLOST' });
      expect(await programOf('UANA')).toBe('#main');
      directory.channels = { CMAIN: { isPrivate: true, members: [] } };
      expect((await refusal(ask('UANA', 'read'))).message).toBe(GATE_WORDS.unknown);
    });

    it('of the members alone is refused as well', async () => {
      directory.listMembers = async () => null;
      expect((await refusal(ask('UANA', 'read'))).message).toBe(GATE_WORDS.unknown);
    });
  });

  it.each(['deactivated', 'bot'] as const)('a %s account is not let in, whatever it may have led', async (standing) => {
    directory.people.ULEAD = { standing };
    expect((await refusal(ask('ULEAD', 'report'))).message).toBe(GATE_WORDS.notHere);
  });

  it('asks Slack anew for what only a lead may do, and relies on what it knows for everything else', async () => {
    directory.people.ULEAD = {};
    await ask('ULEAD', 'lead');
    expect(directory.asked.toSorted()).toEqual(['members anew', 'person anew', 'privacy anew']);
    for (const right of ['report', 'read', 'answer', 'decide'] as const) {
      directory.asked = [];
      await ask('ULEAD', right);
      expect(directory.asked.toSorted()).toEqual(['members', 'person', 'privacy']);
    }
  });

  it('hands on the program, the person and the role', async () => {
    directory.people.UADM = { isAdmin: true };
    expect(await ask('UADM', 'lead')).toMatchObject({
      program: { id: main.id },
      person: { userId: 'UADM', isAdmin: true },
      role: 'lead',
    });
    expect((await ask('UANA', 'decide')).role).toBe('decider');
    expect((await ask('UBEN', 'read')).role).toBe('reader');
    expect((await ask('UGUS', 'read')).role).toBe('reader');
  });

  describe('whoever lacks a right', () => {
    const words = async (userId: string, right: Right, program: Program) =>
      (await refusal(ask(userId, right, { programId: program.id }))).message;

    it('is told that there is a lead, though nobody has found out their name yet', async () => {
      expect(await words('UANA', 'lead', main)).toBe('This is for the lead of #main. Ask its lead.');
    });

    it('is told who leads, all of several', async () => {
      await known('ULEAD', 'Lea');
      await known('UTWO', 'Tom');
      expect(await words('UANA', 'lead', main)).toBe('This is for the lead of #main. Ask Lea.');
      const two = await another({ name: '#two', channelId: 'CTWO', leadIds: ['ULEAD', 'UTWO'] });
      directory.channels.CTWO = { members: ['UANA'] };
      expect(await words('UANA', 'lead', two)).toBe('This is for the leads of #two. Ask Lea or Tom.');
      for (const userId of ['ULEAD', 'UTWO']) {
        directory.people[userId] = {};
        expect((await ask(userId, 'lead', { programId: two.id })).role).toBe('lead');
      }
    });

    it('is sent to an admin where there is no lead, and only an admin of this workspace may', async () => {
      const bare = await another({ name: '#bare', channelId: 'CBARE', leadIds: [] });
      directory.channels.CBARE = { members: ['UANA', 'UNIA'] };
      directory.people.UADM = { isAdmin: true };
      expect(await words('UANA', 'lead', bare)).toContain('an admin of the workspace');
      expect((await ask('UADM', 'lead', { programId: bare.id })).role).toBe('lead');
      expect(await words('UNIA', 'lead', bare)).toBe(GATE_WORDS.notNamed);
    });

    it('is told to join the channel, or who decides where few do', async () => {
      expect(await words('UBEN', 'decide', main)).toContain('Join that channel');
      await known('UDEC', 'Dea');
      await known('ULEAD', 'Lea');
      const few = await another({ name: '#few', channelId: 'CFEW', deciderIds: ['UDEC'] });
      directory.channels.CFEW = { members: ['UANA'] };
      directory.people.UDEC = {};
      expect(await words('UANA', 'decide', few)).toContain('Ask Dea or Lea.');
      expect((await ask('UDEC', 'decide', { programId: few.id })).role).toBe('decider');
    });

    it('is told what guests and people of other organisations may', async () => {
      expect(await words('UGUS', 'decide', main)).toContain('Guests read and report');
      const open = await another({ name: '#open', channelId: 'COPEN', strangersMayReport: true });
      directory.channels.COPEN = { members: ['UNIA'] };
      for (const right of ['read', 'answer', 'decide', 'lead'] as const) {
        const said = await words('UNIA', right, open);
        expect(said).toBe('People of other organisations can report here, and nothing else.');
        expect(said).not.toContain('#open');
      }
    });
  });

  describe('a part in a program', () => {
    it('is given to whoever sees it', async () => {
      for (const userId of ['UANA', 'UBEN', 'UGUS']) await gate.mustSee(of(), main, userId, 'owner');
    });

    it('is refused at its field to people who do not see it, and to whom nothing is known of', async () => {
      directory.channels.CMAIN = { isPrivate: true, members: ['UANA', 'UNIA'] };
      directory.people.UGONE = { standing: 'deactivated' };
      for (const userId of ['UBEN', 'UGUS', 'UNIA', 'UGONE'])
        expect(await refusal(gate.mustSee(of(), main, userId, 'owner'))).toMatchObject({
          message: cannotSeeWords('#main'),
          field: 'owner',
        });
      expect(await refusal(gate.mustSee(of(), main, 'UNOBODY', 'lead'))).toMatchObject({
        message: GATE_WORDS.unknown,
        field: 'lead',
      });
    });

    it('is refused to somebody of another organisation, though they may report', async () => {
      const open = await another({ name: '#open', channelId: 'COPEN', strangersMayReport: true });
      directory.channels.COPEN = { members: ['UNIA'] };
      expect((await refusal(gate.mustSee(of(), open, 'UNIA'))).message).toBe(cannotSeeWords('#open'));
    });
  });
});

/** A program without its areas, as a row. */
function pick({ areaIds: _, ...row }: Omit<Program, 'id' | 'nextNumber'> & { areaIds?: number[] }) {
  return row;
}
