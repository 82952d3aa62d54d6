const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "20 Nov". */
export function drawnDay(dateOn: string): string {
  return `${Number(dateOn.slice(8, 10))} ${MONTHS[Number(dateOn.slice(5, 7)) - 1]}`;
}

/** Every nth week from the latest back, so that the latest always has its date. */
export function labelledWeeks(count: number, most = 5): number[] {
  const every = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: count }, (_, i) => i).filter((i) => (count - 1 - i) % every === 0);
}

/** The heights of labels beside values, moved apart where they would overlap; in the order of the values given. */
export function spread(values: readonly number[], gap: number, top: number): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const placed = [...values];
  let lowest = Number.NEGATIVE_INFINITY;
  for (const i of order) lowest = placed[i] = Math.max(values[i] ?? 0, lowest + gap);
  let highest = Math.max(top, (order.length - 1) * gap);
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i] ?? 0, highest);
    highest = placed[i] - gap;
  }
  return placed;
}

/** Where a scale ends, just above all values, and its round steps below. */
export function niceScale(most: number, steps = 4): { top: number; ticks: number[] } {
  if (!(most > 0)) return { top: 1, ticks: [0, 1] };
  const rough = most / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const count = Math.floor(most / step + 1e-9);
  return { top: most * 1.06, ticks: Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(10))) };
}
