import type { AreaFailures, Chart } from '../domain/digest/charts.ts';
import { drawnName } from '../domain/reports/drawn-name.ts';
import { niceScale } from './labels.ts';
import { BLUE, INK, PURPLE, RED, TEXT, WIDTH } from './look.ts';
import { type Layer, line, marks, type Panel, panel, type Spec, sheet, weekDates, words } from './parts.ts';

const PLOT = WIDTH - 70;
/** Of a panel, by how many there are: Slack shows a tall picture small. */
const HEIGHTS = [160, 100, 66, 44];
/** Room above a plane for its heading, and for the names of releases. */
const HEADING = 26;
const NAMES = 20;
/** How many weeks the name of a version is wide. */
const LABEL_WEEKS = 1.5;

type Reliability = Chart & { kind: 'reliability' };

/** A panel an area: the share that failed, week by week, against what the objective allows, with the releases marked. */
export function reliabilitySpec(chart: Reliability): Spec {
  const height = HEIGHTS[chart.areas.length - 1] ?? 50;
  const panels = chart.areas.map((area, i) => areaPanel(chart, area, { i, height }));
  return sheet('Share that failed, week by week', panels);
}

function areaPanel(chart: Reliability, area: AreaFailures, { i, height }: { i: number; height: number }): Panel {
  const { weekEndsOn, releases } = chart;
  const last = weekEndsOn.length - 1;
  const percent = area.failed.map((share) => (share === null ? null : share * 100));
  const allowed = area.allowed === null ? null : area.allowed * 100;
  const shown = percent.filter((value) => value !== null);
  const { top, ticks } = niceScale(Math.max(...shown, allowed ?? 0), 2);
  const points = percent.flatMap((y, x) => (y === null ? [] : [{ x, y }]));
  const over = points.filter(({ y }) => allowed !== null && y > allowed);
  const within = points.filter(({ y }) => allowed === null || y <= allowed);
  const isLast = i === chart.areas.length - 1;
  const headroom = HEADING + (i === 0 && releases.length > 0 ? NAMES : 0);
  const ceiling = top * (1 + headroom / height);
  return panel(
    {
      width: PLOT,
      height: height + headroom,
      x: { from: -0.2, to: last + 0.2, axis: isLast ? weekDates(weekEndsOn) : null },
      y: {
        from: 0,
        to: ceiling,
        axis: { values: ticks, title: null, labelExpr: "format(datum.value, '~g') + ' %'" },
      },
    },
    [
      ...releases.map(({ at }) =>
        line(
          [
            { x: at, y: 0 },
            { x: at, y: top },
          ],
          { color: PURPLE, dash: [2, 3], width: 1.5 },
        ),
      ),
      ...(i === 0 ? releaseNames(releases, top) : []),
      ...(allowed === null ? [] : [objective(allowed, last)]),
      line(
        percent.map((y, x) => ({ x, y })),
        { color: BLUE },
      ),
      marks(within, { color: BLUE, shape: 'circle' }),
      marks(over, { color: RED, shape: 'diamond', size: 130 }),
      words([{ x: -0.2, y: ceiling, text: headingOf(area, i, shown.at(-1)) }], {
        align: 'left',
        baseline: 'top',
        fontWeight: 'bold',
        dx: 4,
      }),
    ],
  );
}

function objective(allowed: number, last: number): Layer {
  return line(
    [
      { x: -0.2, y: allowed },
      { x: last + 0.2, y: allowed },
    ],
    { color: INK, dash: [7, 4], width: 1.5 },
  );
}

function headingOf({ area, measure, allowed }: AreaFailures, i: number, latest: number | undefined): string {
  const share = percentWords(latest ?? 0);
  const limit = allowed === null ? '' : `; ${percentWords(allowed * 100)} allowed (dashed)`;
  const what = measure === 'time' ? `down ${share} of the time` : `${share} of requests failed`;
  return `${drawnName(area, i)}: ${what}${limit}`;
}

/** The latest versions that have room for their names, above their lines. */
function releaseNames(releases: Reliability['releases'], top: number): Layer[] {
  let left = Number.POSITIVE_INFINITY;
  const named = releases.toReversed().flatMap(({ at, version }, i) => {
    if (at > left) return [];
    left = at - LABEL_WEEKS;
    return [{ x: at, y: top, text: drawnName(version, releases.length - 1 - i, 10) }];
  });
  return [words(named, { color: PURPLE, fontSize: TEXT - 2, baseline: 'bottom', align: 'center', dy: -4 })];
}

/** Two significant digits: "0.42 %", "12 %", "0.0013 %". */
function percentWords(percent: number): string {
  return `${Number(percent.toPrecision(2))} %`;
}
