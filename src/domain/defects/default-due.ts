import { addDays } from '../time/local-date.ts';
import { isWorkingDay, nextWorkingDay, type WorkCalendar } from '../time/working-time.ts';
import { SEVERITIES, type Severity } from '../vocabulary.ts';

export const DUE_SPANS = ['1d', '3d', '1w', '2w', '1m', '2m', '1q'] as const;
/** How long a fix may take. */
export type DueSpan = (typeof DUE_SPANS)[number];

/** From S1 to S4. */
export const DEFAULT_DUE_SPANS = ['3d', '1w', '1m', '1q'] as const satisfies DueSpan[];

type Length = { workingDays: number } | { days: number };

const LENGTH: Record<DueSpan, Length> = {
  '1d': { workingDays: 1 },
  '3d': { workingDays: 3 },
  '1w': { days: 7 },
  '2w': { days: 14 },
  '1m': { days: 30 },
  '2m': { days: 61 },
  '1q': { days: 91 },
};

/** The due date that is offered when a defect is accepted: a working day, which whoever accepts may change. */
export function defaultDueOn(
  severity: Severity,
  todayOn: string,
  { dueSpans, ...calendar }: WorkCalendar & { dueSpans: readonly DueSpan[] },
): string {
  return dueAfter(dueSpans[SEVERITIES.indexOf(severity)] ?? '1m', todayOn, calendar);
}

/** The working day on which a span that starts today is over. */
export function dueAfter(span: DueSpan, todayOn: string, calendar: WorkCalendar): string {
  const length = LENGTH[span];
  if ('days' in length) {
    const dueOn = addDays(todayOn, length.days);
    return isWorkingDay(dueOn, calendar) ? dueOn : nextWorkingDay(dueOn, calendar);
  }
  return Array.from({ length: length.workingDays }).reduce<string>((day) => nextWorkingDay(day, calendar), todayOn);
}
