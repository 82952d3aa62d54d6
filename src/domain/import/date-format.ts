/** A way to write dates, as a person has named it: `dd.MM.yyyy HH:mm`. */
export type DateFormat = { written: string; pattern: RegExp };

const ZONE = String.raw`(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)`;
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
  a: String.raw`(?<half>[AaPp])\.?\s?[Mm]\.?`,
  SSS: String.raw`(?<fraction>\d{1,9})`,
  E: String.raw`[\p{L}.]+`,
  EEE: String.raw`[\p{L}.]+`,
  EEEE: String.raw`[\p{L}.]+`,
  Z: ZONE,
  ZZ: ZONE,
  X: ZONE,
  XX: ZONE,
  XXX: ZONE,
};
const DIRECTIVES: Record<string, string> = {
  Y: 'yyyy',
  y: 'yy',
  m: 'MM',
  d: 'dd',
  e: 'd',
  H: 'HH',
  I: 'hh',
  M: 'mm',
  S: 'ss',
  p: 'a',
  b: 'MMM',
  B: 'MMMM',
  f: 'SSS',
  z: 'Z',
  a: 'EEE',
};
const SHORT: Record<string, string> = { dmy: 'd/M/yy', mdy: 'M/d/yy', ymd: 'yy/M/d' };
const CLOCK = String.raw`(?:[ T,]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?:\s*(?<half>[AaPp])\.?[Mm]\.?)?)?`;

/** The same in the letters that are read: `%d.%m.%Y` and `DD.MM.YYYY` are ways to write `dd.MM.yyyy`. */
function inLetters(written: string): string {
  if (written.includes('%')) return written.replaceAll(/%-?([a-zA-Z])/g, (_, letter) => DIRECTIVES[letter] ?? letter);
  return written.replaceAll('D', 'd').replaceAll('Y', 'y').replaceAll('A', 'a');
}

/**
 * Reads a format of dates from its letters: y, M, d, H or h, m, s, SSS, a, Z and E. A format of the day alone takes a time of day
 * behind it too; `dmy`, `mdy` and `ymd` name only the order.
 */
export function parseDateFormat(text: string): { ok: DateFormat } | { bad: string } {
  const written = text.trim();
  const wanted = SHORT[written.toLowerCase()] ?? inLetters(written);
  const anySeparator = Object.hasOwn(SHORT, written.toLowerCase());
  const parts = wanted.match(/y+|M+|d+|H+|h+|m+|s+|a+|S+|E+|Z+|X+|'[^']*'|[^yMdHhmsaSEZX']+/g) ?? [];
  const seen = new Set(parts.map((part) => part.charAt(0)));
  const isUnknown = parts.some((part) => /^[A-Za-z]/.test(part) && part !== 'T' && !Object.hasOwn(TOKENS, part));
  const letters = parts.filter((part) => /^[A-Za-z]/.test(part)).map((part) => part.charAt(0).replace('h', 'H'));
  if (isUnknown || !['y', 'M', 'd'].every((one) => seen.has(one)) || new Set(letters).size !== letters.length)
    return { bad: `“${written}” is no format of dates. Write one such as dd.MM.yyyy HH:mm or M/d/yy h:mm a.` };
  const source = parts
    .map(
      (part) =>
        TOKENS[part] ?? (anySeparator ? '[-/. ]' : part.replaceAll("'", '').replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')),
    )
    .join('');
  const hasClock = seen.has('H') || seen.has('h');
  return { ok: { written, pattern: new RegExp(`^${source}${hasClock ? '' : CLOCK}$`, 'u') } };
}
