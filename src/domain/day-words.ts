import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';

/** `4 Nov`: the local day of an instant, as sentences name it. */
export function dayWords(at: Date, timeZone: string): string {
  return format(new TZDate(at.getTime(), timeZone), 'd MMM');
}

/** `1 report`, `3 reports`. */
export function countWords(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
