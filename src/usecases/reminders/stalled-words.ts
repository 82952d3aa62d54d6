import type { Remindee } from '../../db/reminders/reminder-facts.ts';
import { DAY_MS } from '../../domain/time/durations.ts';

/** Why a claimed fix can no longer be proven by waiting; null where it can. */
export function stalledWords(
  { state, windowEndsAt }: Pick<Remindee, 'state' | 'windowEndsAt'>,
  open: readonly string[],
  now: Date,
): string | null {
  if (state !== 'claimed') return null;
  if (!windowEndsAt) return 'Silence cannot prove this fix. Add another criterion: a metric bound or a second person.';
  // The proof itself runs once a day; a window that has just ended is not stalled yet.
  if (now.getTime() - windowEndsAt.getTime() < DAY_MS) return null;
  return ['The validation window is over, but the fix is not proven.', ...open].join(' ');
}
