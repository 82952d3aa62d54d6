// @module-tag slow
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cadence, dueInstants, nextInstant, previousInstant } from '../../../src/domain/time/cadence.ts';
import { HOUR_MS } from '../../../src/domain/time/durations.ts';
import { addDays } from '../../../src/domain/time/local-date.ts';
import { localDateOn, localTimeAt } from '../../../src/domain/time/working-time.ts';
import { ZONES } from './zones.ts';

describe('every cadence', () => {
  const someDays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
  const someDate = fc.integer({ min: 0, max: 9_000 }).map((days) => addDays('2008-01-01', days));
  const localTime = fc.oneof(
    fc.constantFrom('00:00', '00:30', '01:30', '02:00', '02:15', '02:30', '23:30'),
    fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`),
  );

  /** A cadence, an instant and holidays near that instant, so that moved and lost days are met often. */
  const scenes = someDate.chain((aroundOn) =>
    fc.record({
      cadence: fc.record({
        weekdays: someDays,
        atLocalTime: localTime,
        everyWeeks: fc.constantFrom(1, 1, 2, 3, 4, 13),
        anchorOn: someDate,
        timeZone: fc.constantFrom(...ZONES),
        holidays: fc.array(
          fc.integer({ min: -20, max: 60 }).map((days) => addDays(aroundOn, days)),
          { maxLength: 12 },
        ),
        onHoliday: fc.constantFrom<Cadence['onHoliday'][]>('skip', 'next_working_day'),
        workingDays: someDays,
      }),
      at: fc.integer({ min: 0, max: 24 * HOUR_MS }).map((ms) => new Date(Date.parse(`${aroundOn}T00:00Z`) + ms)),
      spanHours: fc.integer({ min: 1, max: 24 * 120 }),
      splitAt: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  );
  const end = ({ at, spanHours }: { at: Date; spanHours: number }) => new Date(at.getTime() + spanHours * HOUR_MS);

  it('has instants that only grow, inside the interval, on planned local times or at the end of a gap', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { cadence, at } = scene;
        let latest = at;
        for (const instant of dueInstants(cadence, at, end(scene))) {
          expect(instant > latest && instant <= end(scene)).toBe(true);
          expect(cadence.holidays).not.toContain(localDateOn(instant, cadence.timeZone));
          const onTime = localTimeAt(instant, cadence.timeZone) === cadence.atLocalTime;
          expect(onTime || clocksJumpForwardAt(instant, cadence.timeZone)).toBe(true);
          latest = instant;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same instants however the interval is split', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { cadence, at, splitAt } = scene;
        const upTo = end(scene);
        const whole = dueInstants(cadence, at, upTo);
        const middles = [new Date(at.getTime() + Math.floor(splitAt * (upTo.getTime() - at.getTime()))), ...whole];
        for (const middle of middles.slice(0, 6)) {
          const parts = [...dueInstants(cadence, at, middle), ...dueInstants(cadence, middle, upTo)];
          expect(parts).toEqual(whole);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same walked forwards, walked backwards and listed', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { cadence, at } = scene;
        const upTo = end(scene);
        const forwards: Date[] = [];
        for (let next = nextInstant(cadence, at); next <= upTo; next = nextInstant(cadence, next)) forwards.push(next);
        const backwards: Date[] = [];
        const pastEnd = new Date(upTo.getTime() + 1);
        for (let last = previousInstant(cadence, pastEnd); last > at; last = previousInstant(cadence, last)) {
          backwards.unshift(last);
        }
        expect(forwards).toEqual(dueInstants(cadence, at, upTo));
        expect(backwards).toEqual(forwards);
      }),
      { numRuns: 300 },
    );
  });

  it('misses no planned working day and adds none', () => {
    fc.assert(
      fc.property(scenes, ({ cadence, at, spanHours }) => {
        const noon = {
          ...cadence,
          atLocalTime: '12:00',
          everyWeeks: 1,
          onHoliday: 'skip' as const,
          timeZone: 'Europe/Berlin',
        };
        const got = dueInstants(noon, at, end({ at, spanHours })).map((instant) => localDateOn(instant, noon.timeZone));
        const wanted: string[] = [];
        for (let ms = at.getTime(); ms < at.getTime() + (spanHours + 24) * HOUR_MS; ms += 24 * HOUR_MS) {
          const dateOn = new Date(ms).toISOString().slice(0, 10);
          const weekday = new Date(`${dateOn}T00:00Z`).getUTCDay() || 7;
          if (noon.weekdays.includes(weekday) && !noon.holidays.includes(dateOn)) wanted.push(dateOn);
        }
        const inner = wanted.filter(
          (on) => on > localDateOn(at, 'UTC') && on < localDateOn(end({ at, spanHours }), 'UTC'),
        );
        expect(got).toEqual(expect.arrayContaining(inner));
        expect(wanted).toEqual(expect.arrayContaining(got));
      }),
      { numRuns: 300 },
    );
  });
});

function clocksJumpForwardAt(at: Date, timeZone: string): boolean {
  const shown = (ms: number) =>
    Date.parse(`${localDateOn(new Date(ms), timeZone)}T${localTimeAt(new Date(ms), timeZone)}Z`);
  return shown(at.getTime()) - shown(at.getTime() - 60_000) > 60_000;
}
