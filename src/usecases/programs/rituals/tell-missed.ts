import { missedNotice } from '../../../blocks/programs/missed-notice.ts';
import type { Db } from '../../../db/engine/client.ts';
import { enqueuePosts } from '../../../db/messages/outbox.ts';
import type { Program } from '../../../db/programs/programs.ts';
import type { Ritual } from '../../../domain/vocabulary.ts';

/** Tells each lead at once what a program missed, in one message for all occurrences of a ritual. */
export async function tellMissed(
  tx: Db,
  program: Program,
  { ritual, dueAts, now }: { ritual: Ritual; dueAts: readonly Date[]; now: Date },
): Promise<void> {
  const last = dueAts.at(-1);
  // Proof posts nothing by itself, and reminders are looked at person by person.
  if (!last || ritual === 'proof' || ritual === 'reminders') return;
  const notice = {
    workspaceId: program.workspaceId,
    programId: program.id,
    dedupeKey: `missed:${program.id}:${ritual}:${last.toISOString()}`,
    body: missedNotice({ ritual, dueAts, program }),
    runAt: now,
  };
  await enqueuePosts(tx, notice, program.leadIds);
}
