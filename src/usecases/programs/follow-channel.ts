import { channelNewsMessage } from '../../blocks/programs/channel-news.ts';
import { enqueuePosts } from '../../db/messages/outbox.ts';
import { listChannelsToLookAt } from '../../db/programs/channels.ts';
import { findProgramByChannel, lockProgram, type Program, updateProgram } from '../../db/programs/programs.ts';
import { type ChannelNews, newsOf, type SeenChannel, stateOf } from '../../domain/programs/channel.ts';
import type { Db } from '../doing.ts';
import { nameAfter } from './choose-channel.ts';
import { redriveChannel } from './redrive-channel.ts';

/** Asks Slack for a channel; null where it gives no answer. */
export type SeeChannel = (channelId: string) => Promise<SeenChannel | 'gone' | null>;

const LOOK_EVERY_MS = 12 * 3_600_000;
const LOOK_AGAIN_MS = 3_600_000;

/** Something was told of a channel: where a program has it, what is true of it now is asked and followed. */
export async function followChannel(
  db: Db,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
  see: SeeChannel,
  now: Date,
): Promise<void> {
  const program = await findProgramByChannel(db, workspaceId, channelId);
  if (program) await lookAtChannel(db, program, see, now);
}

/** The programs whose channels are to be looked at: twice a day, for what was told while nobody listened. */
export function listUnseenChannels(db: Db, now: Date): Promise<Program[]> {
  return listChannelsToLookAt(db, new Date(now.getTime() - LOOK_EVERY_MS));
}

/** Looks at the channel of a program. Where Slack gives no answer it is asked again in an hour. */
export async function lookAtChannel(db: Db, program: Program, see: SeeChannel, now: Date): Promise<void> {
  const seen = await see(program.channelId);
  if (seen !== null) return noteChannel(db, program, seen === 'gone' ? null : seen, now);
  const channelLookedAt = new Date(now.getTime() - LOOK_EVERY_MS + LOOK_AGAIN_MS);
  await updateProgram(db, program.id, { channelLookedAt });
}

/** The channel has another id from now on, and is the same. */
export async function followChannelId(
  db: Db,
  { workspaceId, from, to }: { workspaceId: string; from: string; to: string },
): Promise<void> {
  const program = await findProgramByChannel(db, workspaceId, from);
  if (program) await updateProgram(db, program.id, { channelId: to });
}

/** Keeps what was seen of a channel, and tells the leads what they may want to do something about. */
async function noteChannel(db: Db, program: Program, seen: SeenChannel | null, now: Date): Promise<void> {
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const held = await lockProgram(tx, program.id);
    if (held.channelId !== program.channelId) return;
    const news = newsOf({ state: held.channelState, isPrivate: held.channelIsPrivate }, seen);
    await updateProgram(tx, held.id, {
      channelState: stateOf(seen),
      channelLookedAt: now,
      ...(seen ? { channelIsPrivate: seen.isPrivate } : {}),
      ...(seen && held.nameFollowsChannel ? { name: nameAfter(seen) } : {}),
    });
    for (const one of news) await tellLeads(tx, held, one, now);
  });
}

async function tellLeads(tx: Db, program: Program, news: ChannelNews, now: Date): Promise<void> {
  const { workspaceId, id: programId, channelId, name } = program;
  const resent = news === 'back' ? await redriveChannel(tx, workspaceId, channelId, now) : 0;
  const notice = {
    workspaceId,
    programId,
    dedupeKey: `channel:${programId}:${news}:${now.toISOString()}`,
    body: channelNewsMessage(news, { programId, channelId, name, resent }),
    runAt: now,
  };
  await enqueuePosts(tx, notice, program.leadIds);
}
