import { type Defect, updateDefect } from '../../db/defects/defects.ts';
import { logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listCriteria, replaceCriteria } from '../../db/proof/criteria.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Criterion } from '../../domain/proof/criteria.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { tellOwners } from '../reminders/tell-owners.ts';
import { settleTriageItem } from '../triage/decisions/settle-triage-item.ts';

export type Recommitment = { ownerId: string; dueOn: string; criteria: readonly Criterion[] };

/** Renews the promise for a defect that is on the burn-down list: who, until when, and what must hold. */
export async function recommitDefect(
  db: Db,
  program: Program,
  number: number,
  { ownerId, dueOn, criteria }: Recommitment,
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    if (defect.state !== 'accepted' && defect.state !== 'claimed') {
      throw new Refusal(`${defectKey(number)} is not on the burn-down list, so it has no date to change.`);
    }
    if (!ownerId) throw new Refusal('It needs an owner. Pick who will see it through.', 'owner');
    if (dueOn < localDateOn(doing.now, program.timeZone) && (defect.state === 'accepted' || dueOn !== defect.dueOn)) {
      throw new Refusal('The due date has passed. Pick today or a later day.', 'due');
    }
    if (ownerId !== defect.ownerId) {
      await logChange(tx, defect, 'assigned', because(doing, 'A new owner.', { from: defect.ownerId, to: ownerId }));
    }
    if (dueOn !== defect.dueOn) {
      await logChange(tx, defect, 'due_changed', because(doing, 'Recommitted.', { from: defect.dueOn, to: dueOn }));
    }
    await replaceChangedCriteria(tx, defect, criteria, doing);
    const patch = { ownerId, dueOn, lastTriagedAt: doing.now, deferStreak: 0, askedAt: null, askedUserId: null };
    const recommitted = await updateDefect(tx, defect.id, patch);
    await tellOwners(tx, program, recommitted, defect.ownerId, doing);
    await settleTriageItem(tx, program, recommitted, 'accept', doing);
    return recommitted;
  });
}

/** Criteria that stay as they are keep their evidence. */
async function replaceChangedCriteria(
  tx: Db,
  defect: Defect,
  wanted: readonly Criterion[],
  doing: Doing,
): Promise<void> {
  const stored = await listCriteria(tx, defect.id);
  const before = stored.map(({ criterion }) => wordOf(criterion)).sort();
  const after = wanted.map(wordOf).sort();
  if (before.join('\n') === after.join('\n')) return;
  await replaceCriteria(tx, defect.id, wanted, doing.now);
  await logChange(tx, defect, 'criteria_changed', because(doing, 'What must hold has changed.', { criteria: wanted }));
}

// The database gives the keys of a stored criterion back in its own order.
function wordOf(criterion: Criterion): string {
  return JSON.stringify(Object.entries(criterion).sort(([a], [b]) => (a < b ? -1 : 1)));
}
