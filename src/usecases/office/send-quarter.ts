import type { Message } from '../../blocks/kit/parts.ts';
import { quarterMessage } from '../../blocks/office/quarter-message.ts';
import { note } from '../../blocks/programs/help-message.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import { meantQuarter, quarterWords, type TypedQuarter } from '../../domain/office/quarter.ts';
import type { Db, Doing, Program } from '../doing.ts';
import { readQuarter } from './quarter-report.ts';

/** Sends the page of a quarter to whoever asks for it, as a direct message. */
export async function sendQuarter(
  tx: Db,
  program: Program,
  typed: TypedQuarter | null,
  { by, now }: Doing,
): Promise<Message> {
  const quarter = meantQuarter(typed, now, program.timeZone);
  const report = await readQuarter(tx, program, quarter, now);
  await enqueuePost(tx, {
    workspaceId: program.workspaceId,
    programId: program.id,
    dedupeKey: `quarter:${program.id}:${quarter}:${by}:${now.toISOString()}`,
    channel: by,
    body: quarterMessage(report),
    runAt: now,
  });
  return note(`The report of ${quarterWords(quarter)} is on its way to your direct messages with me.`);
}
