import type { Chart } from '../domain/digest/charts.ts';
import { BLUE, FAINT, INK, TEXT, WIDTH } from './look.ts';
import { type Layer, line, marks, type Point, panel, type Spec, sheet, words } from './parts.ts';

const HEIGHT = 220;
const PLOT = WIDTH - 60;
const NAMED_DAYS = [30, 60, 90];

type Survival = Chart & { kind: 'survival' };

/** Kaplan-Meier: a step down where a fix broke, a tick where one is not older yet, the 95 % interval behind. */
export function survivalSpec(chart: Survival): Spec {
  const { steps, lastDay, holding } = chart;
  const shareAt = (day: number) => steps.findLast((step) => step.day <= day)?.share ?? 1;
  const curve = [
    { x: 0, y: 1 },
    ...steps.map(({ day, share }) => ({ x: day, y: share })),
    { x: lastDay, y: shareAt(lastDay) },
  ];
  const named = NAMED_DAYS.filter((day) => day <= lastDay);
  const step = lastDay < 45 ? 10 : 30;
  const ticks = Array.from({ length: Math.floor(lastDay / step) + 1 }, (_, i) => i * step);
  return sheet('Share of fixes that still hold, by days since the fix', [
    panel(
      {
        width: PLOT,
        height: HEIGHT,
        x: {
          from: 0,
          to: lastDay,
          axis: {
            values: ticks,
            title: null,
            grid: false,
            domain: true,
            domainColor: FAINT,
            labelExpr: "datum.value === 0 ? '0 days' : datum.value",
          },
        },
        y: {
          from: 0,
          to: 1.02,
          axis: { values: [0, 0.25, 0.5, 0.75, 1], title: null, labelExpr: "datum.value * 100 + ' %'" },
        },
      },
      [
        band(chart),
        line(curve, { color: BLUE, step: true, width: 3 }),
        strokes(holding.map((day) => ({ x: day, y: shareAt(day) }))),
        words([{ x: lastDay * 0.02, y: 0.14, text: legendOf(chart) }], {
          align: 'left',
          color: FAINT,
          fontSize: TEXT - 2,
        }),
        ...(named.length > 0
          ? [
              marks(
                named.map((day) => ({ x: day, y: shareAt(day) })),
                { color: BLUE, shape: 'circle', size: 120 },
              ),
              words(
                named.map((day) => ({ x: day, y: shareAt(day), text: `${Math.floor(shareAt(day) * 100 + 1e-9)} %` })),
                { baseline: 'top', align: 'right', dx: -2, dy: 12, fontWeight: 'bold' },
              ),
            ]
          : []),
      ],
    ),
  ]);
}

function band({ steps, lastDay }: Survival): Layer {
  const known = steps.flatMap(({ day, low, high }) =>
    low === null || high === null ? [] : [{ x: day, y: low, y2: high }],
  );
  const latest = known.at(-1);
  return {
    data: { values: latest ? [...known, { ...latest, x: lastDay }] : [] },
    mark: { type: 'area', interpolate: 'step-after', color: BLUE, opacity: 0.16 },
    encoding: { y2: { field: 'y2' } },
  };
}

function strokes(at: readonly Point[]): Layer {
  return {
    data: { values: [...at] },
    mark: {
      type: 'point',
      shape: 'M0,-0.6L0,0.6',
      filled: false,
      stroke: INK,
      strokeWidth: 1.6,
      size: 160,
      opacity: 1,
    },
  };
}

function legendOf({ fixes, broken, holding }: Survival): string[] {
  return [
    `${fixes} fixes, ${broken} of them broken; shaded: the 95 % interval`,
    ...(holding.length > 0 ? ['A stroke is a fix of that age that holds'] : []),
  ];
}
