import { DAY_MS } from '../time/durations.ts';
import { dayNumber } from '../time/local-date.ts';
import {
  isWorkingDay,
  localDateOn,
  localTimeAt,
  localTimeToInstant,
  nextWorkingDay,
  type WorkCalendar,
} from '../time/working-time.ts';
import type { ComebackKind, DefectState } from '../vocabulary.ts';

/** An owner who has just done something about a defect needs no reminder of it. */
export const QUIET_DAYS = 7;
/** Reminders about one defect that may go unheeded before the lead hears of it instead. */
export const IGNORED_LIMIT = 3;
/** A reminder that could not go out in the morning waits for the next day rather than for the evening. */
const LATEST_HOURS = 8;
/** Somebody who was asked is given this long before being asked again. */
const QUESTION_DAYS = 1;

/** Whether somebody's reminder of this local day is due: a working day, from the local time on, and not sent yet. */
export function dueReminderOn(
  person: { timeZone: string; lastOn: string | null },
  { localTime, now, calendar }: { localTime: string; now: Date; calendar: WorkCalendar },
): string | null {
  const todayOn = localDateOn(now, person.timeZone);
  if (person.lastOn !== null && person.lastOn >= todayOn) return null;
  if (!isWorkingDay(todayOn, calendar)) return null;
  const waited = minutesOf(localTimeAt(now, person.timeZone)) - minutesOf(localTime);
  return waited >= 0 && waited < LATEST_HOURS * 60 ? todayOn : null;
}

/** When somebody may be reminded next: at once where that is due, else on the next working day of their own clock. */
export function nextReminderAt(
  person: { timeZone: string; lastOn: string | null },
  { localTime, now, calendar }: { localTime: string; now: Date; calendar: WorkCalendar },
): Date {
  if (dueReminderOn(person, { localTime, now, calendar }) !== null) return now;
  const todayOn = localDateOn(now, person.timeZone);
  const at = (dateOn: string) => localTimeToInstant(dateOn, localTime, person.timeZone);
  const isOpenToday = isWorkingDay(todayOn, calendar) && (person.lastOn === null || person.lastOn < todayOn);
  return isOpenToday && at(todayOn) > now ? at(todayOn) : at(nextWorkingDay(todayOn, calendar));
}

/** A defect that somebody owns, or that the lead answers for in the end. */
export type RemindedDefect = {
  id: number;
  number: number;
  title: string;
  state: DefectState;
  ownerId: string | null;
  dueOn: string | null;
  rankLevel: number;
  /** Why it came back, while nobody has decided about it since. */
  comeback: { kind: ComebackKind; why: string } | null;
  /** Why a claimed fix can no longer be proven by waiting, where it is so. */
  stalled: string | null;
  /** The question that waits for this person's answer. */
  question: { askedAt: Date } | null;
  /** When the person last did something about this defect. */
  actedAt: Date | null;
  /** The person's reminders about this defect, newest first; `acted` if they led to action. */
  nudges: readonly { sentAt: Date; acted: boolean }[];
  /** Not before this day, if the person put it off. */
  snoozedUntilOn: string | null;
};

export type ReminderReason =
  | { kind: ComebackKind; why: string; dueOn: string | null }
  | { kind: 'overdue'; days: number; dueOn: string }
  | { kind: 'stalled'; why: string }
  | { kind: 'question'; days: number }
  | { kind: 'due_soon'; dueOn: string };

export type ReminderItem<D> = { defect: D; reason: ReminderReason };

const ORDER: Record<ReminderReason['kind'], number> = {
  failed: 0,
  reduced: 1,
  regressed: 2,
  overdue: 3,
  stalled: 4,
  question: 5,
  due_soon: 6,
};

type Today = { todayOn: string; now: Date; calendar: WorkCalendar };

/**
 * What one person is reminded of on one day, in the order of urgency, then of rank.
 * 1. Not within seven days of the person's own activity on the defect, and not while it is snoozed.
 * 2. A due date that comes near is told once, two working days ahead.
 * 3. What went unheeded three times is left to the lead.
 */
export function remindersFor<D extends RemindedDefect>(defects: readonly D[], today: Today): ReminderItem<D>[] {
  return defects
    .filter((defect) => isOpenToReminding(defect, today) && ignoredInARow(defect) < IGNORED_LIMIT)
    .flatMap((defect) => itemOf(defect, today))
    .sort(byUrgencyThenRank);
}

/** What the lead hears of instead: reminded of three times in vain, and not told to the lead within seven days. */
export function escalationsFor<D extends RemindedDefect & { leadToldAt: Date | null }>(
  defects: readonly D[],
  today: Today,
): ReminderItem<D>[] {
  return defects
    .filter(
      (defect) =>
        isOpenToReminding(defect, today) &&
        ignoredInARow(defect) >= IGNORED_LIMIT &&
        !isWithinDays(defect.leadToldAt, QUIET_DAYS, today.now),
    )
    .flatMap((defect) => itemOf(defect, today))
    .sort(byUrgencyThenRank);
}

/** Reminders about a defect since the last one that led to action, or since the person last did anything about it. */
export function ignoredInARow({ nudges, actedAt }: Pick<RemindedDefect, 'nudges' | 'actedAt'>): number {
  const since = nudges.findIndex(({ acted, sentAt }) => acted || (actedAt !== null && sentAt <= actedAt));
  return since === -1 ? nudges.length : since;
}

function isOpenToReminding(defect: RemindedDefect, { todayOn, now }: Today): boolean {
  if (defect.snoozedUntilOn !== null && todayOn < defect.snoozedUntilOn) return false;
  const since = defect.question && defect.actedAt && defect.actedAt < defect.question.askedAt ? null : defect.actedAt;
  return !isWithinDays(since, QUIET_DAYS, now);
}

function itemOf<D extends RemindedDefect>(defect: D, { todayOn, now, calendar }: Today): ReminderItem<D>[] {
  const { comeback, dueOn, stalled, question, state } = defect;
  // Once it has a new date, that date is what its owner is reminded of.
  if (state === 'accepted' && comeback && dueOn === null) return [{ defect, reason: { ...comeback, dueOn } }];
  if (state === 'accepted' && dueOn !== null && dueOn < todayOn) {
    return [{ defect, reason: { kind: 'overdue', days: dayNumber(todayOn) - dayNumber(dueOn), dueOn } }];
  }
  if (state === 'claimed' && stalled) return [{ defect, reason: { kind: 'stalled', why: stalled } }];
  if (question) {
    const days = Math.floor((now.getTime() - question.askedAt.getTime()) / DAY_MS);
    return days >= QUESTION_DAYS ? [{ defect, reason: { kind: 'question', days } }] : [];
  }
  const soonOn = nextWorkingDay(nextWorkingDay(todayOn, calendar), calendar);
  const isNew = !isWithinDays(defect.nudges[0]?.sentAt ?? null, QUIET_DAYS, now);
  if (state === 'accepted' && dueOn !== null && dueOn <= soonOn && isNew) {
    return [{ defect, reason: { kind: 'due_soon', dueOn } }];
  }
  return [];
}

function isWithinDays(at: Date | null, days: number, now: Date): boolean {
  return at !== null && now.getTime() - at.getTime() < days * DAY_MS;
}

function byUrgencyThenRank(a: ReminderItem<RemindedDefect>, b: ReminderItem<RemindedDefect>): number {
  const byReason = ORDER[a.reason.kind] - ORDER[b.reason.kind];
  if (byReason !== 0) return byReason;
  const [one, other] = [a.defect.rankLevel, b.defect.rankLevel];
  return other > one ? 1 : other < one ? -1 : a.defect.number - b.defect.number;
}

function minutesOf(localTime: string): number {
  const [hours = 0, minutes = 0] = localTime.split(':').map(Number);
  return hours * 60 + minutes;
}
