import { localDateOn } from './working-time.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `4 Nov`: the local day of an instant, as sentences name it. */
export function dayWords(at: Date, timeZone: string): string {
  const [, month = 0, day] = localDateOn(at, timeZone).split('-').map(Number);
  return `${day} ${MONTHS[month - 1]}`;
}
