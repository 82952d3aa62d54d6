import type { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../src/requests/gate/directory.ts';

type Answers = {
  info?: (of: { user: string }) => unknown;
  channel?: (of: { channel: string }) => unknown;
  members?: (of: { channel: string; cursor?: string }) => unknown;
};

/** A Slack that answers as told, and counts what it is asked. */
function slackWith(answers: Answers) {
  const asked: string[] = [];
  const counts = (name: string, answer: ((of: never) => unknown) | undefined) => async (of: object) => {
    asked.push(name);
    if (!answer) throw new Error(`${name} is not answered here`);
    return answer(of as never);
  };
  const client = {
    users: { info: counts('users.info', answers.info) },
    conversations: {
      info: counts('conversations.info', answers.channel),
      members: counts('conversations.members', answers.members),
    },
  } as unknown as WebClient;
  return { of: { client, workspaceId: 'THOME' }, asked };
}

const MEMBER = { id: 'U1', team_id: 'THOME', is_restricted: false, is_ultra_restricted: false };
const still = () => 0;
const never = () => new Promise<never>(() => {});

describe('what Slack says of people and channels', () => {
  it('all pages of members are read, also where a page is empty', async () => {
    const pages: Record<string, unknown> = {
      '': { members: ['U1', 'U2'], response_metadata: { next_cursor: 'b' } },
      b: { members: [], response_metadata: { next_cursor: 'c' } },
      c: { members: ['U3'], response_metadata: { next_cursor: '' } },
    };
    const { of, asked } = slackWith({ members: ({ cursor }) => pages[cursor ?? ''] });
    expect(await createDirectory(still).listMembers(of, 'C1')).toEqual(new Set(['U1', 'U2', 'U3']));
    expect(asked).toHaveLength(3);
  });

  it('no members are known where a page is missing, or where they do not end', async () => {
    const breaks = slackWith({
      members: ({ cursor }) => {
        if (cursor) throw new Error('fetch_members_failed');
        return { members: ['U1'], response_metadata: { next_cursor: 'b' } };
      },
    });
    expect(await createDirectory(still).listMembers(breaks.of, 'C1')).toBeNull();
    const endless = slackWith({ members: () => ({ members: ['U1'], response_metadata: { next_cursor: 'b' } }) });
    expect(await createDirectory(still).listMembers(endless.of, 'C1')).toBeNull();
  });

  it('what Slack refuses to tell is not known, and asked again the next time', async () => {
    const { of, asked } = slackWith({});
    const directory = createDirectory(still);
    for (let i = 0; i < 2; i += 1) {
      expect(await directory.findPerson(of, 'U1')).toBeNull();
      expect(await directory.isPrivate(of, 'C1')).toBeNull();
      expect(await directory.listMembers(of, 'C1')).toBeNull();
    }
    expect(asked).toHaveLength(6);
  });

  it('an answer without what was asked for is none', async () => {
    const { of } = slackWith({ info: () => ({ ok: true }), channel: () => ({ channel: { id: 'C1' } }) });
    const directory = createDirectory(still);
    expect(await directory.findPerson(of, 'U1')).toBeNull();
    expect(await directory.isPrivate(of, 'C1')).toBeNull();
  });

  it('what Slack does not tell in time is not known', async () => {
    const { of } = slackWith({ info: never, channel: never, members: never });
    const directory = createDirectory(still, 1);
    expect(await directory.findPerson(of, 'U1')).toBeNull();
    expect(await directory.isPrivate(of, 'C1')).toBeNull();
    expect(await directory.listMembers(of, 'C1')).toBeNull();
  });

  it('is remembered for each workspace by itself, for minutes, until an event or a lead asks anew', async () => {
    let elapsedMs = 0;
    const { of, asked } = slackWith({
      info: () => ({ user: MEMBER }),
      channel: () => ({ channel: { is_private: true } }),
      members: () => ({ members: ['U1'] }),
    });
    const directory = createDirectory(() => elapsedMs);
    const ask = async () => {
      const before = asked.length;
      expect(await directory.findPerson(of, 'U1')).toMatchObject({ standing: 'member' });
      expect(await directory.isPrivate(of, 'C1')).toBe(true);
      expect(await directory.listMembers(of, 'C1')).toEqual(new Set(['U1']));
      return asked.slice(before);
    };
    expect(await ask()).toHaveLength(3);
    expect(await ask()).toEqual([]);

    directory.forgetPerson('TOTHER', 'U1');
    directory.forgetChannel('TOTHER', 'C1');
    expect(await ask()).toEqual([]);
    directory.forgetPerson('THOME', 'U1');
    expect(await ask()).toEqual(['users.info']);
    directory.forgetChannel('THOME', 'C1');
    expect(await ask()).toEqual(['conversations.info', 'conversations.members']);

    elapsedMs = 11 * 60_000;
    expect(await ask()).toHaveLength(3);
    const before = asked.length;
    await directory.findPerson(of, 'U1', 'anew');
    await directory.isPrivate(of, 'C1', 'anew');
    await directory.listMembers(of, 'C1', 'anew');
    expect(asked.length - before).toBe(3);
    expect(await directory.findPerson({ ...of, workspaceId: 'TOTHER' }, 'U1')).toMatchObject({ standing: 'stranger' });
  });
});
