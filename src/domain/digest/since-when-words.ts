import { dayWords } from '../time/day-words.ts';
import { DAY_MS } from '../time/durations.ts';
import { addDays, isoWeekday } from '../time/local-date.ts';
import { localDateOn } from '../time/working-time.ts';
import type { Since, SinceWhen } from './since-when.ts';

/** What is counted, and from where and when it is read. */
export type Reading = { timeZone: string; now: Date; noun?: string };

/**
 * The verdict in one sentence or two: "Fewer reports since the week of 19 Oct: 31 a week, 44 before.", "Reports: 4 this
 * week, 4 last week. Too few to call a trend."
 */
export function sinceWhenSentence(verdict: SinceWhen, { timeZone, now, noun = 'report' }: Reading): string {
  const { grade, since } = verdict;
  if (since) {
    const [rate, rateBefore] = rateWords(since.rate, since.rateBefore);
    const lead = grade === 'fewer' ? 'Fewer' : 'More';
    return `${lead} ${noun}s since the week of ${weekWords(since, timeZone, now)}: ${rate} a week, ${rateBefore} before.`;
  }
  const counts = countsWords(verdict, noun, { timeZone, now });
  if (grade === 'steady') return `${counts} No lasting change in ${verdict.weeks} weeks.`;
  if (verdict.now + (verdict.before ?? 0) === 0) return counts;
  return `${counts} ${grade[0]?.toUpperCase()}${grade.slice(1)} to call a trend.`;
}

/** "That is a real drop (82 to 98 % fewer)."; undefined where no direction is named or its interval leaves it open. */
export function realChangeSentence({ since }: SinceWhen): string | undefined {
  if (!since) return undefined;
  const { low, high } = since.interval;
  if (high < 1) return `That is a real drop (${percentRange(1 - high, 1 - low)} fewer).`;
  if (low <= 1) return undefined;
  if (!Number.isFinite(high)) return `That is a real rise (at least ${timesWords(low)} times as many).`;
  return high < 2
    ? `That is a real rise (${percentRange(low - 1, high - 1)} more).`
    : `That is a real rise (${timesWords(low)} to ${timesWords(high)} times as many).`;
}

/** The Monday of the calendar week in which most of the week lies: "19 Oct", with the year where it is another one. */
export function weekWords(
  { startsAt, endsAt }: Pick<Since, 'startsAt' | 'endsAt'>,
  timeZone: string,
  now: Date,
): string {
  const middle = new Date((startsAt.getTime() + endsAt.getTime()) / 2);
  const middleOn = localDateOn(middle, timeZone);
  const monday = addDays(middleOn, 1 - isoWeekday(middleOn));
  const year = monday.slice(0, 4);
  const day = dayWords(new Date(`${monday}T12:00:00Z`), 'UTC');
  return year === localDateOn(now, timeZone).slice(0, 4) ? day : `${day} ${year}`;
}

function countsWords({ now: latest, before, weekEndsAt }: SinceWhen, noun: string, { timeZone, now }: Reading): string {
  const isOver = now.getTime() - weekEndsAt.getTime() >= DAY_MS;
  const week = isOver ? `in the week to ${dayWords(weekEndsAt, timeZone)}` : 'this week';
  const figure = (count: number) => count.toLocaleString('en-GB');
  const name = `${noun[0]?.toUpperCase()}${noun.slice(1)}s`;
  if (before === null) return `${name}: ${figure(latest)} ${isOver ? week : 'in this first week'}.`;
  const weekBefore = isOver ? 'the week before' : 'last week';
  if (latest + before === 0) return `No ${noun}s ${week} or ${isOver ? weekBefore : 'last'}.`;
  return `${name}: ${figure(latest)} ${week}, ${figure(before)} ${weekBefore}.`;
}

/** Two rates with the same digits, so that they compare; with one decimal where a whole number would not tell. */
function rateWords(rate: number, other: number): [string, string] {
  const isWhole = Math.min(rate, other) >= 10 && Math.round(rate) !== Math.round(other);
  const words = (value: number) =>
    isWhole ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toFixed(value < 1 && value > 0 ? 2 : 1)));
  return [words(rate), words(other)];
}

/** Rounded to the careful side: a drop of 82.9 % is at least 82 %, one of 98.2 % at most 99 %. */
function percentRange(low: number, high: number): string {
  const [from, to] = [Math.floor(100 * low + 1e-9), Math.ceil(100 * high - 1e-9)];
  return `${from} to ${to} %`;
}

function timesWords(ratio: number): string {
  return ratio >= 10 ? Math.floor(ratio).toLocaleString('en-GB') : String(Number(ratio.toFixed(1)));
}
