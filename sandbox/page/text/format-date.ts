export type Viewer = { tz: string; locale: string };

type Formats = Record<string, (at: Date, now: Date, viewer: Viewer) => string>;

const formatters = new Map<string, Intl.DateTimeFormat>();

// Building a formatter costs more than all the formatting of a screen.
function formatter(viewer: Viewer, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${viewer.locale} ${viewer.tz} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(viewer.locale, { timeZone: viewer.tz, ...options });
  formatters.set(key, made);
  return made;
}

const dateOnly = (at: Date, viewer: Viewer, options: Intl.DateTimeFormatOptions) =>
  formatter(viewer, options).format(at);

const short: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const plain: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
const long: Intl.DateTimeFormatOptions = { ...plain, weekday: 'long' };

// The tokens of <!date^…>, docs.slack.dev/messaging/formatting-message-text
const formats: Formats = {
  date_num: (at, _now, viewer) => localDay(at, viewer.tz),
  date_slash: (at, _now, viewer) => localDay(at, viewer.tz).replaceAll('-', '/'),
  date: (at, _now, viewer) => dateOnly(at, viewer, plain),
  date_short: (at, _now, viewer) => dateOnly(at, viewer, short),
  date_long: (at, _now, viewer) => dateOnly(at, viewer, long),
  date_pretty: (at, now, viewer) => nearDay(at, now, viewer) ?? dateOnly(at, viewer, plain),
  date_short_pretty: (at, now, viewer) => nearDay(at, now, viewer) ?? dateOnly(at, viewer, short),
  date_long_pretty: (at, now, viewer) => nearDay(at, now, viewer) ?? dateOnly(at, viewer, long),
  date_long_full: (at, _now, viewer) => dateOnly(at, viewer, long),
  day_divider_pretty: (at, now, viewer) => dayTitle(at, now, viewer),
  time: (at, _now, viewer) => clockTime(at, viewer),
  time_secs: (at, _now, viewer) => clockTime(at, viewer, { second: '2-digit' }),
  ago: (at, now, viewer) => agoText(at, now, viewer),
};

/** Fills the tokens of a date format for one reader; undefined when a token is unknown, so that the fallback is shown. */
export function formatDate(format: string, at: Date, now: Date, viewer: Viewer): string | undefined {
  if (Number.isNaN(at.getTime())) return undefined;
  const tokens = [...format.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1] ?? '');
  if (tokens.some((token) => !(token in formats))) return undefined;
  return format.replace(/\{([a-z_]+)\}/g, (_match, token: string) => formats[token]?.(at, now, viewer) ?? '');
}

/** 'YYYY-MM-DD' as the wall calendar of the zone shows it. */
export function localDay(at: Date, tz: string): string {
  return formatter({ tz, locale: 'en-CA' }, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** '9:05 AM' where the day has two halves, else '09:05'. */
export function clockTime(at: Date, viewer: Viewer, more: Intl.DateTimeFormatOptions = {}): string {
  const halves = formatter(viewer, { hour: 'numeric' }).resolvedOptions().hour12;
  return dateOnly(at, viewer, { hour: halves ? 'numeric' : '2-digit', minute: '2-digit', ...more });
}

export const fullTime = (at: Date, viewer: Viewer) => dateOnly(at, viewer, { dateStyle: 'full', timeStyle: 'short' });

/** '2 Nov, 9:05 AM' */
export const shortTime = (at: Date, viewer: Viewer) =>
  dateOnly(at, viewer, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });

/** 'Today', 'Yesterday' or 'Monday, 2 November', with the year when it is another one. */
export function dayTitle(at: Date, now: Date, viewer: Viewer): string {
  const near = nearDay(at, now, viewer);
  if (near) return near.charAt(0).toUpperCase() + near.slice(1);
  const sameYear = localDay(at, viewer.tz).slice(0, 4) === localDay(now, viewer.tz).slice(0, 4);
  return dateOnly(at, viewer, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: sameYear ? undefined : 'numeric',
  });
}

function nearDay(at: Date, now: Date, viewer: Viewer): string | undefined {
  const days = (Date.parse(localDay(at, viewer.tz)) - Date.parse(localDay(now, viewer.tz))) / 86_400_000;
  return ['yesterday', 'today', 'tomorrow'][days + 1];
}

function agoText(at: Date, now: Date, viewer: Viewer): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const words = new Intl.RelativeTimeFormat(viewer.locale, { numeric: 'auto' });
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return words.format(seconds, 'second');
}
