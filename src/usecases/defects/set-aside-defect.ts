import type { Defect } from '../../db/defects/defects.ts';
import { applyTransition } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { planTransition } from '../../domain/defects/lifecycle.ts';
import { requireReason } from '../../domain/defects/require-reason.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { settleTriageItem } from '../triage/decisions/settle-triage-item.ts';

/** The team knows of the defect and chooses to live with it. */
export function acceptRisk(db: Db, program: Program, number: number, reason: string, doing: Doing): Promise<Defect> {
  return setAside(db, program, number, 'risk_accepted', reason, doing);
}

/** What was reported is no defect. */
export function dismissDefect(db: Db, program: Program, number: number, reason: string, doing: Doing): Promise<Defect> {
  return setAside(db, program, number, 'dismissed', reason, doing);
}

/** Takes back an accepted risk or a dismissal. */
export async function reopenDefect(
  db: Db,
  program: Program,
  number: number,
  reason: string,
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    const transition = planTransition(defect, 'reopened');
    return applyTransition(tx, defect, transition, because(doing, requireReason(reason)));
  });
}

async function setAside(
  db: Db,
  program: Program,
  number: number,
  kind: 'risk_accepted' | 'dismissed',
  reason: string,
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    const transition = planTransition(defect, kind);
    const closed = await applyTransition(tx, defect, transition, because(doing, requireReason(reason)), {
      lastTriagedAt: doing.now,
      deferStreak: 0,
      askedAt: null,
    });
    await settleTriageItem(tx, program, closed, kind === 'dismissed' ? 'dismiss' : 'accept_risk', doing);
    return closed;
  });
}
