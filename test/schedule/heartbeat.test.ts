import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { manualClock } from '../../sandbox/clock/clock.ts';
import { type Heartbeat, MISSING_AFTER_MS, startHeartbeat } from '../../src/schedule/heartbeat.ts';

const monday = new Date('2026-03-02T09:00:00Z');
let heartbeat: Heartbeat;
let errors: unknown[];
let gates: (() => void)[];
let runs: Date[];

function start(run: (now: Date) => Promise<unknown>) {
  const sandboxClock = manualClock(monday);
  const clock = { now: () => new Date(sandboxClock.now()), onChange: sandboxClock.onChange.bind(sandboxClock) };
  heartbeat = startHeartbeat({
    clock,
    elapsedMs: () => performance.now(),
    run,
    onError: (error) => errors.push(error),
  });
  return sandboxClock;
}

/** A run that lasts until its gate is opened. */
const gated = (now: Date) => {
  runs.push(now);
  return new Promise<void>((resolve) => gates.push(resolve));
};

beforeEach(() => {
  errors = [];
  gates = [];
  runs = [];
});
afterEach(() => {
  vi.useRealTimers();
  for (const open of gates) open();
  return heartbeat.stop();
});

it('runs what is due after each jump of the clock, with the time after the jump', async () => {
  const clock = start(async (now) => runs.push(now));
  await clock.step(86_400_000);
  await heartbeat.beat();
  expect(runs[0]).toEqual(new Date('2026-03-03T09:00:00Z'));
});

it('whoever moves the clock can wait for the run and for what it wrote, and hears until when nothing is due', async () => {
  const dueAt = new Date('2026-03-03T15:00:00Z');
  const heard: unknown[] = [];
  const onChange = (listener: () => unknown) => {
    heard.push(listener);
    return () => {};
  };
  const clock = { now: () => monday, onChange };
  heartbeat = startHeartbeat({
    clock,
    elapsedMs: () => performance.now(),
    run: async (now) => runs.push(now),
    onError: (error) => errors.push(error),
    afterJump: async () => {
      expect(runs).toEqual([monday]);
      return dueAt;
    },
  });
  expect(await (heard[0] as () => Promise<Date>)()).toEqual(dueAt);
});

it('beats every fifteen seconds', async () => {
  vi.useFakeTimers({ now: new Date('2026-03-02T09:00:01Z') });
  start(async (now) => runs.push(now));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toHaveLength(4);
});

it('never runs twice at a time, and once more for all the jumps of meanwhile', async () => {
  const clock = start(gated);
  const first = heartbeat.beat();
  await Promise.resolve();
  for (let i = 0; i < 5; i += 1) await clock.step(60_000);
  expect(runs).toHaveLength(1);
  gates[0]?.();
  await vi.waitUntil(() => gates.length === 2);
  gates[1]?.();
  await first;
  expect(runs).toEqual([monday, new Date('2026-03-02T09:05:00Z')]);
});

it('goes on after a run that failed', async () => {
  let count = 0;
  start(async () => {
    count += 1;
    if (count === 1) throw new Error('the database is away');
  });
  await heartbeat.beat();
  await heartbeat.beat();
  expect(count).toBe(2);
  expect(errors).toEqual([new Error('the database is away')]);
});

it('finishes the run that is under way before it stops, and runs no more', async () => {
  const clock = start(gated);
  void heartbeat.beat();
  await Promise.resolve();
  let isStopped = false;
  const stopped = heartbeat.stop().then(() => {
    isStopped = true;
  });
  await clock.step(60_000);
  expect(isStopped).toBe(false);
  gates[0]?.();
  await stopped;
  await heartbeat.beat();
  expect(runs).toHaveLength(1);
});

// Where the clocks of a host go back, and the first instant of the hour that comes twice.
it.each([
  ['Europe/Vienna', '2026-10-25T00:00:00Z'],
  ['America/New_York', '2026-11-01T05:00:00Z'],
  ['Australia/Lord_Howe', '2027-04-03T14:30:00Z'],
  ['Europe/Vienna', '2027-03-28T00:30:00Z'],
  ['UTC', '2026-10-25T00:00:00Z'],
])('no minute goes by without a beat on a host in %s while its clocks change at %s', async (zone, from) => {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    vi.useFakeTimers({ now: new Date(from) });
    const beats: number[] = [];
    start(async () => beats.push(Date.now()));
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    const pauses = beats.slice(1).map((at, i) => at - (beats[i] ?? 0));
    expect(beats.length).toBeGreaterThan(3 * 60);
    expect(Math.max(...pauses)).toBeLessThan(60_000);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

it('tells how long ago the last run ended, so that a run that hangs is noticed', async () => {
  vi.useFakeTimers({ now: monday });
  start(gated);
  void heartbeat.beat();
  await vi.advanceTimersByTimeAsync(180_000);
  expect(heartbeat.sinceLastMs()).toBeGreaterThan(MISSING_AFTER_MS);
  gates[0]?.();
  await vi.advanceTimersByTimeAsync(1);
  expect(heartbeat.sinceLastMs()).toBeLessThan(1_000);
});

describe('after a jump', () => {
  const jumpsWith = (afterJump: () => Promise<Date>) => {
    const listeners: (() => unknown)[] = [];
    const onChange = (listener: () => unknown) => {
      listeners.push(listener);
      return () => {};
    };
    const clock = { now: () => monday, onChange };
    heartbeat = startHeartbeat({
      clock,
      elapsedMs: () => performance.now(),
      run: async () => {},
      onError: (error) => errors.push(error),
      afterJump,
    });
    return () => listeners[0]?.();
  };

  it('whoever moved the clock hears until when nothing more is due', async () => {
    const until = new Date('2026-03-02T15:00:00Z');
    expect(await jumpsWith(async () => until)()).toEqual(until);
  });

  it('a failure is heard like that of a beat, and rejects nothing that nobody waits for', async () => {
    const jump = jumpsWith(() => Promise.reject(new Error('the database is away')));
    expect(await jump()).toBeUndefined();
    expect(errors).toEqual([new Error('the database is away')]);
  });

  it('what a stop cuts short is no failure', async () => {
    const begun = Promise.withResolvers<void>();
    const cut = Promise.withResolvers<Date>();
    const jumped = jumpsWith(() => {
      begun.resolve();
      return cut.promise;
    })();
    await begun.promise;
    await heartbeat.stop();
    cut.reject(new Error('the database is closed'));
    expect(await jumped).toBeUndefined();
    expect(errors).toEqual([]);
  });
});
