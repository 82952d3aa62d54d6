const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `4 Nov`: the local day of an instant, as sentences name it. */
export function dayWords(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, month: 'numeric', day: 'numeric' }).formatToParts(at);
  const numberOf = (type: 'day' | 'month') => Number(parts.find((part) => part.type === type)?.value);
  return `${numberOf('day')} ${MONTHS[numberOf('month') - 1]}`;
}
