import type { Db } from '../db/engine/client.ts';
import type { Criterion } from '../domain/proof/criteria.ts';
import { HOUR_MS } from '../domain/time/durations.ts';
import { addDays } from '../domain/time/local-date.ts';
import { localDateOn } from '../domain/time/working-time.ts';
import { type Acceptance, acceptDefect } from '../usecases/defects/accept-defect.ts';
import { relabelDefect } from '../usecases/defects/change-defect.ts';
import { acceptRisk, dismissDefect } from '../usecases/defects/set-aside-defect.ts';
import { mergeDefects } from '../usecases/grouping/merge-defects.ts';
import { claimFix } from '../usecases/proof/claim-fix.ts';
import { confirmFix } from '../usecases/proof/confirm-fix.ts';
import { askForInfo } from '../usecases/triage/decisions/ask-for-info.ts';
import { deferDefect } from '../usecases/triage/decisions/defer-defect.ts';
import { numberOf, ownerSeat, type Stage } from './sample-stage.ts';
import type { SampleDefect, SampleStep } from './sample-tables.ts';
import type { Happening } from './sample-timeline.ts';

/** Takes one decision of a sample history, as whoever took it would have. */
export async function playStep(
  tx: Db,
  stage: Stage,
  { at, defect, step }: Extract<Happening, { kind: 'step' }>,
): Promise<void> {
  const { program, cast } = stage;
  const number = numberOf(stage, defect.key);
  const doing = { by: actorOf(stage, defect, step), now: at };
  switch (step.do) {
    case 'accept':
      await acceptDefect(tx, program, number, acceptanceOf(stage, step), doing);
      break;
    case 'claim': {
      const { fixKind, keepingNote, environments = [] } = step;
      const deployedAt = new Date(at.getTime() - HOUR_MS);
      await claimFix(tx, program, number, { fixKind, keepingNote, environments, deployedAt }, doing);
      break;
    }
    case 'confirm':
      await confirmFix(tx, program, number, doing);
      break;
    case 'relabel':
      await relabelDefect(tx, program, number, { severity: step.severity, reason: step.words }, doing);
      break;
    case 'accept_risk':
      await acceptRisk(tx, program, number, step.words, doing);
      break;
    case 'dismiss':
      await dismissDefect(tx, program, number, step.words, doing);
      break;
    case 'defer':
      await deferDefect(tx, program, number, step.words, doing);
      break;
    case 'merge':
      await mergeDefects(tx, program, number, numberOf(stage, step.into), doing);
      break;
    case 'ask':
      // Somebody who is alone has nobody else to ask.
      if (cast.size > 1) await askForInfo(tx, program, number, step.words, doing);
  }
}

/** Owners claim, whom a criterion names confirms, and whoever sits beside the owner decides. */
export function actorOf({ cast }: Stage, defect: SampleDefect, step: SampleStep): string {
  if (step.do === 'confirm') return cast.person(confirmerSeat(defect));
  return cast.person(step.do === 'claim' ? ownerSeat(defect) : ownerSeat(defect) + 1);
}

function confirmerSeat({ steps = [] }: SampleDefect): number {
  return steps.flatMap((step) => (step.do === 'accept' ? (step.confirmer ?? []) : [])).at(0) ?? 0;
}

function acceptanceOf({ program, now, cast }: Stage, step: Extract<SampleStep, { do: 'accept' }>): Acceptance {
  const confirmer: Criterion[] =
    step.confirmer === undefined ? [] : [{ kind: 'second_person', userId: cast.person(step.confirmer) }];
  return {
    ownerId: cast.person(step.owner),
    dueOn: addDays(localDateOn(now, program.timeZone), step.dueIn),
    criteria: [...(step.criteria ?? [{ kind: 'max_reports', limit: 0 }]), ...confirmer],
    escape: step.escape,
  };
}
