import { dayWords } from '../../blocks/kit/words.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { applyTransition } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { replaceCriteria } from '../../db/proof/criteria.ts';
import { planTransition } from '../../domain/defects/lifecycle.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Criterion } from '../../domain/proof/criteria.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { Escape } from '../../domain/vocabulary.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { tellOwners } from '../reminders/tell-owners.ts';
import { createWhereAlways } from '../trackers/create-ticket.ts';
import { settleTriageItem } from '../triage/decisions/settle-triage-item.ts';

export type Acceptance = { ownerId: string; dueOn: string; criteria: readonly Criterion[]; escape: Escape | null };

/** Puts a defect on the burn-down list: with an owner, a due date and what must hold. */
export async function acceptDefect(
  db: Db,
  program: Program,
  number: number,
  acceptance: Acceptance,
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    const { ownerId, dueOn, criteria } = acceptance;
    const transition = planTransition(defect, 'accepted', { ownerId, dueOn });
    if (dueOn < localDateOn(doing.now, program.timeZone)) {
      throw new Refusal('The due date has passed. Pick today or a later day.', 'due');
    }
    await replaceCriteria(tx, defect.id, criteria, doing.now);
    const accepted = await applyTransition(
      tx,
      defect,
      transition,
      because(doing, `Accepted, due ${dayWords(dueOn)}.`, {
        ownerId,
        dueOn,
        escape: acceptance.escape ?? defect.escape,
      }),
      {
        ownerId,
        dueOn,
        escape: acceptance.escape ?? defect.escape,
        acceptedAt: doing.now,
        lastTriagedAt: doing.now,
        deferStreak: 0,
        askedAt: null,
      },
    );
    // Whoever owned it before is told now what is expected.
    await tellOwners(tx, program, accepted, defect.ownerId === ownerId ? null : defect.ownerId, doing);
    await createWhereAlways(tx, program, accepted, doing);
    await settleTriageItem(tx, program, accepted, 'accept', doing);
    return accepted;
  });
}
