import { setTimeout as wait } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Person } from '../../domain/people/roles.ts';
import { personOf } from '../../domain/people/standing.ts';
import type { SeenChannel } from '../../domain/programs/channel.ts';
import type { ElapsedMs } from '../../domain/time/clock.ts';
import { remember } from './remember.ts';

/** Whom to ask, and about which workspace. */
export type Lookup = { client: WebClient; workspaceId: string };

/** What Slack says of people and channels, as far as rights depend on it. Null is what cannot be found out. */
export type Directory = {
  findPerson: (of: Lookup, userId: string, anew?: 'anew') => Promise<Person | null>;
  isPrivate: (of: Lookup, channelId: string, anew?: 'anew') => Promise<boolean | null>;
  listMembers: (of: Lookup, channelId: string, anew?: 'anew') => Promise<ReadonlySet<string> | null>;
  /** The channel as it is at this moment; `gone` where Slack says that it sees none. */
  seeChannel: (of: Lookup, channelId: string) => Promise<SeenChannel | 'gone' | null>;
  forgetPerson: (workspaceId: string, userId: string) => void;
  forgetChannel: (workspaceId: string, channelId: string) => void;
};

// Events tell of changes; this is for those that are missed.
const FRESH_MS = 2 * 60_000;
const RELIABLE_MS = 10 * 60_000;
// Slack lets three seconds pass between a click and the form that it opens.
const PATIENCE_MS = 2_000;
const MEMBERS_A_PAGE = 1_000;
const MOST_PAGES = 30;

/** @param patienceMs how long Slack is waited for; shorter for trials that cannot wait */
export function createDirectory(elapsedMs: ElapsedMs, patienceMs = PATIENCE_MS): Directory {
  const inTime = <T>(answer: Promise<T>) => Promise.race([answer, wait(patienceMs, null, { ref: false })]);
  const memory = { freshMs: FRESH_MS, reliableMs: RELIABLE_MS, elapsedMs };
  const people = remember<Person>(memory);
  const privacy = remember<boolean>(memory);
  const members = remember<ReadonlySet<string>>(memory);
  const keyOf = ({ workspaceId }: Lookup, id: string) => `${workspaceId} ${id}`;
  return {
    findPerson: (of, userId, anew) => people.get(keyOf(of, userId), () => inTime(askForPerson(of, userId)), anew),
    isPrivate: (of, id, anew) => privacy.get(keyOf(of, id), () => inTime(askForPrivacy(of, id)), anew),
    listMembers: (of, id, anew) => members.get(keyOf(of, id), () => inTime(askForMembers(of, id)), anew),
    seeChannel: (of, id) => inTime(askForChannel(of, id)),
    forgetPerson: (workspaceId, userId) => people.forget(`${workspaceId} ${userId}`),
    forgetChannel: (workspaceId, channelId) => {
      privacy.forget(`${workspaceId} ${channelId}`);
      members.forget(`${workspaceId} ${channelId}`);
    },
  };
}

async function askForPerson({ client, workspaceId }: Lookup, userId: string): Promise<Person | null> {
  const { user } = await client.users.info({ user: userId });
  return user ? personOf(user, userId, workspaceId) : null;
}

async function askForPrivacy({ client }: Lookup, channelId: string): Promise<boolean | null> {
  const { channel } = await client.conversations.info({ channel: channelId });
  return channel?.is_private ?? null;
}

async function askForChannel({ client }: Lookup, channelId: string): Promise<SeenChannel | 'gone' | null> {
  try {
    const { channel } = await client.conversations.info({ channel: channelId });
    if (!channel) return null;
    const { name = '', is_private: isPrivate = false, is_archived: isArchived, is_member: isMember } = channel;
    return { name, isPrivate, isArchived: isArchived === true, isMember: isMember === true };
  } catch (error) {
    const { error: code } = (error as { data?: { error?: unknown } }).data ?? {};
    return code === 'channel_not_found' ? 'gone' : null;
  }
}

/** All members, or nothing: whoever is on a page that is missing would be taken for an outsider. */
async function askForMembers({ client }: Lookup, channelId: string): Promise<ReadonlySet<string> | null> {
  const members = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answered = await client.conversations.members({
      channel: channelId,
      limit: MEMBERS_A_PAGE,
      ...(cursor ? { cursor } : {}),
    });
    for (const id of answered.members ?? []) members.add(id);
    cursor = answered.response_metadata?.next_cursor || undefined;
    if (!cursor) return members;
  }
  return null;
}
