import { digestMessage } from '../blocks/digest-message.ts';
import type { Message } from '../blocks/parts.ts';
import type { Db } from '../db/client.ts';
import { settleNudges } from '../db/nudges.ts';
import { enqueuePost } from '../db/outbox.ts';
import type { Program } from '../db/programs.ts';
import { gatherDigest } from './gather-digest.ts';

/** `gaps` names what does not add up; it is said in the digest too, and worth a line in the log. */
export type DigestPosted = { kind: 'posted' | 'repeated'; gaps: string[] };

/** Posts the digest of the week that ends when it was due to the program's channel, once. */
export async function postDigest(
  tx: Db,
  program: Program,
  { dueAt, late, now }: { dueAt: Date; late: boolean; now: Date },
): Promise<DigestPosted> {
  await settleNudges(tx, program.id, now);
  const digest = await gatherDigest(tx, program, dueAt);
  const isNew = await enqueuePost(tx, {
    workspaceId: program.workspaceId,
    programId: program.id,
    dedupeKey: `digest:${program.id}:${dueAt.toISOString()}`,
    channel: program.channelId,
    body: digestMessage(digest, {
      programName: program.name,
      timeZone: program.timeZone,
      late,
      preview: false,
    }),
    runAt: now,
  });
  return { kind: isNew ? 'posted' : 'repeated', gaps: digest.gaps };
}

/** The digest as it would be now, for the one who asked. Writes nothing. */
export async function previewDigest(db: Db, program: Program, now: Date): Promise<Message> {
  const { name, timeZone } = program;
  const digest = await gatherDigest(db, program, now);
  return digestMessage(digest, { programName: name, timeZone, late: false, preview: true });
}
