import { Legend } from './chart.tsx';

type Series = { name: string; data: { label: string; value: number }[] };

export type SeriesChartData = {
  type: 'bar' | 'area' | 'line';
  series: Series[];
  axis_config?: { categories?: string[]; x_label?: string; y_label?: string };
};

const widestBar = 44;
const box = { left: 44, right: 592, top: 12, bottom: 196 };

export function SeriesChart({ title, chart }: { title: string; chart: SeriesChartData }) {
  const categories = chart.axis_config?.categories ?? chart.series[0]?.data.map((point) => point.label) ?? [];
  const values = chart.series.flatMap((series) => series.data.map((point) => point.value));
  const ticks = niceTicks(Math.min(0, ...values), Math.max(0, ...values));
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const y = (value: number) => box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);
  const slot = (box.right - box.left) / Math.max(1, categories.length);
  const x = (index: number) => box.left + slot * (index + 0.5);
  const every = Math.ceil(categories.length / 10);
  const words = chart.series.map(
    (series) => `${series.name}: ${series.data.map((point) => `${point.label} ${point.value}`).join(', ')}`,
  );
  return (
    <>
      <svg
        viewBox={`0 0 600 ${chart.axis_config?.x_label ? 232 : 218}`}
        role="img"
        aria-label={`${title}. ${words.join('. ')}`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line class={tick === 0 ? 'axis' : 'grid'} x1={box.left} x2={box.right} y1={y(tick)} y2={y(tick)} />
            <text class="tick" x={box.left - 8} y={y(tick) + 4} text-anchor="end">
              {tick.toLocaleString('en')}
            </text>
          </g>
        ))}
        {categories.map((category, index) =>
          index % every === 0 ? (
            <text key={category} class="tick" x={x(index)} y={box.bottom + 18} text-anchor="middle">
              {category}
            </text>
          ) : null,
        )}
        {chart.series.map((series, at) => (
          <Marks key={series.name} chart={chart} series={series} at={at} x={x} y={y} slot={slot} />
        ))}
        {chart.axis_config?.x_label ? (
          <text class="axis-label" x={(box.left + box.right) / 2} y="228" text-anchor="middle">
            {chart.axis_config.x_label}
          </text>
        ) : null}
        {chart.axis_config?.y_label ? (
          <text
            class="axis-label"
            transform={`translate(10 ${(box.top + box.bottom) / 2}) rotate(-90)`}
            text-anchor="middle"
          >
            {chart.axis_config.y_label}
          </text>
        ) : null}
      </svg>
      <Legend names={chart.series.map((series) => series.name)} />
    </>
  );
}

type MarksProps = {
  chart: SeriesChartData;
  series: Series;
  at: number;
  x: (index: number) => number;
  y: (value: number) => number;
  slot: number;
};

function Marks({ chart, series, at, x, y, slot }: MarksProps) {
  const tone = `tone-${at % 6}`;
  const hint = (index: number) => `${series.name}, ${series.data[index]?.label}: ${series.data[index]?.value}`;
  if (chart.type === 'bar') {
    const width = Math.min(widestBar, (slot * 0.7) / chart.series.length);
    const left = -(width * chart.series.length) / 2 + width * at;
    return series.data.map(({ value }, index) => (
      <rect
        key={index}
        class={tone}
        x={x(index) + left}
        width={Math.max(1, width - 1)}
        rx="1.5"
        y={Math.min(y(value), y(0))}
        height={Math.abs(y(value) - y(0))}
      >
        <title>{hint(index)}</title>
      </rect>
    ));
  }
  const line = series.data
    .map(({ value }, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  const last = series.data.length - 1;
  return (
    <>
      {chart.type === 'area' ? <path class={`area ${tone}`} d={`${line}L${x(last)} ${y(0)}L${x(0)} ${y(0)}Z`} /> : null}
      <path class={`line ${tone}`} d={line} />
      {series.data.map(({ value }, index) => (
        <circle key={index} class={tone} cx={x(index)} cy={y(value)} r="2.6">
          <title>{hint(index)}</title>
        </circle>
      ))}
    </>
  );
}

/** Four to seven round numbers that hold the whole range. */
export function niceTicks(low: number, high: number): number[] {
  const span = high - low > 1e-9 ? high - low : 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_none, index) => Number(((first + index) * step).toPrecision(12)));
}
