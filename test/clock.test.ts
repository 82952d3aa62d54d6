import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { liveClock, manualClock } from '../sandbox/clock/clock.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { type FollowedClock, followClock, realElapsedMs, systemClock } from '../src/clock.ts';
import { DAY_MS } from '../src/domain/time/durations.ts';

const monday = new Date('2026-03-02T09:00:00Z');
const manifest = { display_information: { name: 'Burndown' } };
const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

async function followSandbox(clock: ReturnType<typeof liveClock>) {
  const sandbox = await startSandbox({ manifest, delivery: { kind: 'socket' }, clock });
  closings.push(() => sandbox.close());
  return follow(`${sandbox.origin}/clock`);
}

async function follow(url: string): Promise<FollowedClock> {
  const followed = await followClock(url);
  closings.push(() => followed.close());
  return followed;
}

const nextJump = (clock: FollowedClock) =>
  new Promise<Date>((resolve) => {
    const stop = clock.onChange(() => {
      stop();
      resolve(clock.now());
    });
  });

/** Serves a clock by hand, so that its stream can break and lie. */
async function serveClock(first: number) {
  const streams: ServerResponse[] = [];
  const state = { now: first, opened: () => {} };
  const server: Server = createServer((request, response) => {
    if (!request.url?.startsWith('/clock/stream')) return response.end(JSON.stringify({ now: state.now, live: false }));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${JSON.stringify({ now: state.now, live: false })}\n\n`);
    streams.push(response);
    return state.opened();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const streamOpened = () =>
    new Promise<void>((resolve) => {
      state.opened = resolve;
    });
  return { url: `http://127.0.0.1:${port}/clock`, streams, state, streamOpened };
}

it('stands still with a clock that stands still, and jumps with it', async () => {
  const clock = manualClock(monday);
  const followed = await followSandbox(clock);
  expect(followed.now()).toEqual(monday);
  const jump = nextJump(followed);
  await clock.step(7 * DAY_MS);
  expect(await jump).toEqual(new Date('2026-03-09T09:00:00Z'));
});

it('keeps the distance to a clock that runs', async () => {
  const clock = liveClock({ offsetMs: -30 * DAY_MS });
  const followed = await followSandbox(clock);
  expect(Math.abs(followed.now().getTime() - clock.now())).toBeLessThan(200);
  const jump = nextJump(followed);
  await clock.step(DAY_MS);
  await jump;
  expect(Math.abs(followed.now().getTime() - clock.now())).toBeLessThan(200);
});

it('catches up with a jump that happened while the connection was cut', async () => {
  const served = await serveClock(monday.getTime());
  const opened = served.streamOpened();
  const followed = await follow(served.url);
  await opened;
  const jump = nextJump(followed);
  served.state.now += DAY_MS;
  served.streams.at(-1)?.destroy();
  expect(await jump).toEqual(new Date(monday.getTime() + DAY_MS));
});

it('reads events that arrive in pieces, and passes over what is no reading', async () => {
  const served = await serveClock(monday.getTime());
  const opened = served.streamOpened();
  const followed = await follow(served.url);
  await opened;
  const jump = nextJump(followed);
  const stream = served.streams.at(-1);
  for (const piece of [
    ': a comment\n\n',
    'data: not json\n\n',
    'data: {"now":"soon"}\n\n',
    'data: null\r\n\r\n',
    'event: tick\ndata: {"now":',
    `${monday.getTime() + 2 * DAY_MS},\ndata: "live":false}\n`,
    '\n',
  ])
    stream?.write(piece);
  expect(await jump).toEqual(new Date(monday.getTime() + 2 * DAY_MS));
});

it('is waited for by a holder that lets time pass, which skips what its listeners say is idle', async () => {
  const clock = manualClock(monday);
  const sandbox = await startSandbox({ manifest, delivery: { kind: 'socket' }, clock });
  closings.push(() => sandbox.close());
  const followed = await follow(`${sandbox.origin}/clock`);
  const opened = nextJump(followed);
  await clock.step(60_000);
  await opened;
  const seen: string[] = [];
  followed.onChange(async () => {
    const at = followed.now().toISOString();
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(at.slice(11, 16));
    return seen.length === 2 ? new Date('2026-03-02T14:00:00Z') : undefined;
  });
  await sandbox.passTime(new Date('2026-03-02T14:20:00Z'));
  expect(seen).toEqual(['09:15', '09:30', '14:00', '14:15', '14:20']);
});

it('does not call a listener that left', async () => {
  const clock = manualClock(monday);
  const followed = await followSandbox(clock);
  let heard = 0;
  const stop = followed.onChange(() => {
    heard += 1;
  });
  stop();
  const jump = nextJump(followed);
  await clock.step(DAY_MS);
  await jump;
  expect(heard).toBe(0);
});

it('says which clock does not answer', async () => {
  const server = createServer((_request, response) => response.writeHead(503).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/clock`;
  await expect(followClock(url)).rejects.toThrow(`The clock at ${url} answers 503.`);
});

it('tells the time of the machine where nobody else holds the clock', () => {
  const before = Date.now();
  const told = systemClock.now().getTime();
  expect(told).toBeGreaterThanOrEqual(before);
  expect(told).toBeLessThanOrEqual(Date.now());
  expect(realElapsedMs()).toBeLessThanOrEqual(realElapsedMs());
});
