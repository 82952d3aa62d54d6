import { endProposal } from '../../blocks/exit/exit-messages.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import { lockProgram, updateProgram } from '../../db/programs/programs.ts';
import type { ExitScorecard } from '../../domain/exit/exit-scorecard.ts';
import type { Db, Program } from '../doing.ts';

/** Under which the question to a lead is found again, to say what became of it. */
export function proposalKey(programId: number, askedAt: Date, channel: string): string {
  return `exit:${programId}:${askedAt.toISOString()}:${channel}`;
}

/**
 * Asks the leads whether a program ends that has met all it set for that, in the channel where nobody leads it by name;
 * once for the same criteria.
 */
export async function proposeEnd(tx: Db, known: Program, scorecard: ExitScorecard, now: Date): Promise<void> {
  if (!scorecard.isMet) return;
  const { id: programId, workspaceId, channelId, leadIds, exitAskedAt, endedAt } = await lockProgram(tx, known.id);
  if (exitAskedAt !== null || endedAt !== null) return;
  const channels = leadIds.length > 0 ? leadIds : [channelId];
  const body = endProposal(scorecard, { programId, channelId });
  for (const channel of channels) {
    const dedupeKey = proposalKey(programId, now, channel);
    await enqueuePost(tx, { workspaceId, programId, dedupeKey, channel, body, runAt: now });
  }
  await updateProgram(tx, programId, { exitAskedAt: now, exitAskedIn: channels });
}
