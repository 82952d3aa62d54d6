import {
  programMovedMessage,
  programMovedSentence,
  programNamedSentence,
} from '../../blocks/programs/program-moved.ts';
import { moveUnsent } from '../../db/messages/move-unsent.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { deleteEmptyProgram } from '../../db/programs/delete-empty-program.ts';
import { findProgramByChannel, lockProgram, updateProgram } from '../../db/programs/programs.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { AuditChange } from '../../domain/programs/audit.ts';
import { type SeenChannel, stateOf } from '../../domain/programs/channel.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import type { Db, Doing, Program } from '../doing.ts';
import { readNextRituals, readSettings } from './read-settings.ts';
import { newsSince, redriveChannel } from './redrive-channel.ts';

export type WantedProgram = {
  channelId: string;
  channel: SeenChannel;
  /** Empty where it is called by its channel. */
  ownName: string;
};

const NAME_LIMIT = 80;

/** What a program is called after its channel. */
export function nameAfter(channel: Pick<SeenChannel, 'name'>): string {
  return `#${cleanLine(channel.name, NAME_LIMIT)}`;
}

/** The program that has a channel, if one has. */
export async function programIn(db: Db, workspaceId: string, channelId: string): Promise<Program | null> {
  return findProgramByChannel(db, workspaceId, channelId);
}

/**
 * Gives a program another channel or name. What was not posted yet in the old channel goes to the new one; threads go on
 * where they are. Both channels are told. Answers what is different now, in mrkdwn.
 */
export async function chooseChannel(db: Db, program: Program, wanted: WantedProgram, doing: Doing): Promise<string[]> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const before = await lockProgram(tx, program.id);
    const { channelId, channel } = wanted;
    const isMoved = channelId !== before.channelId;
    const other = isMoved ? await makeRoom(tx, before.workspaceId, channelId) : null;
    const ownName = cleanLine(wanted.ownName, NAME_LIMIT);
    const after = await updateProgram(tx, program.id, {
      channelId,
      name: ownName || nameAfter(channel),
      nameFollowsChannel: ownName === '',
      channelState: stateOf(channel),
      channelIsPrivate: channel.isPrivate,
      channelLookedAt: doing.now,
      isDefault: before.isDefault || other?.isDefault === true,
    });
    const isRenamed = !isMoved && before.name !== after.name;
    const changes: AuditChange[] = [
      ...(isMoved
        ? [{ kind: 'channel_changed' as const, subject: 'the program', before: before.channelId, after: channelId }]
        : []),
      ...(before.name === after.name
        ? []
        : [{ kind: 'setting_changed' as const, subject: 'its name', before: before.name, after: after.name }]),
    ];
    const auditId = await insertAudit(tx, program.id, doing, changes);
    if (isMoved) await tellMove(tx, { before, after, auditId }, doing);
    return [
      ...(isMoved ? [programMovedSentence(channelId).source] : []),
      ...(isRenamed ? [programNamedSentence(after.nameFollowsChannel ? null : after.name).source] : []),
    ];
  });
}

/** The invitation to a channel has started a program there, which is only in the way while it is empty. */
async function makeRoom(tx: Db, workspaceId: string, channelId: string): Promise<Program | null> {
  const other = await findProgramByChannel(tx, workspaceId, channelId);
  if (other && !(await deleteEmptyProgram(tx, other.id)))
    throw new Refusal('That channel has a program of its own, with defects. Choose another one.', 'channel');
  return other;
}

async function tellMove(
  tx: Db,
  { before, after, auditId }: { before: Program; after: Program; auditId: number },
  { by, now }: Doing,
): Promise<void> {
  await moveUnsent(tx, { programId: after.id, from: before.channelId, to: after.channelId, after: newsSince(now) });
  await redriveChannel(tx, after.workspaceId, after.channelId, now);
  const { triage, digest } = await readSettings(tx, after);
  const next = await readNextRituals(tx, after, now);
  const words = { from: before.channelId, to: after.channelId, triage, digest, next, timeZone: after.timeZone, by };
  const post = (channel: string, side: 'here' | 'away') =>
    enqueuePost(tx, {
      workspaceId: after.workspaceId,
      programId: after.id,
      dedupeKey: `settings:${auditId}:${side}`,
      channel,
      body: programMovedMessage(side, { ...words, isToPrivate: after.channelIsPrivate !== false }),
      runAt: now,
    });
  await post(after.channelId, 'here');
  // Where nobody can post any more, nobody is told.
  if (before.channelState === null || before.channelState === 'open') await post(before.channelId, 'away');
}
