import { endAnswered, programEnded, programStartedAgain } from '../../blocks/exit/exit-messages.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { enqueuePost, enqueueUpdate } from '../../db/messages/outbox.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { lockProgram, updateProgram } from '../../db/programs/programs.ts';
import { updateSchedule } from '../../db/programs/schedules.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { RITUALS } from '../../domain/vocabulary.ts';
import type { Db, Doing, Program } from '../doing.ts';
import { proposalKey } from './propose-end.ts';

/** Fixes that are out are judged on whatever else rests. */
const RESTING = RITUALS.filter((ritual) => ritual !== 'proof');

/** Ends a program by its lead's word: its rituals rest, and the channel and everybody who was asked are told. */
export async function endProgram(tx: Db, known: Program, doing: Doing): Promise<void> {
  const program = await lockProgram(tx, known.id);
  if (program.endedAt !== null) throw new Refusal('The program has ended already.');
  for (const ritual of RESTING) await updateSchedule(tx, program.id, ritual, { enabled: false }, doing.now);
  await updateProgram(tx, program.id, { endedAt: doing.now });
  await insertAudit(tx, program.id, doing, [{ kind: 'program_ended', subject: null, before: null, after: null }]);
  await answerProposals(tx, program, 'ended', doing);
  await tellChannel(tx, program, 'ended', programEnded(doing.by), doing.now);
}

/** Goes on although all that was set is met; nobody is asked again until other criteria are set. */
export async function goOn(tx: Db, known: Program, doing: Doing): Promise<void> {
  const program = await lockProgram(tx, known.id);
  if (program.endedAt !== null) throw new Refusal('The program has ended already. Its settings start it again.');
  await answerProposals(tx, program, 'goes on', doing);
}

/** Lets the rituals of a program that ended come again. Nothing is made up for that was due meanwhile. */
export async function startAgain(tx: Db, known: Program, doing: Doing): Promise<void> {
  const program = await lockProgram(tx, known.id);
  if (program.endedAt === null) throw new Refusal('The program has not ended.');
  for (const ritual of RESTING) await updateSchedule(tx, program.id, ritual, { enabled: true }, doing.now);
  await updateProgram(tx, program.id, { endedAt: null, exitAskedAt: null, exitAskedIn: [] });
  await insertAudit(tx, program.id, doing, [{ kind: 'program_started', subject: null, before: null, after: null }]);
  await tellChannel(tx, program, 'started', programStartedAgain(doing.by), doing.now);
}

async function answerProposals(tx: Db, program: Program, decision: 'ended' | 'goes on', doing: Doing): Promise<void> {
  const { id: programId, workspaceId, channelId, exitAskedAt, exitAskedIn } = program;
  if (exitAskedAt === null) return;
  const body = endAnswered(decision, { programId, channelId }, doing.by);
  for (const channel of exitAskedIn) {
    const targetKey = proposalKey(programId, exitAskedAt, channel);
    await enqueueUpdate(tx, { workspaceId, programId, channel, targetKey, body, runAt: doing.now });
  }
}

async function tellChannel(tx: Db, program: Program, what: string, body: Message, now: Date): Promise<void> {
  const { id: programId, workspaceId, channelId: channel } = program;
  const dedupeKey = `program-${what}:${programId}:${now.toISOString()}`;
  await enqueuePost(tx, { workspaceId, programId, dedupeKey, channel, body, runAt: now });
}
