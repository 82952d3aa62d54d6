import type { WebClient } from '@slack/web-api';
import type { Program } from '../../db/programs/programs.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Directory } from './directory.ts';
import type { Gate, Readable } from './gate.ts';

/** What is needed to ask in several workspaces who may read what; undefined where the app is not installed. */
export type Asking = {
  gate: Gate;
  directory: Directory;
  clientOf: (workspaceId: string) => Promise<WebClient | undefined>;
};

/** A channel, such as that of an office, that only its own people read: as a program that nobody leads. */
export function readableChannel(place: { channelId: string; name: string }): Readable {
  return { ...place, channelState: null, leadIds: [], deciderIds: null, strangersMayReport: false };
}

/** Whether somebody may read what stands in a workspace. Whatever cannot be found out is no. */
export async function mayRead(
  { gate, clientOf }: Asking,
  workspaceId: string,
  readable: Readable,
  userId: string,
): Promise<boolean> {
  try {
    const client = await clientOf(workspaceId);
    if (!client) return false;
    await gate.mustSee({ client, workspaceId }, readable, userId);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Those of these programs that a person may read, by their ids. */
export async function readableBy(
  asking: Asking,
  programs: readonly Program[],
  userId: string,
): Promise<ReadonlySet<number>> {
  const answers = await Promise.all(programs.map((program) => mayRead(asking, program.workspaceId, program, userId)));
  return new Set(programs.filter((_, i) => answers[i]).map(({ id }) => id));
}

/** More than these are not looked at one by one. */
const MOST_MEMBERS = 200;

/**
 * Those of these programs that everybody in a channel may read. Of a public channel, which any member of the workspace may
 * open, only what is as public as that. `outsiders` where somebody of another organisation is in it, or who is cannot be
 * told; null where Slack does not say at the moment.
 */
export async function readableInChannel(
  asking: Asking,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
  programs: readonly Program[],
): Promise<ReadonlySet<number> | 'outsiders' | null> {
  const client = await asking.clientOf(workspaceId);
  if (!client) return null;
  const of = { client, workspaceId };
  const isPrivate = await asking.directory.isPrivate(of, channelId, 'anew');
  const members = await asking.directory.listMembers(of, channelId, 'anew');
  if (isPrivate === null || members === null) return null;
  if (members.size > MOST_MEMBERS) return 'outsiders';
  let readable = new Set(programs.map(({ id }) => id));
  if (!isPrivate) {
    const here = programs.filter((program) => program.workspaceId === workspaceId);
    const secrecy = await Promise.all(here.map((program) => asking.directory.isPrivate(of, program.channelId)));
    readable = new Set(here.filter((_, i) => secrecy[i] === false).map(({ id }) => id));
  }
  for (const userId of members) {
    const person = await asking.directory.findPerson(of, userId);
    if (!person) return null;
    if (person.standing === 'bot' || person.standing === 'deactivated') continue;
    if (person.standing === 'stranger') return 'outsiders';
    const own = await readableBy(
      asking,
      programs.filter(({ id }) => readable.has(id)),
      userId,
    );
    readable = new Set([...readable].filter((id) => own.has(id)));
  }
  return readable;
}
