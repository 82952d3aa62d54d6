import { type Defect, updateDefect } from '../../../db/defects/defects.ts';
import { logChange } from '../../../db/defects/events.ts';
import type { Db } from '../../../db/engine/client.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { requireReason } from '../../../domain/defects/require-reason.ts';
import { because, type Doing, holdOpenDefect } from '../../doing.ts';
import { settleTriageItem } from './settle-triage-item.ts';

/** Puts the decision off until the next triage, with a reason. The defect stays as it is. */
export async function deferDefect(
  db: Db,
  program: Program,
  number: number,
  reason: string,
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdOpenDefect(tx, program, number);
    await logChange(tx, defect, 'deferred', because(doing, requireReason(reason)));
    const deferred = await updateDefect(tx, defect.id, { deferStreak: defect.deferStreak + 1 });
    await settleTriageItem(tx, program, deferred, 'defer', doing);
    return deferred;
  });
}
