import type { Chart, MarkedWeek } from '../domain/digest/charts.ts';
import { spread } from './labels.ts';
import { BLUE, GREEN, ORANGE, PURPLE, TEXT, WIDTH } from './look.ts';
import {
  bars,
  type Layer,
  line,
  marks,
  type Panel,
  type Point,
  panel,
  type Spec,
  sheet,
  weekDates,
  words,
} from './parts.ts';

const HEIGHT = 210;
const PROVEN_HEIGHT = 52;
/** Room at the right for the names of the parts. */
const NAMES = 118;
const PLOT = WIDTH - NAMES;

type Burndown = Chart & { kind: 'burndown' };

export function burndownSpec(chart: Burndown): Spec {
  return sheet('Open defects at the end of each week', burndownPanels(chart));
}

/** Bars of what is open, to do below and claimed on top, with what was proven in each week under them. */
export function burndownPanels({ weeks, since }: Pick<Burndown, 'weeks' | 'since'>): Panel[] {
  const last = weeks.length - 1;
  const { toDo = 0, claimed = 0 } = weeks.at(-1) ?? {};
  const most = Math.max(1, ...weeks.map((week) => week.toDo + week.claimed));
  const mostProven = Math.max(1, ...weeks.map(({ proven }) => proven));
  const across = { from: -0.5, to: last + 0.5 };
  const wide = Math.min(34, (PLOT / weeks.length) * 0.74);
  // A line of paper between the parts, so that they are told apart without their colours.
  const gap = (1.5 / HEIGHT) * most;
  const named = (values: (Point & { text: string | string[] })[]) =>
    words(values, { align: 'left', dx: wide / 2 + 26 });
  const key = (at: Point, color: string) => marks([at], { color, shape: 'square', size: 130, dx: wide / 2 + 13 });
  const [toDoAt = 0, claimedAt = 0] = spread([toDo / 2, toDo + claimed / 2], (22 / HEIGHT) * most, most);
  const ceiling = most * (since ? 1.26 : 1.12);
  const provenAt = { x: last, y: mostProven * 0.95 };
  return [
    panel({ width: PLOT, height: HEIGHT, x: { ...across, axis: null }, y: { from: 0, to: ceiling, axis: null } }, [
      ...(since ? sinceMark(since, ceiling, last) : []),
      bars(
        weeks.map((week, x) => ({ x, y: 0, y2: week.toDo })),
        BLUE,
        wide,
      ),
      bars(
        weeks.flatMap((week, x) => (week.claimed > 0 ? [{ x, y: week.toDo + gap, y2: week.toDo + week.claimed }] : [])),
        ORANGE,
        wide,
      ),
      words(
        weeks.map((week, x) => ({ x, y: week.toDo + week.claimed, text: String(week.toDo + week.claimed) })),
        { baseline: 'bottom', dy: -4, fontWeight: 'bold', fontSize: TEXT - 1 },
      ),
      key({ x: last, y: toDoAt }, BLUE),
      key({ x: last, y: claimedAt }, ORANGE),
      named([
        { x: last, y: toDoAt, text: `${toDo} to do` },
        { x: last, y: claimedAt, text: `${claimed} claimed` },
      ]),
    ]),
    panel(
      {
        width: PLOT,
        height: PROVEN_HEIGHT,
        x: { ...across, axis: weekDates(weeks.map(({ endsOn }) => endsOn)) },
        y: { from: 0, to: mostProven * 1.6, axis: null },
      },
      [
        bars(
          weeks.map(({ proven }, x) => ({ x, y: 0, y2: proven })),
          GREEN,
          wide,
        ),
        words(
          weeks.flatMap(({ proven }, x) => (proven > 0 ? [{ x, y: proven, text: String(proven) }] : [])),
          { baseline: 'bottom', dy: -3, fontSize: TEXT - 1 },
        ),
        key(provenAt, GREEN),
        named([{ ...provenAt, text: ['proven in', 'the week'] }]),
      ],
    ),
  ];
}

/** A line before the week since which reports are fewer or more, and what it means, on the side that has room. */
function sinceMark({ at, grade }: MarkedWeek, top: number, last: number): Layer[] {
  const x = at - 0.5;
  const isLeft = at <= last / 2;
  return [
    line(
      [
        { x, y: 0 },
        { x, y: top },
      ],
      { color: PURPLE, dash: [2, 3], width: 1.5 },
    ),
    words([{ x, y: top, text: `${grade} reports since` }], {
      color: PURPLE,
      baseline: 'top',
      align: isLeft ? 'left' : 'right',
      dx: isLeft ? 6 : -6,
      fontSize: TEXT - 1,
    }),
  ];
}
