const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const GAP = '·';

/**
 * A value a character, from 0 up to the largest or to `full`, whichever is more; a dot where there is none. Whoever
 * shows it puts the same in words beside it.
 */
export function sparkline(values: readonly (number | null)[], full = 0): string {
  const top = Math.max(full, ...values.map((value) => value ?? 0));
  return values
    .map((value) => {
      if (value === null) return GAP;
      const step = top > 0 ? Math.ceil((value / top) * BARS.length) - 1 : 0;
      return BARS[Math.max(0, Math.min(BARS.length - 1, step))];
    })
    .join('');
}
