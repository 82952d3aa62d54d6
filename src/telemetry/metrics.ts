type Labels = Record<string, string>;
type Sample = { suffix: string; labels: Labels; value: number };
type Family = { name: string; help: string; type: 'counter' | 'gauge' | 'histogram'; read: () => Promise<Sample[]> };

export type Counter = { add: (labels?: Labels, by?: number) => void };
export type Histogram = { observe: (value: number, labels?: Labels) => void };

export type Metrics = {
  counter: (name: string, help: string) => Counter;
  /** Read when it is asked for; one value for each set of labels. */
  gauge: (name: string, help: string, read: () => Promise<{ labels?: Labels; value: number }[]>) => void;
  /** `bounds` are upper edges, ascending; a last one without an edge is added. */
  histogram: (name: string, help: string, bounds: readonly number[]) => Histogram;
  /** Everything in Prometheus' text format. A gauge that cannot be read is left out. */
  render: () => Promise<string>;
};

// https://prometheus.io/docs/instrumenting/exposition_formats/
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function createMetrics(): Metrics {
  const families: Family[] = [];
  return {
    counter(name, help) {
      const counts = new Map<string, { labels: Labels; value: number }>();
      families.push({
        name,
        help,
        type: 'counter',
        read: async () => [...counts.values()].map((one) => ({ suffix: '', ...one })),
      });
      return {
        add: (labels = {}, by = 1) => {
          const key = labelWords(labels);
          const count = counts.get(key) ?? { labels, value: 0 };
          count.value += by;
          counts.set(key, count);
        },
      };
    },

    gauge(name, help, read) {
      const samples = async () => (await read()).map(({ labels = {}, value }) => ({ suffix: '', labels, value }));
      families.push({ name, help, type: 'gauge', read: samples });
    },

    histogram(name, help, bounds) {
      const series = new Map<string, { labels: Labels; buckets: number[]; sum: number; count: number }>();
      families.push({
        name,
        help,
        type: 'histogram',
        read: async () => [...series.values()].flatMap((one) => histogramSamples(one, bounds)),
      });
      return {
        observe: (value, labels = {}) => {
          const key = labelWords(labels);
          const one = series.get(key) ?? { labels, buckets: bounds.map(() => 0), sum: 0, count: 0 };
          one.buckets = one.buckets.map((count, i) => count + (value <= (bounds[i] ?? 0) ? 1 : 0));
          one.sum += value;
          one.count += 1;
          series.set(key, one);
        },
      };
    },

    render: async () => (await Promise.all(families.map(renderFamily))).join(''),
  };
}

function histogramSamples(
  { labels, buckets, sum, count }: { labels: Labels; buckets: number[]; sum: number; count: number },
  bounds: readonly number[],
): Sample[] {
  return [
    ...buckets.map((value, i) => ({ suffix: '_bucket', labels: { ...labels, le: String(bounds[i]) }, value })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
    { suffix: '_sum', labels, value: sum },
    { suffix: '_count', labels, value: count },
  ];
}

async function renderFamily({ name, help, type, read }: Family): Promise<string> {
  const samples = await read().catch(() => undefined);
  if (!samples) return '';
  const lines = samples.map(({ suffix, labels, value }) => `${name}${suffix}${labelWords(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelWords(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
