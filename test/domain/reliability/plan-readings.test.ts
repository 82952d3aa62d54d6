import { describe, expect, it } from 'vitest';
import { type KnownSpan, planReadings, readAgainAt, spansUpTo } from '../../../src/domain/reliability/plan-readings.ts';
import { type Cadence, nextInstant } from '../../../src/domain/time/cadence.ts';
import { MINUTE_MS } from '../../../src/domain/time/durations.ts';
import { weekBounds } from '../../../src/domain/time/week-bounds.ts';

const digest: Cadence = {
  timeZone: 'Europe/Berlin',
  weekdays: [5],
  atLocalTime: '15:00',
  everyWeeks: 1,
  anchorOn: '2026-01-02',
  workingDays: [1, 2, 3, 4, 5],
  holidays: [],
  onHoliday: 'skip',
};
const FRIDAY = new Date('2026-11-20T14:00:00Z');
const minutes = (count: number) => new Date(FRIDAY.getTime() + count * MINUTE_MS);

/** Reads all that is due at each of the instants, and answers what was read at the last. */
function live(instants: readonly Date[], cadence = digest, isEmpty: (endsAt: Date) => boolean = () => false) {
  const known = new Map<string, KnownSpan>();
  let read: string[] = [];
  for (const now of instants) {
    const spans = spansUpTo(now, { timeZone: cadence.timeZone, digest: cadence });
    const plan = planReadings(spans, [...known.values()], { now, nextDigestAt: nextInstant(cadence, now) });
    read = plan.map(({ span, endsAt }) => `${span} ${endsAt.toISOString()}`);
    for (const { span, endsAt } of plan) {
      known.set(`${span} ${endsAt.getTime()}`, { span, endsAt, readAt: now, isEmpty: isEmpty(endsAt) });
    }
  }
  return { read, known };
}

describe('what is to be read of the metrics', () => {
  it('is at first the weeks that the next digest looks back on, today, and the days of a quarter', () => {
    const wednesday = new Date('2026-11-18T10:00:00Z');
    const { read } = live([wednesday]);
    const weeks = weekBounds(digest, FRIDAY).slice(1, -1).reverse();
    expect(read.slice(0, 11)).toEqual(weeks.map((at) => `week ${at.toISOString()}`));
    expect(read[11]).toBe('day 2026-11-18T23:00:00.000Z');
    expect(read[12]).toBe('day 2026-11-17T23:00:00.000Z');
    expect(read).toHaveLength(11 + 91);
    // A day in October has 25 hours, and none is left out or read twice.
    const days = spansUpTo(wednesday, { timeZone: digest.timeZone, digest }).filter(({ span }) => span === 'day');
    for (const [i, day] of days.slice(1).entries()) expect(day.startsAt).toEqual(days[i]?.endsAt);
  });

  it('is nothing while nothing has changed', () => {
    expect(live([new Date('2026-11-18T10:00:00Z'), new Date('2026-11-18T10:00:15Z')]).read).toEqual([]);
  });

  it('is the week of the digest in the ten minutes before it, at its end, and once its last samples are in', () => {
    const thisWeek = `week ${FRIDAY.toISOString()}`;
    const before = [minutes(-180), minutes(-30)];
    expect(live(before).read).not.toContain(thisWeek);
    expect(live([...before, minutes(-9)]).read[0]).toBe(thisWeek);
    expect(live([...before, minutes(-9), minutes(-5)]).read).toEqual([]);
    expect(live([...before, minutes(-9), minutes(0)]).read[0]).toBe(thisWeek);
    expect(live([...before, minutes(-9), minutes(0), minutes(5)]).read).toEqual([]);
    expect(live([...before, minutes(-9), minutes(0), minutes(10)]).read).toEqual([thisWeek]);
    expect(live([...before, minutes(-9), minutes(0), minutes(10), minutes(30)]).read).not.toContain(thisWeek);
  });

  it('is a week again each hour for two days, where nothing has come of it yet', () => {
    const thisWeek = `week ${FRIDAY.toISOString()}`;
    const silent = (instants: Date[]) => live(instants, digest, (endsAt) => endsAt.getTime() === FRIDAY.getTime()).read;
    expect(silent([minutes(11), minutes(61)])).not.toContain(thisWeek);
    expect(silent([minutes(11), minutes(71)])).toContain(thisWeek);
    expect(silent([minutes(11), minutes(49 * 60)])).not.toContain(thisWeek);
  });

  it('is today each hour, and a day that was missed when the bot is back', () => {
    const ten = new Date('2026-11-18T10:00:00Z');
    expect(live([ten, new Date(ten.getTime() + 60 * MINUTE_MS)]).read).toEqual(['day 2026-11-18T23:00:00.000Z']);
    const saturday = new Date(ten.getTime() + 3 * 1440 * MINUTE_MS);
    expect(live([ten, saturday]).read).toEqual([
      'week 2026-11-20T14:00:00.000Z',
      'day 2026-11-21T23:00:00.000Z',
      'day 2026-11-20T23:00:00.000Z',
      'day 2026-11-19T23:00:00.000Z',
      'day 2026-11-18T23:00:00.000Z',
    ]);
  });

  it.each([
    ['every other week', { everyWeeks: 2, anchorOn: '2026-11-27' }],
    ['on two days a week', { weekdays: [1, 4] }],
    ['after a holiday', { holidays: ['2026-11-20'], onHoliday: 'next_working_day' as const }],
  ])('holds every week that a digest %s looks back on', (_, over) => {
    const cadence = { ...digest, ...over };
    const now = new Date('2026-11-18T10:00:00Z');
    const next = nextInstant(cadence, now);
    const { known } = live([now], cadence);
    const missing = weekBounds(cadence, next)
      .slice(1)
      .filter((at) => at <= now && !known.has(`week ${at.getTime()}`));
    expect(missing).toEqual([]);
  });

  it('comes up again when the next thing ends, settles or is due', () => {
    const next = (now: Date) =>
      readAgainAt(spansUpTo(now, { timeZone: digest.timeZone, digest }), now, nextInstant(digest, now));
    expect(next(minutes(-30))).toEqual(minutes(-10));
    expect(next(minutes(-9))).toEqual(minutes(0));
    expect(next(minutes(0))).toEqual(minutes(10));
    expect(next(minutes(10))).toEqual(minutes(70));
    expect(next(new Date('2026-11-18T22:30:00Z'))).toEqual(new Date('2026-11-18T23:00:00Z'));
  });
});
