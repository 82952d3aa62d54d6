import { afterEach, expect, test, vi } from 'vitest';
import { manualClock } from '../../clock/clock.ts';
import type { Sandbox } from '../../engine/sandbox.ts';
import { startSandbox } from '../../start-sandbox.ts';

const NINE = Date.UTC(2026, 10, 23, 9);
const QUARTER_MS = 15 * 60_000;
const manifest = { display_information: { name: 'Teapot' } };

type Move = { now: number; follower?: string; move?: number };

let sandbox: Sandbox;
afterEach(() => sandbox.close());

/** An app that follows the clock; `work` is what it does at each move, and may say until when nothing is due. */
async function follow(query: string, work: (now: number) => Promise<number | undefined> | number | undefined) {
  sandbox = await startSandbox({ manifest, delivery: { kind: 'socket' }, clock: manualClock(NINE) });
  const leaving = new AbortController();
  const response = await fetch(`${sandbox.origin}/clock/stream${query}`, { signal: leaving.signal });
  const events = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => JSON.parse(String((await events?.read())?.value).replace(/^data: /, '')) as Move;
  const report = async ({ follower, move }: Move, idleUntil?: number) => {
    const until = idleUntil === undefined ? '' : `&idle_until=${idleUntil}`;
    return fetch(`${sandbox.origin}/clock/reached?follower=${follower}&move=${move}${until}`, { method: 'POST' });
  };
  await report(await read());
  const seen: number[] = [];
  const following = (async () => {
    for (;;) {
      const move = await read();
      seen.push(move.now);
      const idleUntil = await work(move.now);
      if (move.follower) await report(move, idleUntil);
    }
  })().catch(() => {});
  return { seen, leave: () => leaving.abort(), following };
}

test('an app that reports sees every quarter of an hour, in order', async () => {
  const { seen } = await follow('?reports', () => undefined);
  await sandbox.passTime(NINE + 3_600_000);
  expect(seen).toEqual([1, 2, 3, 4].map((quarters) => NINE + quarters * QUARTER_MS));
});

test('no quarter begins before the app is done with the one before', async () => {
  const times: number[] = [];
  const { seen } = await follow('?reports', async (now) => {
    await new Promise((resolve) => setImmediate(resolve));
    times.push(sandbox.clock.now() - now);
    return undefined;
  });
  await sandbox.passTime(NINE + 3_600_000);
  expect(times).toEqual(seen.map(() => 0));
});

test('time for which nothing is due, as the app says, is passed at once', async () => {
  const { seen } = await follow('?reports', (now) => (now === NINE + QUARTER_MS ? NINE + 7_200_000 : undefined));
  await sandbox.passTime(NINE + 7_200_000 + 2 * QUARTER_MS);
  expect(seen).toEqual([NINE + QUARTER_MS, NINE + 7_200_000, NINE + 7_200_000 + QUARTER_MS, sandbox.clock.now()]);
});

test('an app that does not report gets the whole jump as one', async () => {
  const { seen, leave, following } = await follow('', () => undefined);
  await sandbox.passTime(NINE + 86_400_000);
  await vi.waitUntil(() => seen.length > 0);
  leave();
  await following;
  expect(seen).toEqual([NINE + 86_400_000]);
});

test('nobody waits for an app that has left', async () => {
  const { leave, following } = await follow('?reports', () => undefined);
  leave();
  await following;
  await sandbox.passTime(NINE + 86_400_000);
  expect(sandbox.clock.now()).toBe(NINE + 86_400_000);
});

test('messages that people left for later are posted on the way, at their time', async () => {
  const { seen } = await follow('?reports', () => undefined);
  await sandbox.person('ana').schedule('general', 'Later', new Date(NINE + 1_800_000));
  await sandbox.passTime(NINE + 3_600_000);
  const { ts } = await sandbox.person('ben').sees('Later', { in: 'general' });
  expect(Math.floor(Number(ts) * 1000)).toBe(NINE + 1_800_000);
  expect(seen).toHaveLength(4);
});

test.each([NINE - 1, Number.NaN])('time does not pass to %d', async (until) => {
  await follow('?reports', () => undefined);
  await expect(sandbox.passTime(until)).rejects.toThrow('sandbox clock');
  expect(sandbox.clock.now()).toBe(NINE);
});

test('a report from nobody is refused', async () => {
  await follow('?reports', () => undefined);
  const answer = await fetch(`${sandbox.origin}/clock/reached?follower=9&move=1`, { method: 'POST' });
  expect(answer.status).toBe(404);
});
