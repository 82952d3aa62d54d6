import type { DefectFacts } from '../../blocks/defects/defect-card.ts';
import type { Defect, DefectInArea } from '../../db/defects/defects.ts';
import type { Program } from '../../db/programs/programs.ts';
import { harmPerWeek, heatAt } from '../../domain/defects/rank.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { isRecurring } from '../../domain/vocabulary.ts';

/** A stored defect as every surface shows it at an instant. */
export function describeDefect(defect: DefectInArea, program: Program, now: Date, mergedInto?: number): DefectFacts {
  const { programId, number, title, area, severity, state, ownerId, dueOn, failedFixes } = defect;
  return {
    programId,
    number,
    title,
    area,
    severity,
    state,
    ownerId,
    dueOn,
    reportCount: defect.reportCount,
    reporterCount: defect.reporterCount,
    affectedTotal: defect.affectedTotal,
    ticketTotal: defect.ticketTotal,
    harmPerWeek: harmNow(defect, program, now),
    quietHalvings: defect.quietHalvings,
    daysSinceSeen: daysBetween(defect.lastSeenAt, now, program.timeZone),
    recurring: isRecurring(defect),
    failedFixes,
    regressed: defect.regressedAt !== null,
    overdue: isOverdue(defect, program, now),
    mergedInto: mergedInto ?? null,
  };
}

export function harmNow(defect: Defect, program: Program, now: Date): number {
  return harmPerWeek(heatAt(defect.heatLevel, now, program.halfLifeDays), program.halfLifeDays);
}

/** Accepted and past its due date; a claimed fix is no longer late. */
export function isOverdue(defect: Defect, program: Program, now: Date): boolean {
  return defect.state === 'accepted' && defect.dueOn !== null && defect.dueOn < localDateOn(now, program.timeZone);
}

/** Calendar days between two instants as the program's wall calendar counts them, never negative. */
export function daysBetween(from: Date, to: Date, timeZone: string): number {
  const days = Date.parse(localDateOn(to, timeZone)) - Date.parse(localDateOn(from, timeZone));
  return Math.max(0, Math.round(days / DAY_MS));
}
