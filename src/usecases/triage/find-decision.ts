import { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import type { DefectInArea } from '../../db/defects/defects.ts';
import { listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listCriteria } from '../../db/proof/criteria.ts';
import { listReports, type Report } from '../../db/reports/reports.ts';
import { findTriageItem } from '../../db/triage/triages.ts';
import { defaultDueOn } from '../../domain/defects/default-due.ts';
import type { Criterion } from '../../domain/proof/criteria.ts';
import { Refusal } from '../../domain/refusal.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { type Decision, defectKey } from '../../domain/vocabulary.ts';
import { findOrRefuse } from '../defects/show-defect.ts';
import { sizeWindow } from '../proof/size-window.ts';

/** A decision that stands in a thread already. */
export type EarlierDecision = { number: number; decision: Decision; by: string; at: Date; outcome: Mrkdwn };

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
  return {
    number,
    decision: item.decision,
    by: item.decidedBy,
    at: item.decidedAt,
    outcome: new Mrkdwn(item.outcome ?? ''),
  };
}

export type Promised = { dueOn: string; criteria: Criterion[]; windowDays: number | null };

/** What an acceptance is offered: the due date, the criteria so far, and how long silence would have to last. */
export async function findPromise(db: Db, program: Program, defect: DefectInArea, now: Date): Promise<Promised> {
  const todayOn = localDateOn(now, program.timeZone);
  const isStillToCome = defect.dueOn !== null && defect.dueOn >= todayOn;
  const criteria = (await listCriteria(db, defect.id)).map(({ criterion }) => criterion);
  const { days } = await sizeWindow(db, defect, now);
  return {
    dueOn: isStillToCome && defect.dueOn ? defect.dueOn : defaultDueOn(defect.severity, todayOn, program),
    criteria,
    windowDays: days,
  };
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
