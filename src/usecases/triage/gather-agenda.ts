import { budgetShareWords } from '../../blocks/reliability/budget-words.ts';
import { type DefectInArea, listRanked } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { countOpenCriteria, listComebacks } from '../../db/triage/agenda-facts.ts';
import { type LastTime, listLastTimes } from '../../db/triage/triages.ts';
import { isCreeping, type SinceWhen } from '../../domain/digest/since-when.ts';
import { sinceWhenSentence } from '../../domain/digest/since-when-words.ts';
import { AGENDA_BUDGET_SHARE } from '../../domain/stats/error-budget.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { type Agenda, type AgendaDefect, assembleAgenda } from '../../domain/triage/agenda.ts';
import type { OpenState } from '../../domain/vocabulary.ts';
import { gatherDefectVerdicts } from '../digest/gather-verdicts.ts';
import { type BudgetShare, listBudgetShares } from '../reliability/list-budget-shares.ts';

export type AgendaEntry = AgendaDefect & { row: DefectInArea };

const DAY_MS = 86_400_000;
// Far above what a program holds open; an agenda of ten never needs the rest.
const MOST = 10_000;

/** What triage would talk about at this instant. */
export async function gatherAgenda(db: Db, program: Program, now: Date): Promise<Agenda<AgendaEntry>> {
  const open = await listRanked(db, program.id, { kind: 'all' }, { limit: MOST });
  const comebacks = new Map((await listComebacks(db, program.id)).map((one) => [one.defectId, one]));
  const verdicts = await gatherDefectVerdicts(db, program, now);
  const openCriteria = await countOpenCriteria(db, program.id);
  const shares = new Map((await listBudgetShares(db, program, now)).map((one) => [one.defectId, one]));
  const lastTimes = new Map((await listLastTimes(db, program.id)).map((one) => [one.defectId, one]));
  const defects = open.map((row) => ({
    ...row,
    row,
    state: row.state as OpenState,
    comeback: comebacks.get(row.id),
    overBudget: overBudgetOf(row, shares.get(row.id)),
    creep: creepOf(row, verdicts.get(row.id), { timeZone: program.timeZone, now }),
    stalled: stalledOf(row, openCriteria.get(row.id) ?? 0, now),
    lastTime: sinceDecided(row, lastTimes.get(row.id)),
    isAsked: row.askedAt !== null,
  }));
  return assembleAgenda({ todayOn: localDateOn(now, program.timeZone), defects }, { limit: program.agendaLimit });
}

/** A decision made after the thread opened ends the row of carry-overs. */
function sinceDecided(defect: DefectInArea, last: LastTime | undefined): LastTime | undefined {
  return last && (defect.lastTriagedAt === null || defect.lastTriagedAt < last.openedAt) ? last : undefined;
}

/** What it burnt stays for a quarter; a decision about it counts until it is seen again. */
function overBudgetOf(defect: DefectInArea, burnt: BudgetShare | undefined): string | undefined {
  if (!burnt || burnt.share <= AGENDA_BUDGET_SHARE) return undefined;
  if (defect.lastTriagedAt !== null && defect.lastSeenAt <= defect.lastTriagedAt) return undefined;
  return `${budgetShareWords(burnt)} From ${AGENDA_BUDGET_SHARE * 100} % on triage takes it up by itself.`;
}

/** Only what somebody promised to fix creeps: what is new is on the agenda anyway, and a claimed fix is being judged. */
function creepOf(
  { state, lastTriagedAt }: DefectInArea,
  verdict: SinceWhen | undefined,
  reading: { timeZone: string; now: Date },
): string | undefined {
  if (!verdict || state !== 'accepted' || !isCreeping(verdict, lastTriagedAt)) return undefined;
  return `Creeping up: ${sinceWhenSentence(verdict, reading)}`;
}

function stalledOf(defect: DefectInArea, openCriteria: number, now: Date): string | undefined {
  if (defect.state !== 'claimed') return undefined;
  if (!defect.windowEndsAt) return 'Silence cannot prove this fix, and no other criterion is set.';
  if (defect.windowEndsAt > now) return undefined;
  const days = Math.floor((now.getTime() - defect.windowEndsAt.getTime()) / DAY_MS);
  const since = days < 1 ? 'today' : days === 1 ? 'a day ago' : `${days} days ago`;
  const missing = openCriteria === 1 ? '1 criterion is' : `${openCriteria} criteria are`;
  return openCriteria > 0
    ? `The validation window ended ${since}, but ${missing} not met yet.`
    : `The validation window ended ${since} without a proof.`;
}
