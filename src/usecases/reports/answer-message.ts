import { messageReportedReply } from '../../blocks/reports/message-reported.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { messageKey } from '../../domain/reports/plain-words.ts';
import type { Doing } from '../doing.ts';

/** Answers in the thread of a message that somebody reported, with its key: once, in the transaction of the report. */
export async function answerMessage(
  tx: Db,
  program: Program,
  message: { channelId: string; ts: string; threadTs: string },
  number: number,
  { by, now }: Doing,
): Promise<void> {
  await enqueuePost(tx, {
    workspaceId: program.workspaceId,
    programId: program.id,
    dedupeKey: `reported:${program.id}:${messageKey(message)}`,
    channel: message.channelId,
    threadTs: message.threadTs,
    body: messageReportedReply({ by, number }),
    runAt: now,
  });
}
