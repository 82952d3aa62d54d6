import { connect } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { signalSources } from '../../src/db/schema/signals.ts';
import type { SignalKind } from '../../src/domain/signals/signal.ts';
import { readSignalSource } from '../../src/usecases/signals/read-signal-sources.ts';
import { MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { OWN_JSON } from './payloads.ts';
import { SECRET, type SignalWorld, startSignalWorld, TOKEN } from './signal-world.ts';

const NEIGHBOUR = 'the-token-of-the-neighbour-beside';
const QUOTAS = { deliveriesAMinute: 3, bytesAMinute: 100_000, strangerBytesAMinute: 100_000 };

const A_LOT = 64 * 1_048_576;

/** How many bytes of a body of undeclared length were taken from this sender until the connection was closed. */
async function takenOfEndlessBody(origin: string, path: string, password = ''): Promise<number> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  // Whoever is cut off may be told so by a reset.
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${password}\r\ntransfer-encoding: chunked\r\n\r\n`,
  );
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  let taken = 0;
  while (!socket.destroyed && taken < A_LOT) {
    taken += chunk.length;
    if (!socket.write(chunk)) await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))]);
  }
  socket.end();
  await closed;
  return taken;
}

describe.each(databases)('a source that floods on $name', (database) => {
  let world: SignalWorld;
  afterEach(() => world.close());

  async function start(limits: Parameters<typeof startSignalWorld>[1], kind: SignalKind = 'json') {
    world = await startSignalWorld(database, limits);
    const { id } = await world.source(kind);
    await world.source(kind, { token: NEIGHBOUR, name: 'Neighbour' });
    let sent = 0;
    const send = (over: Parameters<SignalWorld['send']>[2] & { extra?: string } = {}) => {
      sent += 1;
      return world.send(kind, { ...OWN_JSON, key: `${sent}`, extra: over.extra ?? '' }, over);
    };
    return { id, send };
  }

  it('has its deliveries refused beyond its quota until a part of a minute has passed, and its neighbour has not', async () => {
    const { id, send } = await start({ quotas: QUOTAS });
    for (let i = 0; i < 3; i += 1) expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused).toMatchObject({ status: 429, body: '{"error":"It sends more than 3 deliveries a minute."}' });
    expect(refused.headers.get('retry-after')).toBe('20');
    expect((await send({ token: NEIGHBOUR })).status).toBe(200);
    world.passMs(19_000);
    expect((await send()).headers.get('retry-after')).toBe('1');
    world.passMs(1_001);
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(429);
    await world.settled();
    expect(await world.deliveries()).toHaveLength(5);
    expect(await readSignalSource(world.db, world.program, id, MONDAY)).toMatchObject({
      refusals: 3,
      lastRefusal: { words: 'It sends more than 3 deliveries a minute.' },
    });
  });

  it('lets no more in where all come at once', async () => {
    const { send } = await start({ quotas: QUOTAS });
    const answers = await Promise.all(Array.from({ length: 40 }, () => send()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(37);
  });

  it('pays for its bytes, the last of which may be more than was left', async () => {
    const { send } = await start({ quotas: { ...QUOTAS, deliveriesAMinute: 100 } });
    expect((await send({ extra: 'x'.repeat(90_000) })).status).toBe(200);
    expect((await send({ extra: 'x'.repeat(60_000) })).status).toBe(200);
    const refused = await send();
    expect(refused).toMatchObject({ status: 429, body: '{"error":"It sends more than 100000 bytes a minute."}' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(25);
    expect((await send({ token: NEIGHBOUR })).status).toBe(200);
  });

  it('with what is not signed takes nothing from what the true sender may send', async () => {
    const { id, send } = await start({ quotas: QUOTAS });
    const large = { extra: 'x'.repeat(70_000) };
    for (let i = 0; i < 2; i += 1) expect((await send({ ...large, secret: 'guessed' })).status).toBe(401);
    // Who it is of could only be told after reading it, so that large bodies wait while small ones are let in.
    const waiting = await send(large);
    expect(waiting.status).toBe(429);
    expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send({ secret: 'guessed' })).status).toBe(401);
    for (let i = 0; i < 3; i += 1) expect((await send()).status).toBe(200);
    expect((await send({ ...large, token: NEIGHBOUR })).status).toBe(200);
    await world.settled();
    const [row] = await world.db.select().from(signalSources).where(eq(signalSources.id, id));
    expect(row?.refusals).toBe(4);
  });

  it('has bodies asked for again where there is no memory for them, and memory is given back after each', async () => {
    const { send } = await start({ memory: { bytes: 50_000, bytesOfOne: 50_000 } });
    const refused = await send({ extra: 'x'.repeat(50_000) });
    expect(refused).toMatchObject({ status: 503, body: expect.stringContaining('Too much comes at once') });
    expect(refused.headers.get('retry-after')).toBe('5');
    for (let i = 0; i < 3; i += 1) {
      expect((await send({ extra: 'x'.repeat(49_000) })).status).toBe(200);
      expect((await send({ extra: 'x'.repeat(49_000), secret: 'guessed' })).status).toBe(401);
    }
  });

  it.each([
    ['nobody has', 'json/nobody-has-this-token-0000', ''],
    ['is of somebody else', `alertmanager/${TOKEN}`, 'guessed'],
    ['is its own', `alertmanager/${TOKEN}`, SECRET],
  ])('with a body without an end to an address that %s is soon cut off', async (_, path, password) => {
    await start({}, 'alertmanager');
    // What the two ends of the connection hold between them has gone out as well.
    expect(await takenOfEndlessBody(world.origin, `/signals/${path}`, password)).toBeLessThan(A_LOT / 2);
  });

  it('with a body without an end pays for what was read of it', async () => {
    const { send } = await start({ quotas: QUOTAS }, 'alertmanager');
    await takenOfEndlessBody(world.origin, `/signals/alertmanager/${TOKEN}`, SECRET);
    expect(await send()).toMatchObject({ status: 429, body: expect.stringContaining('more than 100000 bytes') });
  });

  it('with a body without an end takes nothing from the true sender where only the body could tell them apart', async () => {
    const { send } = await start({ quotas: QUOTAS });
    await takenOfEndlessBody(world.origin, `/signals/json/${TOKEN}`, SECRET);
    expect(await send({ extra: 'x'.repeat(70_000) })).toMatchObject({ status: 429 });
    expect((await send()).status).toBe(200);
  });

  it('with a wrong password is refused before its body is read', async () => {
    await start({ memory: { bytes: 1, bytesOfOne: 1 } }, 'alertmanager');
    const headers = { authorization: 'Bearer guessed' };
    const answer = await fetch(`${world.origin}/signals/alertmanager/${TOKEN}`, {
      method: 'POST',
      headers,
      body: '{}',
    });
    expect(answer.status).toBe(401);
    const right = { authorization: `Bearer ${SECRET}` };
    const read = await fetch(`${world.origin}/signals/alertmanager/${TOKEN}`, {
      method: 'POST',
      headers: right,
      body: '{}',
    });
    expect(read.status).toBe(503);
  });

  it.each([
    ['nested too deep', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`, 'nested more than 64 deep'],
    ['of a text too long', JSON.stringify({ a: 'x'.repeat(262_145) }), 'a text of more than 262144 bytes'],
    ['of too many values', `[${'[1,1,1,1,1,1,1,1,1,1],'.repeat(10_000)}1]`, 'more than 100000 values'],
    ['of a list too long', `{"a":[${'1,'.repeat(20_000)}1]}`, 'more than 20000 members'],
  ])('with a body %s is told so, there and in settings', async (_, body, words) => {
    const { id } = await start({});
    const answer = await world.send('json', body);
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining(words) });
    await world.settled();
    const facts = await readSignalSource(world.db, world.program, id, MONDAY);
    expect(facts.lastRefusal?.words).toContain(words);
    expect(await world.deliveries()).toEqual([]);
  });
});
