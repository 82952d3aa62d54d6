import { MINUTE_MS } from '../time/durations.ts';
import { wallClockToInstant } from '../time/working-time.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// Before 1980 a date in a tracker is a zero that was exported.
const firstYear = 1980;
const lastYear = 2199;

const longestDate = 60;

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?:\s*(?<half>[AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw`(?:\s*(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?`;
const FORMS = [
  // 2020-12-31, 2020/12/31 10:00, 2020-12-31T10:00:00.000+0000
  new RegExp(String.raw`^(?<year>\d{4})([-/])(?<month>\d{2})\2(?<day>\d{2})(?:(?:\s*[Tt]|\s+)\s*${CLOCK}${ZONE})?$`),
  // 31/Dec/20 10:00 AM
  new RegExp(String.raw`^(?<day>\d{1,2})/(?<month>[A-Za-z]{3})/(?<year>\d{2}|\d{4})(?:\s+${CLOCK}${ZONE})?$`),
  // Thu, 31 Dec 2020 10:00:00 +0000
  new RegExp(
    String.raw`^(?:[A-Za-z]{3},?\s+)?(?<day>\d{1,2})[\s-](?<month>[A-Za-z]{3})[\s-](?<year>\d{4})(?:\s+${CLOCK}${ZONE})?$`,
  ),
];

/**
 * The instant that a tracker's text stands for, or undefined. A text without a zone is local time in `timeZone`. Dates
 * whose day and month could be taken for each other (03/04/2020) are not read.
 */
export function readDate(text: string, timeZone: string): Date | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longestDate) return undefined;
  for (const form of FORMS) {
    const parts = form.exec(trimmed)?.groups;
    if (parts) return instantOf(parts, timeZone);
  }
  return undefined;
}

function instantOf(parts: Record<string, string | undefined>, timeZone: string): Date | undefined {
  const year = Number(parts.year) + (parts.year?.length === 2 ? 2000 : 0);
  const named = MONTHS.indexOf((parts.month ?? '').toLowerCase());
  const month = named >= 0 ? named + 1 : Number(parts.month);
  const day = Number(parts.day);
  const hour = hourOf(Number(parts.hour ?? 0), parts.half);
  const [minute, second] = [Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  const wall = new Date(Date.UTC(year, month - 1, day));
  const inCalendar = wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day;
  if (!inCalendar || year < firstYear || year > lastYear || hour === undefined || minute > 59 || second > 59)
    return undefined;
  const milliseconds = Number((parts.fraction ?? '').padEnd(3, '0').slice(0, 3));
  const wallMs = wall.getTime() + (hour * 60 + minute) * MINUTE_MS + second * 1000 + milliseconds;
  return parts.zone ? atOffset(wallMs, parts.zone) : wallClockToInstant(wallMs, timeZone);
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour <= 23 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function atOffset(wallMs: number, zone: string): Date | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  if (sign === undefined) return new Date(wallMs);
  const offset = Number(hours) * 60 + Number(minutes ?? 0);
  if (offset > 15 * 60 || Number(minutes ?? 0) > 59) return undefined;
  return new Date(wallMs - (sign === '-' ? -offset : offset) * MINUTE_MS);
}
