import { MOST_ALERTS } from '../../domain/signals/delivery-parts.ts';
import { cutText } from '../../domain/text/clean-text.ts';
import { defectKey, type Severity } from '../../domain/vocabulary.ts';
import { counted } from '../kit/words.ts';

/** What a signal became. */
export type SignalOutcome =
  | { became: 'filed'; number: number; title: string }
  | { became: 'joined'; number: number; reports: number }
  | { became: 'burst'; number: number; occurrences: number }
  | { became: 'resolved'; occurrences: number }
  | { became: 'released'; version: string }
  | { became: 'measured'; startsAt: Date; endsAt: Date; total: number; replaced: number }
  | { became: 'ran'; ran: number }
  | { became: 'repeated'; what: string }
  | { became: 'revised'; number: number; severity: Severity | null; area: string | null }
  | { became: 'ignored'; event: string; why?: string };

const SAID = 5;

/** The first few sentences about a delivery, and how many more there were. */
export type OutcomeSummary = { said: readonly string[]; more: number };

/** A summary that goes on with further signals, a sentence each; what was said is not said again. */
export function summarize(before: OutcomeSummary, outcomes: readonly SignalOutcome[]): OutcomeSummary {
  const fresh = [...new Set(outcomes.map(sentenceOf))].filter((words) => !before.said.includes(words));
  const said = [...before.said, ...fresh];
  return { said: said.slice(0, SAID), more: before.more + Math.max(0, said.length - SAID) };
}

/** What a delivery became, after what of it was left out. */
export function outcomeWords({ said, more }: OutcomeSummary, leftOut = 0): string {
  const cut = leftOut > 0 ? [`${counted(leftOut, 'alert')} left out: a delivery may bring ${MOST_ALERTS} alerts.`] : [];
  return cutText([...cut, ...said, ...(more > 0 ? [`And ${more} more.`] : [])].join(' '), 1000);
}

function sentenceOf(outcome: SignalOutcome): string {
  switch (outcome.became) {
    case 'filed':
      return `Filed ${defectKey(outcome.number)} ${outcome.title}.`;
    case 'revised':
      return revisedWords(outcome);
    case 'joined':
      return `Joined ${defectKey(outcome.number)} as report ${outcome.reports}.`;
    case 'burst':
      return `Counted into a report of ${defectKey(outcome.number)}, which stands for ${outcome.occurrences} occurrences.`;
    case 'resolved':
      return `Ended ${counted(outcome.occurrences, 'occurrence')}.`;
    case 'released':
      return `Marked release ${outcome.version}.`;
    case 'measured':
      return `Counted ${counted(outcome.total, 'request')} of ${spanWords(outcome)}${outcome.replaced > 0 ? ', in the place of what was known of it' : ''}.`;
    case 'ran':
      return `Counted ${counted(outcome.ran, 'run')}.`;
    case 'repeated':
      return `Known already: ${outcome.what}.`;
    case 'ignored':
      return outcome.why
        ? `Left out ${outcome.event}${/[.?!]$/.test(outcome.event) ? '' : '.'} ${outcome.why}`
        : `Nothing to do for ${outcome.event}.`;
  }
}

function revisedWords({ number, severity, area }: Extract<SignalOutcome, { became: 'revised' }>): string {
  const changed = [...(severity ? [severity] : []), ...(area ? [area] : [])];
  return `${defectKey(number)} is ${changed.join(', ')} now.`;
}

/** "2026-11-23 08:00 to 09:00 UTC". */
export function spanWords({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): string {
  const [from, to] = [startsAt, endsAt].map((at) => at.toISOString().slice(0, 16).replace('T', ' ')) as [
    string,
    string,
  ];
  return `${from} to ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to} UTC`;
}

/** "under a minute", "42 minutes", "3 hours", "2 days". */
export function durationWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'under a minute';
  if (minutes < 120) return counted(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day');
}
