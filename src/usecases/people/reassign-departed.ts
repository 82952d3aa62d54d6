import { reassignedMessage, reassignedWords, type StillUnowned } from '../../blocks/people/departed-message.ts';
import { findDefectByNumber } from '../../db/defects/defects.ts';
import { enqueueUpdate } from '../../db/messages/outbox.ts';
import { findPerson } from '../../db/people/people.ts';
import { isOpen } from '../../domain/defects/lifecycle.ts';
import { assignOwner } from '../defects/change-defect.ts';
import type { Db, Doing, Program } from '../doing.ts';
import { departedKey } from './release-departed.ts';

/** What somebody owned who left, by its numbers, and the message that asks for a new owner. */
export type Left = { userId: string; atMs: number; numbers: readonly number[] };

/** Those that still have no owner and are open. */
export async function listStillUnowned(db: Db, program: Program, numbers: readonly number[]): Promise<StillUnowned[]> {
  const found: StillUnowned[] = [];
  for (const number of numbers) {
    const defect = await findDefectByNumber(db, program.id, number);
    if (defect && defect.ownerId === null && isOpen(defect.state))
      found.push({ number, title: defect.title, dueOn: defect.dueOn });
  }
  return found;
}

/** Gives all that is still unowned to one person, and says so in the messages that asked for it. Answers that, in mrkdwn. */
export async function reassignDeparted(
  db: Db,
  program: Program,
  left: Left,
  ownerId: string,
  doing: Doing,
): Promise<string> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const unowned = await listStillUnowned(tx, program, left.numbers);
    for (const { number } of unowned) await assignOwner(tx, program, number, ownerId, doing);
    const given = unowned.map(({ number }) => number);
    const words = reassignedWords(ownerId, given, left.numbers.length - given.length);
    const person = await findPerson(tx, program.workspaceId, left.userId);
    for (const channel of program.leadIds.length > 0 ? program.leadIds : [program.channelId])
      await enqueueUpdate(tx, {
        workspaceId: program.workspaceId,
        programId: program.id,
        targetKey: `${departedKey(program.id, left.userId, left.atMs)}:${channel}`,
        channel,
        body: reassignedMessage(person?.name ?? left.userId, words),
        runAt: doing.now,
      });
    return words.source;
  });
}
