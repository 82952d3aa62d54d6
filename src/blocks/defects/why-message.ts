import type { Silence } from '../../domain/defects/silence.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { counted, dayWords, points } from '../kit/words.ts';
import { rankedAs } from './harm-words.ts';

/** One line of the sum: reports of the same day and weight are one line. */
export type HarmShare = {
  on: string;
  reports: number;
  severity: string;
  affected: number;
  supportTickets: number;
  weight: number;
  daysOld: number;
  harm: number;
};

/** A silence that costs a defect some of its rank. */
export type CostlySilence = Silence & {
  quietHalvings: number;
  /** The next above it in the list that does less harm a week. */
  ahead: { number: number; harm: number } | null;
};

export type HarmExplained = {
  number: number;
  title: string;
  place: number | null;
  /** Why it is ranked as less than it does; null where it is not. */
  silence: CostlySilence | null;
  total: number;
  halfLifeDays: number;
  todayOn: string;
  shares: readonly HarmShare[];
  /** The reports behind the lines that are not shown, and their part of the sum. */
  rest: { reports: number; harm: number };
  /** What it burnt of an error budget, in one sentence; it is beside the harm and no part of it. */
  budgetShare: string | null;
};

/** The sum of the printed lines is the printed sum; the caller rounds both. */
export function whyMessage(why: HarmExplained): Message {
  const key = defectKey(why.number);
  const total = why.total.toFixed(2);
  if (why.shares.length === 0) {
    const none = `${key} has no report, so it does no harm.`;
    return message(none, [section(mrkdwn`${none}`)]);
  }
  const lines = why.shares.map(
    (share) =>
      mrkdwn`\`${share.harm.toFixed(2).padStart(8)}\`  ${dayWords(share.on, why.todayOn)}: ${weightWords(share)}, ${ageWords(share.daysOld)}`,
  );
  const rest =
    why.rest.reports > 0
      ? [mrkdwn`\`${why.rest.harm.toFixed(2).padStart(8)}\`  ${counted(why.rest.reports, 'older report')}`]
      : [];
  const rank = why.place === null ? '' : `, rank ${why.place} of the open defects`;
  const silence = why.silence ? [section(mrkdwn`${silenceWords(why.silence, why.total)}`)] : [];
  return message(`${key} does ${total} points of harm a week${rank}.`, [
    section(mrkdwn`*${key}* ${why.title}\n${total} points of harm a week${rank}. It adds up like this:`),
    section(joinMrkdwn([...lines, ...rest, mrkdwn`\`${total.padStart(8)}\`  *sum*`])),
    ...silence,
    ...(why.budgetShare
      ? [section(mrkdwn`${why.budgetShare} That is beside the harm, which is counted from reports.`)]
      : []),
    context(
      mrkdwn`A report weighs severity (S1 8, S2 4, S3 2, S4 1) × (1 + ln(1 + accounts)) + support tickets. It halves every ${why.halfLifeDays} days; × ${((7 * Math.LN2) / why.halfLifeDays).toFixed(4)} makes it harm a week.`,
    ),
  ]);
}

function silenceWords({ days, pauses, longer, quietHalvings, ahead }: CostlySilence, harm: number): string {
  const quiet = `It has been quiet for ${counted(Math.floor(days), 'day')}, ${pauseWords(pauses, longer)}.`;
  const ranked = `So it is ranked as ${points(rankedAs(harm, quietHalvings))} (× ${(2 ** -quietHalvings).toFixed(2)}), since such a silence may be its end. That is looked at each night.`;
  const above = ahead
    ? ` ${defectKey(ahead.number)} with ${points(ahead.harm)} points a week stands above it for that.`
    : '';
  return `${quiet} ${ranked}${above}`;
}

function pauseWords(pauses: number, longer: number): string {
  if (pauses === 0) return 'and was seen once';
  if (pauses === 1) return `and its only pause before was ${longer === 1 ? 'longer' : 'shorter'}`;
  return `and of its ${pauses} pauses before ${longer === 0 ? 'none' : longer} ${longer > 1 ? 'were' : 'was'} longer`;
}

function weightWords({ reports, severity, affected, supportTickets, weight }: HarmShare): string {
  const impact = [counted(affected, 'account'), ...(supportTickets > 0 ? [counted(supportTickets, 'ticket')] : [])];
  const times = reports > 1 ? `${reports} × ` : '';
  return `${times}${severity}, ${impact.join(', ')}, weighs ${weight.toFixed(2)}`;
}

function ageWords(daysOld: number): string {
  return daysOld < 1 ? 'less than a day old' : `${daysOld.toFixed(1)} days old`;
}
