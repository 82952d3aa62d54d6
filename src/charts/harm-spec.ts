import type { Chart } from '../domain/digest/charts.ts';
import { drawnName } from '../domain/reports/drawn-name.ts';
import { niceScale, spread } from './labels.ts';
import { FAINT, LINES, WIDTH } from './look.ts';
import { line, marks, panel, type Spec, sheet, weekDates, words } from './parts.ts';

const HEIGHT = 240;
const NAMES = 210;
const PLOT = WIDTH - NAMES - 30;

/** A line an area, named at its end; colour, dash and shape tell the same. */
export function harmSpec({ weekEndsOn, areas }: Chart & { kind: 'harm' }): Spec {
  const last = weekEndsOn.length - 1;
  const { top, ticks } = niceScale(Math.max(...areas.flatMap(({ harm }) => harm)));
  const ends = areas.map(({ harm }) => harm.at(-1) ?? 0);
  const namesAt = spread(ends, (21 / HEIGHT) * top, top);
  const look = (i: number) => LINES[i % LINES.length] ?? LINES[0];
  return sheet('Harm by area, in impact points a week', [
    panel(
      {
        width: PLOT,
        height: HEIGHT,
        x: { from: 0, to: last, axis: weekDates(weekEndsOn) },
        y: { from: 0, to: top, axis: { values: ticks, title: null } },
      },
      [
        ...areas.flatMap(({ harm }, i) => {
          const points = harm.map((y, x) => ({ x, y }));
          return [line(points, look(i)), marks(points, look(i))];
        }),
        ...areas.map((_, i) => marks([{ x: last, y: namesAt[i] ?? 0 }], { ...look(i), size: 110, dx: 18 })),
        words(
          areas.map(({ area }, i) => ({
            x: last,
            y: namesAt[i] ?? 0,
            text: `${drawnName(area, i, 18)} ${rounded(ends[i] ?? 0)}`,
          })),
          { align: 'left', dx: 30 },
        ),
        // Where a name stands away from its line, a hair leads to it.
        ...areas.map((_, i) =>
          line(
            [
              { x: last, y: ends[i] ?? 0 },
              { x: last, y: namesAt[i] ?? 0 },
            ],
            { color: FAINT, width: 0.6 },
          ),
        ),
      ],
    ),
  ]);
}

function rounded(harm: number): string {
  return harm < 10 ? harm.toFixed(1) : String(Math.round(harm));
}
