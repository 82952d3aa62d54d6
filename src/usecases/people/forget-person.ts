import { logChange } from '../../db/defects/events.ts';
import { type Erased, eraseWordsOf } from '../../db/people/erase-words.ts';
import { replacePerson } from '../../db/people/erasure.ts';
import { listOpenOwned } from '../../db/people/traces-of-person.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { listPrograms } from '../../db/programs/programs.ts';
import { THE_BOT } from '../../domain/vocabulary.ts';
import type { Db } from '../doing.ts';

export type OpenOwned = Awaited<ReturnType<typeof listOpenOwned>>[number];

export type ForgetResult =
  /** Nothing was erased: somebody has to take these over, or the person is unassigned. */
  | { kind: 'owns'; defects: OpenOwned[] }
  /** By table, how many rows lost words or a name. */
  | { kind: 'forgotten'; erased: Erased; unassigned: OpenOwned[] };

/**
 * Erases a person's name and words from a workspace, in one transaction. A pseudonym that nothing leads back from stands for
 * the person, so that every count, weight, date and decision stays, and the burn-down of every week with them.
 */
export async function forgetPerson(
  db: Db,
  person: { workspaceId: string; userId: string; pseudonym: string },
  { unassign, now }: { unassign: boolean; now: Date },
): Promise<ForgetResult> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const owned = await listOpenOwned(tx, person);
    if (owned.length > 0 && !unassign) return { kind: 'owns', defects: owned };
    for (const { id, programId } of owned) {
      const why = 'The owner was erased on request, so it has none.';
      const because = { actor: THE_BOT, at: now, why, data: { from: person.userId, to: null } };
      await logChange(tx, { id, programId }, 'assigned', because);
    }
    const words = await eraseWordsOf(tx, person, now);
    const named = await replacePerson(tx, person);
    const erased: Erased = new Map(named);
    for (const [table, rows] of words) erased.set(table, Math.max(rows, named.get(table) ?? 0));
    for (const { id } of await listPrograms(tx, person.workspaceId))
      await insertAudit(tx, id, { by: null, now }, [
        { kind: 'person_erased', subject: person.pseudonym, before: null, after: null },
      ]);
    return { kind: 'forgotten', erased, unassigned: owned };
  });
}
