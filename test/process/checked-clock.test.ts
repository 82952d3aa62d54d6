import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/domain/time/durations.ts';
import { createCheckedClock, slackWitness, type WrongClock } from '../../src/process/checked-clock.ts';

const START_MS = Date.parse('2026-11-23T09:00:00Z');

/** A host whose clock can be set wrong, beside a true time that only the witness knows. */
function aHost({ witness = true }: { witness?: boolean } = {}) {
  const host = { trueMs: START_MS, elapsed: 0, wrongMs: 0, answers: witness };
  const wrong: WrongClock[] = [];
  const clock = createCheckedClock({
    hostMs: () => host.trueMs + host.wrongMs,
    elapsedMs: () => host.elapsed,
    witnesses: [async () => undefined, async () => (host.answers ? new Date(host.trueMs) : undefined)],
    onWrong: (found) => wrong.push(found),
  });
  const pass = (ms: number) => {
    host.trueMs += ms;
    host.elapsed += ms;
  };
  const sleep = (ms: number) => {
    host.trueMs += ms;
  };
  return { host, clock, wrong, pass, sleep, offMs: () => clock.now().getTime() - host.trueMs };
}

it('a clock that jumps a month ahead moves nothing, and is told once', async () => {
  const { host, clock, wrong, pass, offMs } = aHost();
  host.wrongMs = 30 * DAY_MS;
  expect(offMs()).toBe(0);
  await clock.check();
  for (let minute = 0; minute < 60; minute += 1) {
    pass(MINUTE_MS);
    expect(offMs()).toBe(0);
  }
  expect(wrong).toEqual([{ hostSaid: new Date(START_MS + 30 * DAY_MS), itWas: new Date(START_MS) }]);
});

it('a clock that was wrong from the start is put right by the first look', async () => {
  const { host, clock, wrong, offMs } = aHost();
  host.wrongMs = -90 * DAY_MS;
  await clock.check();
  expect(offMs()).toBe(0);
  expect(wrong).toHaveLength(1);
});

it('a host that slept goes by its own clock once a witness agrees, and those who listen hear of it', async () => {
  const { clock, wrong, sleep, offMs } = aHost();
  let jumps = 0;
  clock.onChange(() => {
    jumps += 1;
  });
  sleep(3 * DAY_MS);
  expect(offMs()).toBe(-3 * DAY_MS);
  await clock.check();
  expect(offMs()).toBe(0);
  expect(jumps).toBe(1);
  expect(wrong).toEqual([]);
});

it('while nobody can be asked, the time goes on from before the jump', async () => {
  const { host, clock, pass, offMs } = aHost({ witness: false });
  host.wrongMs = DAY_MS;
  await clock.check();
  pass(10 * MINUTE_MS);
  expect(offMs()).toBe(0);
  host.answers = true;
  await clock.check();
  expect(offMs()).toBe(0);
});

it('a clock that is put right again counts again', async () => {
  const { host, clock, wrong, pass, offMs } = aHost();
  host.wrongMs = DAY_MS;
  await clock.check();
  pass(MINUTE_MS);
  host.wrongMs = 0;
  clock.now();
  await clock.check();
  host.answers = false;
  pass(MINUTE_MS);
  expect(offMs()).toBe(0);
  expect(wrong).toHaveLength(1);
});

it('never shows a time that is ahead of the true one by more than two minutes, whatever the host does', async () => {
  const step = fc.record({
    passMs: fc.integer({ min: 0, max: 3 * MINUTE_MS }),
    sleepMs: fc.constantFrom(0, 0, 0, MINUTE_MS, DAY_MS),
    wrongMs: fc.constantFrom(0, 0, MINUTE_MS, DAY_MS, -DAY_MS, 400 * DAY_MS),
    looks: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { host, clock, pass, sleep, offMs } = aHost();
      await clock.check();
      for (const { passMs, sleepMs, wrongMs, looks } of steps) {
        pass(passMs);
        sleep(sleepMs);
        host.wrongMs = wrongMs;
        expect(offMs()).toBeLessThanOrEqual(2 * MINUTE_MS);
        if (looks) {
          await clock.check();
          expect(Math.abs(offMs())).toBeLessThanOrEqual(2 * MINUTE_MS);
        }
      }
    }),
  );
});

it("Slack's time is read from the header of its answers; no answer is no time", async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { date: 'Mon, 23 Nov 2026 09:00:00 GMT' }).end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  expect(await slackWitness(url)()).toEqual(new Date(START_MS));
  await new Promise((resolve) => server.close(resolve));
  expect(await slackWitness(url)()).toBeUndefined();
});
