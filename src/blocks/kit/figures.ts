import type { LatencyQuantile } from '../../domain/reliability/reliability.ts';

/** "12.3 %", "0.42 %", "0.0042 %": two digits that count, and none that pretend. */
export function percentWords(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.0001) return 'under 0.0001 %';
  return `${Number(percent.toFixed(percent >= 10 ? 1 : percent >= 0.1 ? 2 : decimalsFor(percent)))} %`;
}

/** "99.95 %" from the share of time that was lost; 100 % only where none was. */
export function uptimeWords(down: number): string {
  if (down <= 0) return '100 %';
  // One digit of what was lost says enough.
  const decimals = Math.min(4, Math.max(2, decimalsFor(down * 100) - 1));
  const step = 10 ** -decimals;
  return `${Number(Math.max(0, Math.min(100 - step, 100 - down * 100)).toFixed(decimals))} %`;
}

/** "61 %", "under 1 %" of something that is left; never rounded onto all or nothing. */
export function wholePercentWords(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %';
  const percent = Math.round(share * 100);
  return `${(share < 1 ? Math.min(99, percent) : percent).toLocaleString('en-GB')} %`;
}

/** Seconds below this are said in milliseconds. */
const SHORT = 0.01;

/** "0.25 s", "4.2 ms", "12 s". */
export function secondsWords(seconds: number): string {
  return seconds > 0 && seconds < SHORT ? `${digits(seconds * 1000)} ms` : `${digits(seconds)} s`;
}

/** "0.1 to 0.25 s", "over 10 s": all that a histogram knows of a quantile. */
export function bucketWords({ above, upTo }: LatencyQuantile): string {
  if (!Number.isFinite(upTo)) return `over ${secondsWords(above)}`;
  if (above <= 0) return `under ${secondsWords(upTo)}`;
  const isShort = above < SHORT && upTo < 1;
  return isShort ? `${digits(above * 1000)} to ${digits(upTo * 1000)} ms` : `${digits(above)} to ${digits(upTo)} s`;
}

function digits(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(2)));
}

function decimalsFor(percent: number): number {
  return Math.max(0, 1 - Math.floor(Math.log10(percent)));
}
