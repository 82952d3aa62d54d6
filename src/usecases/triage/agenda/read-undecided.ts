import type { ChoosableItem } from '../../../blocks/triage/decide-several.ts';
import { listPeople } from '../../../db/people/people.ts';
import { findTriage, listTriageItems } from '../../../db/triage/triages.ts';
import { isOpen } from '../../../domain/defects/lifecycle.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import type { Db, Program } from '../../doing.ts';
import { askedOfItems } from '../decisions/ask-of-items.ts';

/** What is left to decide in a thread, with what triage proposes for each. */
export async function readUndecided(db: Db, program: Program, triageId: number, now: Date): Promise<ChoosableItem[]> {
  const triage = await findTriage(db, program.id, triageId);
  if (!triage) throw new Refusal('This thread is of a triage that is no longer here.');
  if (triage.closedAt) throw new Refusal('This triage is closed. What was left open comes back in the next one.');
  const items = await listTriageItems(db, triageId);
  const waiting = items.filter(({ item, defect }) => item.decision === null && isOpen(defect.state));
  if (waiting.length === 0) throw new Refusal('Everything in this thread is decided.');
  const asked = await askedOfItems(db, program, waiting, now);
  const ownerIds = [...asked.values()].flatMap(({ proposal }) => proposal.ownerId ?? []);
  const people = new Map(
    (await listPeople(db, program.workspaceId, [...new Set(ownerIds)])).map(({ userId, name }) => [userId, name]),
  );
  return [...asked.values()].map(({ defect, suggestion, proposal: { ownerId, dueOn } }) => ({
    number: defect.number,
    title: defect.title,
    state: defect.state,
    suggestion,
    owner: ownerId === null ? null : { id: ownerId, name: people.get(ownerId) ?? 'the proposed owner' },
    dueOn,
  }));
}
