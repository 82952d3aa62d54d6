import { nextWorkingDay, type WorkCalendar } from '../time/working-time.ts';
import type { Severity } from '../vocabulary.ts';

/** Working days that a team usually takes for it; a suggestion, which whoever accepts may change. */
const WORKING_DAYS: Record<Severity, number> = { S1: 3, S2: 5, S3: 10, S4: 20 };

/** The due date that is offered when a defect is accepted. */
export function defaultDueOn(severity: Severity, todayOn: string, calendar: WorkCalendar): string {
  return Array.from({ length: WORKING_DAYS[severity] }).reduce<string>((day) => nextWorkingDay(day, calendar), todayOn);
}
