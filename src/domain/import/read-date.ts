import { MINUTE_MS } from '../time/durations.ts';
import { wallClockToInstant } from '../time/working-time.ts';
import type { DateFormat } from './date-format.ts';
import { type DateOrder, ordersOf } from './date-order.ts';
import { monthNamed } from './month-names.ts';

// Before 1980 a date in a tracker is a zero that was exported.
const firstYear = 1980;
const lastYear = 2199;

const longestDate = 80;

/** Names of zones that mean one offset wherever trackers write them; others (IST, AST) mean several. */
const NAMED_ZONES: Record<string, string> = {
  WET: '+00',
  WEST: '+01',
  BST: '+01',
  CET: '+01',
  CEST: '+02',
  EET: '+02',
  EEST: '+03',
  EST: '-05',
  EDT: '-04',
  CST: '-06',
  CDT: '-05',
  MST: '-07',
  MDT: '-06',
  PST: '-08',
  PDT: '-07',
};

const CLOCK = String.raw`(?:klo\s+|kl\.?\s+|um\s+|at\s+)?(?<hour>\d{1,2})(?::|(?<=[\s]\d{1,2})\.)(?<minute>\d{2})(?:[:.](?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?:\s*(?<half>[AaPp])\.?\s?[Mm]\.?)?(?:\s*(?:Uhr|h))?`;
const ZONE = String.raw`(?:\s*(?:UTC|GMT)?(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?|[A-Z]{3,4}))?(?:\s*[([][^)\]]{1,40}[)\]])?`;
/** What some write before a date, and what stands between its parts in words. */
const DAY_NAME = String.raw`(?:\p{L}{2,12}\.?,?\s+)?`;
const FORMS = [
  // 2020-12-31, 2020/12/31 10:00, 2020-12-31T10:00:00.000+0000
  new RegExp(
    String.raw`^(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})\.?(?:(?:\s*[Tt]|,?\s+)\s*${CLOCK}${ZONE})?$`,
  ),
  // 20201231, 20201231T100000Z
  /^(?<year>(?:19|20)\d{2})(?<month>[01]\d)(?<day>[0-3]\d)(?:[T ]?(?<hour>\d{2}):?(?<minute>\d{2}):?(?<second>\d{2})?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/,
  // 2020年12月31日 10:00
  new RegExp(String.raw`^(?<year>\d{4})年\s?(?<month>\d{1,2})月\s?(?<day>\d{1,2})日(?:\s*${CLOCK}${ZONE})?$`),
  // 31/Dec/20 10:00 AM, 31/März/20, 31-Dec-20
  new RegExp(
    String.raw`^(?<day>\d{1,2})([/-])(?<month>\p{L}{3,10}\.?)\2(?<year>\d{2}|\d{4})(?::?\s*${CLOCK}${ZONE})?$`,
    'u',
  ),
  // Thu Dec 31 2020 10:00:00 GMT+0100 (CET)
  new RegExp(String.raw`^${DAY_NAME}(?<month>\p{L}{3,10})\s+(?<day>\d{1,2})\s+(?<year>\d{4})\s+${CLOCK}${ZONE}$`, 'u'),
  // Thu Dec 31 10:00:00 UTC 2020
  new RegExp(String.raw`^${DAY_NAME}(?<month>\p{L}{3,10})\s+(?<day>\d{1,2})\s+${CLOCK}${ZONE}\s+(?<year>\d{4})$`, 'u'),
  // Thu, 31 Dec 2020 10:00:00 +0000, 31. Dezember 2020
  new RegExp(
    String.raw`^${DAY_NAME}(?<day>\d{1,2})(?:\.|st|nd|rd|th)?(?:[\s-]|\sde\s)(?<month>\p{L}{3,10}\.?)(?:[\s-]|\sde\s|,\s)(?<year>\d{4}|\d{2})(?:\s?г\.)?(?:,?\s+${CLOCK}${ZONE})?$`,
    'u',
  ),
  // Dec 31, 2020 10:00 AM
  new RegExp(
    String.raw`^${DAY_NAME}(?<month>\p{L}{3,10}\.?)\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})(?:,?\s+${CLOCK}${ZONE})?$`,
    'u',
  ),
  // 31.12.2020 10:00: with dots the day comes first wherever dates are written so.
  new RegExp(String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}|\d{2})(?:,?\s+${CLOCK}${ZONE})?$`),
];
const BY_ORDER: Record<DateOrder, RegExp> = {
  dmy: new RegExp(String.raw`^(?<day>\d{1,2})([/-])(?<month>\d{1,2})\2(?<year>\d{4}|\d{2})(?:,?\s+${CLOCK}${ZONE})?$`),
  ymd: new RegExp(String.raw`^(?<year>\d{2})([/-])(?<month>\d{2})\2(?<day>\d{2})(?:,?\s+${CLOCK}${ZONE})?$`),
  mdy: new RegExp(String.raw`^(?<month>\d{1,2})([/-])(?<day>\d{1,2})\2(?<year>\d{4}|\d{2})(?:,?\s+${CLOCK}${ZONE})?$`),
};

/** How dates without a zone or an order of their own are to be read. */
export type DateReading = {
  timeZone: string;
  format?: DateFormat | undefined;
  order?: DateOrder | undefined;
  /** Years after it are not meant where a date can be read otherwise. */
  latestYear?: number | undefined;
};

/**
 * The instant that a tracker's text stands for, or undefined. A text without a zone is local time in `timeZone`. Dates
 * whose day and month could be taken for each other (03/04/2020) are read only by a given format or order.
 */
export function readDate(text: string, { timeZone, format, order, latestYear }: DateReading): Date | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longestDate) return undefined;
  if (/^\d{12,13}$/.test(trimmed)) return new Date(Number(trimmed));
  if (/^\d{9,10}(\.\d{1,9})?$/.test(trimmed)) return new Date(Math.floor(Number(trimmed) * 1000));
  const [onlyOrder, ...others] = ordersOf(trimmed, latestYear);
  const ordered = order ?? (others.length === 0 ? onlyOrder : undefined);
  const forms = [...(format ? [format.pattern] : []), ...FORMS, ...(ordered ? [BY_ORDER[ordered]] : [])];
  for (const form of forms) {
    const parts = form.exec(trimmed)?.groups;
    if (parts) return instantOf(parts, timeZone);
  }
  return undefined;
}

/** The orders in which a date can be taken for several, as long as nobody says which is meant; else none. */
export function ambiguity(text: string, { order, format, latestYear }: DateReading): readonly DateOrder[] {
  if (order !== undefined || format?.pattern.test(text.trim())) return [];
  const orders = ordersOf(text, latestYear);
  return orders.length > 1 ? orders : [];
}

/** Whether a date names its own zone. */
export function hasZone(text: string): boolean {
  return /^\d{9,13}(\.\d+)?$|(?:\dZ|UTC|GMT|[+-]\d{2}:?\d{2})(?:\s*[([].*[)\]])?$/.test(text.trim());
}

function instantOf(parts: Record<string, string | undefined>, timeZone: string): Date | undefined {
  const year = Number(parts.year) + (parts.year?.length === 2 ? 2000 : 0);
  const month = monthNamed(parts.month ?? '') ?? Number(parts.month);
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
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(NAMED_ZONES[zone] ?? zone) ?? [];
  if (sign === undefined) return ['Z', 'UTC', 'GMT'].includes(zone) ? new Date(wallMs) : undefined;
  const offset = Number(hours) * 60 + Number(minutes ?? 0);
  if (offset > 15 * 60 || Number(minutes ?? 0) > 59) return undefined;
  return new Date(wallMs - (sign === '-' ? -offset : offset) * MINUTE_MS);
}
