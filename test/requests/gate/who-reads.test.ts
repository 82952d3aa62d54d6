import type { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import type { Db } from '../../../src/db/engine/client.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import type { Person, Standing } from '../../../src/domain/people/roles.ts';
import type { Directory } from '../../../src/requests/gate/directory.ts';
import { createGate } from '../../../src/requests/gate/gate.ts';
import { mayRead, readableBy, readableChannel, readableInChannel } from '../../../src/requests/gate/who-reads.ts';

type Slack = Record<string, { isPrivate?: boolean; members: readonly string[] }>;

const STANDINGS: Record<string, Standing> = { UGUS: 'guest', UNIA: 'stranger', UBOT: 'bot', UGONE: 'deactivated' };
const CHANNELS: Slack = {
  CPUBLIC: { members: ['UANA', 'UBOT'] },
  CSECRET: { isPrivate: true, members: ['UANA'] },
  CGUESTED: { members: ['UGUS'] },
  COFFICE: { isPrivate: true, members: ['UANA', 'UBOT', 'UGONE'] },
};

const program = (id: number, channelId: string, workspaceId = 'THERE') =>
  ({
    id,
    workspaceId,
    channelId,
    name: channelId,
    channelState: 'open',
    leadIds: [],
    deciderIds: null,
    strangersMayReport: true,
  }) as unknown as Program;
const PROGRAMS = [program(1, 'CPUBLIC'), program(2, 'CSECRET'), program(3, 'CGUESTED')];

/** A Slack of these channels; UUNKNOWN cannot be found out, and TGONE has taken the app away. */
function asking(channels: Slack = CHANNELS) {
  const directory: Directory = {
    findPerson: async (of, userId): Promise<Person | null> => {
      if (userId === 'UUNKNOWN') return null;
      const isHome = of.workspaceId === 'THERE' || userId === 'UANA';
      return { userId, ids: [userId], standing: isHome ? (STANDINGS[userId] ?? 'member') : 'stranger', isAdmin: false };
    },
    isPrivate: async (_, id) => (channels[id] ? (channels[id].isPrivate ?? false) : null),
    listMembers: async (_, id) => (channels[id] ? new Set(channels[id].members) : null),
    seeChannel: async () => null,
    forgetPerson: () => {},
    forgetChannel: () => {},
  };
  const clientOf = async (workspaceId: string) => (workspaceId === 'TGONE' ? undefined : ({} as WebClient));
  return { directory, clientOf, gate: createGate({ db: {} as Db, directory }) };
}

describe('the office', () => {
  it.each([
    ['a member in it', 'UANA', true],
    ['a member outside', 'UBEN', false],
    ['a guest outside', 'UGUS', false],
    ['somebody of another organisation', 'UNIA', false],
    ['somebody who left', 'UGONE', false],
    ['somebody of whom Slack does not say', 'UUNKNOWN', false],
  ])('of a private channel is read by %s: %s %s', async (_, userId, isRead) => {
    const office = readableChannel({ channelId: 'COFFICE', name: 'office' });
    expect(await mayRead(asking(), 'THERE', office, userId)).toBe(isRead);
  });

  it.each([
    ['a member of the private channel', 'UANA', [1, 2, 3]],
    ['another member', 'UBEN', [1, 3]],
    ['a guest, in whose channels they are', 'UGUS', [3]],
    ['somebody of another organisation', 'UNIA', []],
    ['somebody of whom Slack does not say', 'UUNKNOWN', []],
  ])('names to %s only what they may read', async (_, userId, named) => {
    expect([...(await readableBy(asking(), PROGRAMS, userId))]).toEqual(named);
  });

  it('names a program of another workspace only to who is at home there, and none of one without the app', async () => {
    const elsewhere = [program(4, 'CPUBLIC', 'TOTHER'), program(5, 'CPUBLIC', 'TGONE')];
    expect([...(await readableBy(asking(), elsewhere, 'UANA'))]).toEqual([4]);
    expect([...(await readableBy(asking(), elsewhere, 'UBEN'))]).toEqual([]);
  });
});

describe('in the channel of an office', () => {
  const OFFICE = { workspaceId: 'THERE', channelId: 'COFFICE' };
  const inChannel = async (isPrivate: boolean, members: readonly string[], programs = PROGRAMS) => {
    const found = await readableInChannel(asking({ ...CHANNELS, COFFICE: { isPrivate, members } }), OFFICE, programs);
    return found instanceof Set ? [...found] : found;
  };

  it('a program is named where everybody in it may read that', async () => {
    expect(await inChannel(true, ['UANA', 'UBOT', 'UGONE'])).toEqual([1, 2, 3]);
    expect(await inChannel(true, ['UANA', 'UBEN'])).toEqual([1, 3]);
    expect(await inChannel(true, ['UANA', 'UGUS'])).toEqual([3]);
  });

  it('a private program is not named where any member of the workspace may open the channel', async () => {
    expect(await inChannel(false, ['UANA'])).toEqual([1, 3]);
    expect(await inChannel(false, ['UANA'], [program(4, 'CPUBLIC', 'TOTHER')])).toEqual([]);
  });

  it('nothing is told where somebody of another organisation reads along, or too many do', async () => {
    expect(await inChannel(true, ['UANA', 'UNIA'])).toBe('outsiders');
    expect(
      await inChannel(
        true,
        Array.from({ length: 201 }, (_, i) => `UMANY${i}`),
      ),
    ).toBe('outsiders');
  });

  it('nothing is decided while Slack does not say who reads along', async () => {
    expect(await inChannel(true, ['UANA', 'UUNKNOWN'])).toBeNull();
    expect(await readableInChannel(asking({}), OFFICE, PROGRAMS)).toBeNull();
    expect(await readableInChannel(asking(), { ...OFFICE, workspaceId: 'TGONE' }, PROGRAMS)).toBeNull();
  });
});
