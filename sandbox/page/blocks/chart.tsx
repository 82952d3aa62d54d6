import type { Block } from '../../blocks/block.ts';
import { PieChart, type PieSegment } from './pie-chart.tsx';
import { SeriesChart, type SeriesChartData } from './series-chart.tsx';

type ChartData = ({ type: 'pie'; segments: PieSegment[] } | SeriesChartData) & { title?: string };

export function Chart({ block }: { block: Block }) {
  const chart = block.chart as ChartData | undefined;
  if (!chart) return null;
  const title = String(block.title ?? chart.title ?? 'Chart');
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {chart.type === 'pie' ? (
        <PieChart title={title} segments={chart.segments} />
      ) : (
        <SeriesChart title={title} chart={chart} />
      )}
    </figure>
  );
}

export function Legend({ names }: { names: string[] }) {
  return (
    <ul class="legend">
      {names.map((name, index) => (
        <li key={name}>
          <span class={`legend-mark tone-${index % 6}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}
