/** A way to write dates, as a person has named it: `dd.MM.yyyy HH:mm`. */
export type DateFormat = { written: string; pattern: RegExp };

const TOKENS: Record<string, string> = {
  yyyy: String.raw`(?<year>\d{4})`,
  yy: String.raw`(?<year>\d{2}|\d{4})`,
  MMMM: String.raw`(?<month>[\p{L}.]+)`,
  MMM: String.raw`(?<month>[\p{L}.]+)`,
  MM: String.raw`(?<month>\d{1,2})`,
  M: String.raw`(?<month>\d{1,2})`,
  dd: String.raw`(?<day>\d{1,2})`,
  d: String.raw`(?<day>\d{1,2})`,
  HH: String.raw`(?<hour>\d{1,2})`,
  H: String.raw`(?<hour>\d{1,2})`,
  hh: String.raw`(?<hour>\d{1,2})`,
  h: String.raw`(?<hour>\d{1,2})`,
  mm: String.raw`(?<minute>\d{2})`,
  ss: String.raw`(?<second>\d{2})`,
  a: String.raw`(?<half>[AaPp])\.?[Mm]\.?`,
};
const SHORT: Record<string, string> = { dmy: 'd/M/yy', mdy: 'M/d/yy', ymd: 'yyyy/M/d' };
const CLOCK = String.raw`(?:[ T,]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?:\s*(?<half>[AaPp])\.?[Mm]\.?)?)?`;

/**
 * Reads a format of dates from its letters: y, M, d, H or h, m, s and a. A format of the day alone takes a time of day
 * behind it too; `dmy`, `mdy` and `ymd` name only the order.
 */
export function parseDateFormat(text: string): { ok: DateFormat } | { bad: string } {
  const written = text.trim();
  const wanted = SHORT[written.toLowerCase()] ?? written.replaceAll('D', 'd').replaceAll('Y', 'y').replaceAll('A', 'a');
  const anySeparator = Object.hasOwn(SHORT, written.toLowerCase());
  const parts = wanted.match(/y+|M+|d+|H+|h+|m+|s+|a+|[^yMdHhmsa]+/g) ?? [];
  const seen = new Set(parts.map((part) => part.charAt(0)));
  const isUnknown = parts.some((part) => /^[A-Za-z]/.test(part) && !Object.hasOwn(TOKENS, part));
  const letters = parts.filter((part) => /^[A-Za-z]/.test(part)).map((part) => part.charAt(0).replace('h', 'H'));
  if (isUnknown || !['y', 'M', 'd'].every((one) => seen.has(one)) || new Set(letters).size !== letters.length)
    return { bad: `“${written}” is no format of dates. Write one such as dd.MM.yyyy HH:mm or M/d/yy h:mm a.` };
  const source = parts
    .map((part) => TOKENS[part] ?? (anySeparator ? '[-/. ]' : part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')))
    .join('');
  const hasClock = seen.has('H') || seen.has('h');
  return { ok: { written, pattern: new RegExp(`^${source}${hasClock ? '' : CLOCK}$`, 'u') } };
}
