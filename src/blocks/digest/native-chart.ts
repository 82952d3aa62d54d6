import type { Chart } from '../../domain/digest/charts.ts';
import { cutText } from '../../domain/text/clean-text.ts';
import { dayWords } from '../kit/words.ts';

/** Slack's limits for its chart block; @slack/types does not know the block yet. */
const LIMIT = { title: 50, label: 20, series: 6, points: 20 } as const;

type Series = { name: string; values: readonly number[] };

/**
 * The chart as Slack's own block draws it. Null where that block cannot say it: a week without a figure, an interval, a
 * fix that is not older yet.
 */
export function nativeChart(chart: Chart): Record<string, unknown> | null {
  switch (chart.kind) {
    case 'burndown': {
      const { weeks } = chart;
      return lines(
        'Open defects at the end of each week',
        weeks.map(({ endsOn }) => endsOn),
        [
          { name: 'Open', values: weeks.map(({ toDo, claimed }) => toDo + claimed) },
          { name: 'of them claimed', values: weeks.map(({ claimed }) => claimed) },
          { name: 'Proven in the week', values: weeks.map(({ proven }) => proven) },
        ],
      );
    }
    case 'harm':
      return lines(
        'Harm by area, in impact points a week',
        chart.weekEndsOn,
        chart.areas.map(({ area, harm }) => ({ name: area, values: harm.map((value) => rounded(value)) })),
      );
    case 'reliability': {
      const areas = chart.areas.map(({ area, failed }) => ({
        name: area,
        values: failed.flatMap((share) => (share === null ? [] : [rounded(share * 100)])),
      }));
      const isWhole = areas.every(({ values }) => values.length === chart.weekEndsOn.length);
      return isWhole ? lines('Share that failed, in percent', chart.weekEndsOn, areas) : null;
    }
    case 'page':
    case 'survival':
      return null;
  }
}

function lines(title: string, endsOn: readonly string[], series: readonly Series[]): Record<string, unknown> | null {
  if (series.length > LIMIT.series || endsOn.length > LIMIT.points) return null;
  const categories = endsOn.map((on) => dayWords(on));
  const names = uniqueNames(series.map(({ name }) => name));
  return {
    type: 'data_visualization',
    title: cutText(title, LIMIT.title),
    chart: {
      type: 'line',
      series: series.map(({ values }, i) => ({
        name: names[i],
        data: values.map((value, at) => ({ label: categories[at], value })),
      })),
      axis_config: { categories },
    },
  };
}

/** Short, never empty, and each its own, whatever people call their areas. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, i) => {
    const plain = cutText(name.replace(/[\p{C}\s<>]+/gu, ' ').trim(), LIMIT.label) || `no. ${i + 1}`;
    const own = taken.has(plain) ? `${i + 1}. ${cutText(plain, LIMIT.label - 4)}` : plain;
    taken.add(own);
    return own;
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
