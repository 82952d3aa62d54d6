import { dayWords } from '../../../blocks/kit/words.ts';
import { usedBudgetWords } from '../../../blocks/triage/triage-words.ts';
import { type DefectInArea, listRanked } from '../../../db/defects/defects.ts';
import type { Db } from '../../../db/engine/client.ts';
import type { Program } from '../../../db/programs/programs.ts';
import {
  type Comeback,
  countOpenCriteria,
  listComebacks,
  listPromises,
  type Promised,
} from '../../../db/triage/agenda-facts.ts';
import { findTriageBefore, type LastTime, listLastTimes } from '../../../db/triage/triages.ts';
import { isCreeping, type SinceWhen } from '../../../domain/digest/since-when.ts';
import { sinceWhenSentence } from '../../../domain/digest/since-when-words.ts';
import { AGENDA_BUDGET_SHARE } from '../../../domain/stats/error-budget.ts';
import { localDateOn } from '../../../domain/time/working-time.ts';
import { type Agenda, type AgendaDefect, assembleAgenda } from '../../../domain/triage/agenda.ts';
import type { OpenState } from '../../../domain/vocabulary.ts';
import { gatherDefectVerdicts } from '../../digest/gather-verdicts.ts';
import { type BudgetShare, listBudgetShares } from '../../reliability/list-budget-shares.ts';

export type AgendaEntry = AgendaDefect & { row: DefectInArea };

// Far above what a program holds open; an agenda of ten never needs the rest.
const MOST = 10_000;

/** What triage would talk about at this instant. */
export async function gatherAgenda(db: Db, program: Program, now: Date): Promise<Agenda<AgendaEntry>> {
  const defects = await gatherEntries(db, program, now);
  return assembleAgenda({ todayOn: localDateOn(now, program.timeZone), defects }, { limit: program.agendaLimit });
}

/** Every open defect with what the agenda needs to know of it. */
export async function gatherEntries(db: Db, program: Program, now: Date): Promise<AgendaEntry[]> {
  const open = await listRanked(db, program.id, { kind: 'all' }, { limit: MOST });
  const comebacks = new Map((await listComebacks(db, program.id)).map((one) => [one.defectId, one]));
  const promises = new Map((await listPromises(db, program.id)).map((one) => [one.defectId, one]));
  const verdicts = await gatherDefectVerdicts(db, program, now);
  const openCriteria = await countOpenCriteria(db, program.id);
  const shares = new Map((await listBudgetShares(db, program, now)).map((one) => [one.defectId, one]));
  const lastTimes = new Map((await listLastTimes(db, program.id)).map((one) => [one.defectId, one]));
  const since = (await findTriageBefore(db, program.id, now))?.openedAt ?? null;
  return open.map((row) => {
    const lastTime = sinceDecided(row, lastTimes.get(row.id));
    return {
      ...row,
      row,
      state: row.state as OpenState,
      comeback: comebackOf(row, comebacks.get(row.id), program),
      overBudget: overBudgetOf(row, shares.get(row.id)),
      creep: creepOf(row, verdicts.get(row.id), { timeZone: program.timeZone, now }),
      stalled: stalledOf(row, openCriteria.get(row.id) ?? 0, program, now),
      lastTime,
      promised: promiseOf(promises.get(row.id), lastTime),
      isAsked: row.askedAt !== null,
      isFresh: since !== null && row.createdAt > since,
    };
  });
}

/** A decision made after the thread opened ends the row of carry-overs. */
function sinceDecided(defect: DefectInArea, last: LastTime | undefined): LastTime | undefined {
  return last && (defect.lastTriagedAt === null || defect.lastTriagedAt < last.openedAt) ? last : undefined;
}

/** A promise is for the next thread, and kept once the defect was in it. */
function promiseOf(last: Promised | undefined, lastTime: LastTime | undefined): AgendaDefect['promised'] {
  if (!last || (lastTime && last.at < lastTime.openedAt)) return undefined;
  if (last.kind === 'deferred') return { kind: 'deferred', words: last.words };
  return last.kind === 'info_given' ? { kind: 'answered', words: last.words } : undefined;
}

function comebackOf(defect: DefectInArea, back: Comeback | undefined, program: Program): AgendaDefect['comeback'] {
  if (!back) return undefined;
  const dayOf = (at: Date) => dayWords(localDateOn(at, program.timeZone));
  const reports = back.reportsSince === 1 ? '1 report since' : `${back.reportsSince} reports since`;
  const last = `the last on ${dayOf(back.lastAt ?? defect.lastSeenAt)}`;
  const fix = back.fixedAt ? ` of ${dayOf(back.fixedAt)}` : '';
  const why = {
    failed: `The fix${fix} failed: ${reports}, ${last}.`,
    reduced: back.words,
    regressed: `It came back after it was proven: ${reports} the fix${fix}, ${last}.`,
  }[back.kind];
  return { kind: back.kind, why, at: back.at };
}

/** What it used stays for a quarter; a decision about it counts until it is seen again. */
function overBudgetOf(defect: DefectInArea, used: BudgetShare | undefined): string | undefined {
  if (!used || used.share <= AGENDA_BUDGET_SHARE) return undefined;
  if (defect.lastTriagedAt !== null && defect.lastSeenAt <= defect.lastTriagedAt) return undefined;
  return usedBudgetWords(used);
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

function stalledOf(defect: DefectInArea, openCriteria: number, program: Program, now: Date): string | undefined {
  if (defect.state !== 'claimed') return undefined;
  if (!defect.windowEndsAt) return 'Silence cannot prove its fix, and nothing else was asked for.';
  if (defect.windowEndsAt > now) return undefined;
  const since = dayWords(localDateOn(defect.windowEndsAt, program.timeZone));
  const missing = openCriteria === 1 ? '1 criterion does' : `${openCriteria} criteria do`;
  return openCriteria > 0
    ? `Its fix was to be proven by ${since}, but ${missing} not hold yet.`
    : `Its fix was to be proven by ${since}, and is not.`;
}
