import type { MissedRitual, RitualHealth } from '../../domain/digest/digest.ts';
import { counted, listed, weekdayWords } from '../kit/words.ts';

const RITUAL: Record<MissedRitual['ritual'], string> = {
  triage: 'triage',
  digest: 'digest',
  tranche_review: 'tranche review',
};
const WHY: Record<MissedRitual['why'], string> = {
  'not running': 'the bot was not running',
  'not delivered': 'the channel did not take it',
};
const NAMED = 4;

/** "Missed: triage of Mon 23 Nov (the bot was not running) and digest of Fri 20 Nov (the channel did not take it)." */
export function missedWords(missed: readonly MissedRitual[], timeZone: string, most = NAMED): string {
  const shown = missed.slice(-most);
  const each = shown.map(
    ({ ritual, dueAt, why }) => `${RITUAL[ritual]} of ${weekdayWords(dueAt, timeZone)} (${WHY[why]})`,
  );
  const more = missed.length - shown.length;
  return `Missed: ${listed(more > 0 ? [...each, `${more} more`] : each)}.`;
}

/** One sentence a ritual, only for those that had something to do. */
export function healthWords({ triage, reminders, missed }: RitualHealth, timeZone: string): string[] {
  const said: string[] = missed.length > 0 ? [missedWords(missed, timeZone)] : [];
  if (triage.items > 0) {
    const carried = triage.carriedOver === 0 ? '' : `, ${triage.carriedOver} carried over`;
    const rate = Math.round((triage.decided / triage.items) * 100);
    const how = triage.late ? 'Triage ran late' : 'Triage was held';
    said.push(`${how}: ${triage.decided} of ${counted(triage.items, 'item')} decided (${rate} %)${carried}.`);
  } else if (triage.held) said.push('Triage was held with nothing to decide.');
  if (reminders.sent > 0) said.push(`${counted(reminders.sent, 'reminder')} sent, ${reminders.acted} led to action.`);
  return said;
}
