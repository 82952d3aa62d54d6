import { Mrkdwn } from '../../../blocks/kit/mrkdwn.ts';
import type { DefectInArea } from '../../../db/defects/defects.ts';
import { listEvents } from '../../../db/defects/events.ts';
import type { Db } from '../../../db/engine/client.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { listReports, type Report } from '../../../db/reports/reports.ts';
import { findTriageItem } from '../../../db/triage/triages.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import type { Criterion } from '../../../domain/proof/criteria.ts';
import { localDateOn } from '../../../domain/time/working-time.ts';
import { type Decision, defectKey, type Escape } from '../../../domain/vocabulary.ts';
import { findOrRefuse } from '../../defects/show-defect.ts';
import { sizeWindow } from '../../proof/size-window.ts';
import { criteriaFor } from '../agenda/default-criteria.ts';
import { proposePromises } from '../agenda/propose-promises.ts';

/** A decision that stands in a thread already. */
export type EarlierDecision = { title: string; decision: Decision; by: string; at: Date; outcome: Mrkdwn };

/** What was decided about a defect in a thread; null while it waits, or where it is not in that thread. */
export async function findEarlierDecision(
  db: Db,
  program: Program,
  number: number,
  triageId: number,
): Promise<EarlierDecision | null> {
  const defect = await findOrRefuse(db, program, number);
  const item = await findTriageItem(db, triageId, defect.id);
  if (!item?.decision || !item.decidedBy || !item.decidedAt) return null;
  const { decision, decidedBy: by, decidedAt: at, outcome } = item;
  return { title: defect.title, decision, by, at, outcome: new Mrkdwn(outcome ?? '') };
}

export type Promised = {
  ownerId: string | null;
  dueOn: string;
  criteria: Criterion[];
  windowDays: number | null;
  escapedBy: Escape | null;
};

/** What an acceptance is offered: whom, until when, what must hold, and how long silence would have to last. */
export async function findPromise(db: Db, program: Program, defect: DefectInArea, now: Date): Promise<Promised> {
  const proposal = (await proposePromises(db, program, [defect], now)).get(defect.id);
  const { days } = await sizeWindow(db, defect, { deployedAt: now, environments: defect.fixedEnvironments });
  return {
    ownerId: proposal?.ownerId ?? null,
    dueOn: proposal?.dueOn ?? localDateOn(now, program.timeZone),
    criteria: await criteriaFor(db, defect),
    windowDays: days,
    escapedBy: defect.escape,
  };
}

/** What a claim has to be asked for, because accepting the defect has left it open. */
export async function findMissing(
  db: Db,
  defect: DefectInArea,
  now: Date,
): Promise<{ escape: boolean; proof: boolean }> {
  const { endsAt } = await sizeWindow(db, defect, { deployedAt: now, environments: defect.fixedEnvironments });
  return { escape: defect.escape === null, proof: endsAt === null };
}

/** The reports that a split can choose from, newest first. */
export async function listReportsToSplit(db: Db, defect: DefectInArea): Promise<Report[]> {
  const reports = await listReports(db, defect.id);
  if (reports.length > 1) return reports;
  throw new Refusal(`${defectKey(defect.number)} has a single report, so there is nothing to split.`);
}

/** The question that waits for an answer. */
export async function findQuestion(db: Db, defect: DefectInArea): Promise<{ askedBy: string; words: string }> {
  const asked = (await listEvents(db, defect.id)).findLast(({ kind }) => kind === 'info_asked');
  if (!asked?.actorId || !defect.askedAt) {
    throw new Refusal(`The question about ${defectKey(defect.number)} has been answered.`);
  }
  return { askedBy: asked.actorId, words: asked.why };
}
