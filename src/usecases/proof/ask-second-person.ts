import { confirmMessage } from '../../blocks/proof/confirm-message.ts';
import type { Defect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listCriteria } from '../../db/proof/criteria.ts';

/** Asks everybody whom a criterion of a claimed defect names to confirm the fix. For the transaction of the claim. */
export async function askSecondPerson(tx: Db, program: Program, defect: Defect, now: Date): Promise<void> {
  if (defect.isSample) return;
  for (const { id, criterion } of await listCriteria(tx, defect.id)) {
    if (criterion.kind !== 'second_person') continue;
    await enqueuePost(tx, {
      workspaceId: program.workspaceId,
      programId: program.id,
      dedupeKey: confirmKey(id, defect),
      channel: criterion.userId,
      body: confirmMessage({
        programId: program.id,
        number: defect.number,
        title: defect.title,
        ownerId: defect.ownerId,
        keepingNote: defect.keepingNote,
        confirmed: false,
      }),
      runAt: now,
    });
  }
}

/** One question a criterion and claim; the answer edits it in place. */
export function confirmKey(criterionId: number, defect: Pick<Defect, 'claimedAt'>): string {
  return `confirm:${criterionId}:${defect.claimedAt?.toISOString() ?? ''}`;
}
