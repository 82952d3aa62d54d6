import type { MetricsTrouble } from '../../domain/reliability/metrics-trouble.ts';
import { DAY_MS, WEEK_MS } from '../../domain/time/durations.ts';
import { momentWords, weekdayTimeWords } from '../kit/words.ts';

/** "Tue 14:00", with its date where a week or more has passed. */
export function sinceWords(since: Date, now: Date, timeZone: string): string {
  if (now.getTime() - since.getTime() >= WEEK_MS - DAY_MS) return momentWords(since, timeZone);
  return weekdayTimeWords(since, timeZone);
}

/** One sentence on why there are no figures, and since when: "No data from Prometheus since Tue 14:00: it cannot be reached." */
export function troubleWords(
  trouble: MetricsTrouble,
  since: Date | null,
  { now, timeZone }: { now: Date; timeZone: string },
): string {
  if (trouble.kind === 'gaps') {
    return `Prometheus has data for only ${Math.floor(trouble.share * 100)} % of the time that was asked for.`;
  }
  const lead = since ? `No data from Prometheus since ${sinceWords(since, now, timeZone)}` : 'No data from Prometheus';
  const cause = causeWords(trouble);
  if (cause === null) return since ? `${lead}.` : `${lead}: it has nothing that fits what is asked.`;
  return `${lead}: ${cause}.`;
}

function causeWords(trouble: MetricsTrouble): string | null {
  switch (trouble.kind) {
    case 'unreachable':
      return 'it cannot be reached';
    case 'slow':
      return 'it does not answer in time';
    case 'refused':
      return `it does not let us in (${trouble.status})`;
    case 'no_token':
      return 'the token for it could not be had';
    case 'broken':
      return `it answers with error ${trouble.status}`;
    case 'redirected':
      return 'it sends us to another address, which is not followed';
    case 'not_data':
      return 'what answers there is not Prometheus';
    case 'too_large':
      return 'its answer is too large';
    case 'bad_query':
      return `it cannot work out what is asked (${trouble.words})`;
    case 'too_many_points':
      return 'more points were asked for than it gives';
    case 'many_series':
      return `the question gives ${trouble.count} series where one is wanted; sum() makes them one`;
    case 'no_figure':
      return `the question gives ${trouble.words}`;
    case 'no_data':
    case 'gaps':
      return null;
  }
}
