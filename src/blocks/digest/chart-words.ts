import type { AreaFailures, Chart } from '../../domain/digest/charts.ts';
import { drawnName, isDrawable } from '../../domain/reports/drawn-name.ts';
import { cutText } from '../../domain/text/clean-text.ts';
import { percentWords } from '../kit/figures.ts';
import { counted, dayWords, points } from '../kit/words.ts';

const NAME = 40;
const STEPS_NAMED = 12;
const RELEASES_NAMED = 6;

/** Everything that a chart shows, in figures: for those who cannot see it, and for all where it cannot be shown. */
export function chartWords(chart: Chart): string {
  switch (chart.kind) {
    case 'burndown': {
      const { weeks } = chart;
      const open = weeks.map(({ toDo, claimed }) => toDo + claimed);
      return [
        `Open defects at the end of ${weeksWords(weeks.map(({ endsOn }) => endsOn))}: ${open.join(', ')}.`,
        `Of them claimed: ${weeks.map(({ claimed }) => claimed).join(', ')}.`,
        `Proven in each week: ${weeks.map(({ proven }) => proven).join(', ')}.`,
        ...(chart.since
          ? [`Marked: ${chart.since.grade} reports since the week to ${dayWords(weeks[chart.since.at]?.endsOn ?? '')}.`]
          : []),
      ].join(' ');
    }
    case 'harm': {
      const areas = chart.areas.map(({ area, harm }) => `${cutText(area, NAME)}: ${harm.map(points).join(', ')}`);
      return `Harm by area in impact points a week, at the end of ${weeksWords(chart.weekEndsOn)}. ${areas.join('; ')}.`;
    }
    case 'reliability': {
      const versions = chart.releases.slice(-RELEASES_NAMED).map(({ version }) => cutText(version, 30));
      const released = versions.length === 0 ? '' : ` Releases marked: ${versions.join(', ')}.`;
      return `Share that failed in each of ${weeksWords(chart.weekEndsOn)}. ${chart.areas.map(failedWords).join(' ')}${released}`;
    }
    case 'page':
      return chart.weeks.length === 0
        ? `${chart.title}: the words above, as a picture.`
        : `${chart.title}: the words above, as a picture. ${chartWords({ kind: 'burndown', weeks: chart.weeks })}`;
    case 'survival':
      return survivalWords(chart);
  }
}

/** What stands above a picture that had to number its areas; null where it names them all. */
export function chartTitle(chart: Chart): string | null {
  if (chart.kind !== 'harm' && chart.kind !== 'reliability') return null;
  const numbered = chart.areas.flatMap(({ area }, i) =>
    isDrawable(area) ? [] : [`${drawnName(area, i)}: ${cutText(area, NAME)}`],
  );
  return numbered.length === 0 ? null : numbered.join(', ');
}

function weeksWords(endsOn: readonly string[]): string {
  const [first, last] = [endsOn.at(0) ?? '', endsOn.at(-1) ?? ''];
  return `${endsOn.length} weeks, ${dayWords(first, last)} to ${dayWords(last)}`;
}

function failedWords({ area, measure, allowed, failed }: AreaFailures): string {
  const of = measure === 'time' ? 'of the time' : 'of requests';
  const limit = allowed === null ? '' : `, ${percentWords(allowed)} allowed`;
  const weeks = failed.map((share) => (share === null ? 'no data' : percentWords(share)));
  return `${cutText(area, NAME)}, ${of}${limit}: ${weeks.join(', ')}.`;
}

function survivalWords({ fixes, broken, lastDay, steps }: Chart & { kind: 'survival' }): string {
  const head = `Share of ${counted(fixes, 'fix', 'fixes')} that still hold, by days since the fix; ${broken} broke.`;
  if (steps.length === 0) return `${head} All hold for ${lastDay} days.`;
  const named = steps.slice(0, STEPS_NAMED).map(({ day, share, low, high }) => {
    const range = low === null || high === null ? '' : ` (${hundredths(low)} to ${hundredths(high)}, 95 % interval)`;
    return `from day ${Math.ceil(day)} ${hundredths(share)} %${range}`;
  });
  const rest = steps.length > STEPS_NAMED ? `, in the end ${hundredths(steps.at(-1)?.share ?? 1)} %` : '';
  return `${head} 100 % at first, ${named.join(', ')}${rest}, until day ${lastDay}.`;
}

function hundredths(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}
