import { type DefectDetail, defectCard } from '../../blocks/defects/defect-card.ts';
import { mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { criterionWords } from '../../blocks/kit/words.ts';
import { budgetShareWords } from '../../blocks/reliability/budget-words.ts';
import {
  countAhead,
  type Defect,
  type DefectInArea,
  findDefect,
  findDefectByNumber,
} from '../../db/defects/defects.ts';
import { type DefectEvent, listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listCriteria, type StoredCriterion } from '../../db/proof/criteria.ts';
import { listReports } from '../../db/reports/reports.ts';
import { isOpen } from '../../domain/defects/lifecycle.ts';
import { sinceWhenSentence } from '../../domain/digest/since-when-words.ts';
import { ticketsLately } from '../../domain/digest/support-burden.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { gatherDefectVerdicts } from '../digest/gather-verdicts.ts';
import { readPulls } from '../fixes/read-pulls.ts';
import { proofOfFix, type StoredProof } from '../proof/proof-of-fix.ts';
import { listBudgetShares } from '../reliability/list-budget-shares.ts';
import { hasTrackers, readTickets } from '../trackers/read-tickets.ts';
import { describeDefect } from './describe-defect.ts';
import { releasesOfDefect } from './releases-of-defect.ts';
import { shownReport } from './shown-report.ts';

export async function showDefect(db: Db, program: Program, number: number, now: Date): Promise<Message> {
  const defect = await findOrRefuse(db, program, number);
  const target = defect.mergedIntoId === null ? null : await findDefect(db, program.id, defect.mergedIntoId);
  const criteria = await listCriteria(db, defect.id);
  const reports = await listReports(db, defect.id);
  const events = await listEvents(db, defect.id);
  const isJudged = defect.state === 'claimed' || defect.state === 'accepted';
  const proof = isJudged ? await proofOfFix(db, program, defect, now) : null;
  const on = (at: Date) => localDateOn(at, program.timeZone);
  const detail: DefectDetail = {
    ...describeDefect(defect, program, now, target?.number),
    todayOn: on(now),
    firstSeenOn: on(defect.firstSeenAt),
    place: await placeOf(db, program, defect),
    proving: defect.state === 'claimed' ? (proof?.progress ?? null) : null,
    trend: await trendLine(db, program, defect, now),
    ticketsLately: ticketsLately(reports, now) ?? null,
    criteria: withEvidenceByNow(criteria, proof).map(({ criterion, evidence }) =>
      evidence ? mrkdwn`${criterionWords(criterion)}: ${evidence}` : criterionWords(criterion),
    ),
    keepingNote: defect.keepingNote,
    releases: await releasesOfDefect(db, defect, reports, events),
    tickets: await readTickets(db, defect.id),
    pulls: await readPulls(db, program, defect.id),
    hasTrackers: await hasTrackers(db, program),
    budgetShare: await budgetShareOf(db, program, defect, now),
    history: events.filter(isWorthTelling).map((event) => ({
      on: on(event.at),
      actorId: event.actorId,
      kind: event.kind,
      what: event.why,
    })),
    latest: reports.slice(0, 3).map((report) => shownReport(report, defect, program)),
  };
  return defectCard(detail);
}

export async function findOrRefuse(db: Db, program: Program, number: number): Promise<DefectInArea> {
  const defect = await findDefectByNumber(db, program.id, number);
  if (!defect)
    throw new Refusal(`There is no ${defectKey(number)} in ${program.name}. \`/defect list\` shows what is open.`);
  return defect;
}

/** What a defect burnt of its area's error budget, in one sentence; null where that is not known. */
export async function budgetShareOf(db: Db, program: Program, defect: Defect, now: Date): Promise<string | null> {
  const shares = await listBudgetShares(db, program, now, defect.areaId);
  const burnt = shares.find(({ defectId }) => defectId === defect.id);
  return burnt ? budgetShareWords(burnt) : null;
}

/** Its place among the open defects, from 1; closed ones have none. */
export async function placeOf(db: Db, program: Program, defect: DefectInArea): Promise<number | null> {
  return isOpen(defect.state) ? (await countAhead(db, program.id, defect)) + 1 : null;
}

async function trendLine(db: Db, program: Program, { id }: Defect, now: Date): Promise<string | null> {
  const verdict = (await gatherDefectVerdicts(db, program, now, [id])).get(id);
  // The week of its first report is left out, so that the one after it has none to be compared with.
  return verdict && verdict.before !== null ? sinceWhenSentence(verdict, { timeZone: program.timeZone, now }) : null;
}

/** What the proof has said of criteria is said as of now while the fix is judged, or is what came back. */
function withEvidenceByNow(
  criteria: readonly StoredCriterion[],
  proof: StoredProof | null,
): Pick<StoredCriterion, 'criterion' | 'evidence'>[] {
  return criteria.map(({ id, criterion, evidence }) => {
    const judged = proof?.criteria.find((stored) => stored.id === id)?.criterion;
    const row = proof?.evidence.find((one) => one.criterion === judged);
    return { criterion, evidence: evidence === null ? null : (row?.sentence ?? evidence) };
  });
}

function isWorthTelling({ kind }: DefectEvent): boolean {
  return kind !== 'report_joined' && kind !== 'evidence' && kind !== 'snoozed';
}
