import { limits } from '../rules/limits.ts';
import { isRecord } from './check-schema.ts';
import { array, number, object, required, type Schema, string, typed, union } from './schema.ts';
import { fail, type Report } from './violation.ts';

const label = string(limits.chartLabel.value, 1);
const points = limits.chartPoints.value;

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function uniqueSeriesNames(chart: Record<string, unknown>, pointer: string, report: Report): void {
  const seen = new Set<unknown>();
  for (const [index, series] of listed(chart.series).entries()) {
    if (!isRecord(series) || series.name === undefined) continue;
    if (seen.has(series.name)) {
      const message = 'Input contains duplicate items';
      fail(report, `${pointer}/series/${index}/name`, message, { type: 'unique_items', got: series.name });
    }
    seen.add(series.name);
  }
}

/** Every series has one point for every category, in the order of the categories. */
function pointsMatchCategories(chart: Record<string, unknown>, pointer: string, report: Report): void {
  if (!isRecord(chart.axis_config) || !Array.isArray(chart.axis_config.categories)) return;
  const categories = chart.axis_config.categories;
  for (const [index, series] of listed(chart.series).entries()) {
    if (!isRecord(series) || !Array.isArray(series.data)) continue;
    const labels = series.data.map((point) => (isRecord(point) ? point.label : undefined));
    if (labels.length === categories.length && labels.every((name, at) => name === categories[at])) continue;
    const message = 'labels must be those of axis_config.categories';
    fail(report, `${pointer}/series/${index}/data`, message, { type: 'enum', expected: categories, got: labels });
  }
}

const axes = typed(
  {
    series: required(
      array(
        object({
          name: required(label),
          data: required(array(object({ label: required(label), value: required(number) }), 1, points)),
        }),
        1,
        limits.chartSeries.value,
      ),
    ),
    axis_config: required(
      object({
        categories: required(array(label, 1, points)),
        x_label: string(limits.chartAxisLabel.value),
        y_label: string(limits.chartAxisLabel.value),
      }),
    ),
  },
  uniqueSeriesNames,
  pointsMatchCategories,
);

export const chart: Schema = union({
  pie: typed({
    segments: required(
      array(
        object({ label: required(label), value: required({ kind: 'number', above: limits.chartPositive.value }) }),
        1,
        limits.chartSegments.value,
      ),
    ),
  }),
  bar: axes,
  area: axes,
  line: axes,
});
