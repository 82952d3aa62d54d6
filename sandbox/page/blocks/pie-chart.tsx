import { Legend } from './chart.tsx';

export type PieSegment = { label: string; value: number };

const radius = 70;
const point = (turn: number) => {
  const angle = turn * 2 * Math.PI - Math.PI / 2;
  return `${(80 + radius * Math.cos(angle)).toFixed(2)} ${(80 + radius * Math.sin(angle)).toFixed(2)}`;
};

export function PieChart({ title, segments }: { title: string; segments: PieSegment[] }) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  const words = segments.map(({ label, value }) => `${label} ${value} (${Math.round((value / total) * 100)} %)`);
  let turn = 0;
  return (
    <div class="pie">
      <svg viewBox="0 0 160 160" role="img" aria-label={`${title}: ${words.join(', ')}`}>
        {segments.map((segment, index) => {
          const from = turn;
          const share = segment.value / total;
          turn += share;
          const tone = `slice tone-${index % 6}`;
          if (share > 0.9999) return <circle key={segment.label} class={tone} cx="80" cy="80" r={radius} />;
          return (
            <path
              key={segment.label}
              class={tone}
              d={`M80 80 L${point(from)} A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${point(turn)}Z`}
            />
          );
        })}
      </svg>
      <Legend names={words} />
    </div>
  );
}
