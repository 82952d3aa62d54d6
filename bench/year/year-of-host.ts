import { mock } from 'node:test';
import { setImmediate as nextLoop } from 'node:timers/promises';
import { MINUTE_MS } from '../../src/domain/time/durations.ts';
import { startHeartbeat } from '../../src/schedule/heartbeat.ts';

/** What a process on a host of one time zone lived through. */
export type YearOfHost = {
  /** How often the host's clocks changed. */
  changes: number;
  beats: number;
  minutesWithout: number;
  longestPauseMs: number;
};

const STEP_MS = 5_000;

/** Lives through a year, by a clock that is moved, in the time zone that the process was given as TZ. */
async function liveThrough(from: Date, to: Date): Promise<YearOfHost> {
  mock.timers.enable({ apis: ['setInterval', 'Date'], now: from });
  const year: YearOfHost = { changes: 0, beats: 0, minutesWithout: 0, longestPauseMs: 0 };
  let lastBeatMs = from.getTime();
  const heartbeat = startHeartbeat({
    clock: { now: () => new Date(), onChange: () => () => {} },
    elapsedMs: () => Date.now(),
    run: async (now) => {
      year.beats += 1;
      year.longestPauseMs = Math.max(year.longestPauseMs, now.getTime() - lastBeatMs);
      lastBeatMs = now.getTime();
    },
    onError: (error) => {
      throw error;
    },
  });
  let offset = from.getTimezoneOffset();
  for (let minuteMs = from.getTime(); minuteMs < to.getTime(); minuteMs += MINUTE_MS) {
    const before = year.beats;
    for (let ms = 0; ms < MINUTE_MS; ms += STEP_MS) {
      mock.timers.tick(STEP_MS);
      await nextLoop();
    }
    if (year.beats === before) year.minutesWithout += 1;
    const now = new Date().getTimezoneOffset();
    if (now !== offset) year.changes += 1;
    offset = now;
  }
  await heartbeat.stop();
  mock.timers.reset();
  return year;
}

const [from = '', to = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await liveThrough(new Date(from), new Date(to))));
