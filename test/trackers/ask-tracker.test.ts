import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../bench/kit/free-port.ts';
import { createAskTracker } from '../../src/trackers/ask-tracker.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function ask(method: 'GET' | 'POST', answer: RequestListener, timeoutMs = 2_000) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const client = createAskTracker({
    baseUrl: `http://127.0.0.1:${port}`,
    headers: { authorization: 'Bearer secret-token' },
    fetch,
    explain: (status) => ({ kind: 'refused', words: `refused ${status}` }),
    timeoutMs,
  });
  return client({ method, path: '/x', ...(method === 'POST' ? { body: {} } : {}) });
}

const says =
  (status: number, headers: Record<string, string> = {}, body = '{}'): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

describe('a tracker that is asked', () => {
  it.each([
    ['429 with Retry-After', says(429, { 'retry-after': '7' }), { kind: 'limited', afterMs: 7_000 }],
    ['429 without', says(429), { kind: 'limited', afterMs: null }],
    ['403', says(403), { kind: 'refused', words: 'refused 403' }],
    ['401', says(401), { kind: 'refused', words: 'refused 401' }],
    ['404', says(404), { kind: 'missing' }],
    ['a redirect', says(302, { location: 'http://127.0.0.1:9/' }), { kind: 'refused', words: 'refused 302' }],
  ])('that answers %s has not done it', async (_, answer, trouble) => {
    expect(await ask('POST', answer)).toEqual({ trouble });
  });

  it.each([
    ['answers 500', says(500)],
    ['closes the connection', ((_, response) => response.destroy()) satisfies RequestListener],
    ['says nothing in time', (() => {}) satisfies RequestListener],
    [
      'is cut off in its answer',
      ((_, response) => {
        response.writeHead(201, { 'content-length': '100' });
        response.write('{"id":');
        setImmediate(() => response.destroy());
      }) satisfies RequestListener,
    ],
  ])('and %s may have done what it was asked to, while a look can be had again', async (_, answer) => {
    expect(await ask('POST', answer, 150)).toEqual({ trouble: { kind: 'lost' } });
    expect(await ask('GET', answer, 150)).toEqual({ trouble: { kind: 'later' } });
  });

  it('where nothing listens was asked nothing', async () => {
    const client = createAskTracker({
      ...{ baseUrl: `http://127.0.0.1:${await freePort()}`, headers: {}, fetch },
      explain: () => ({ kind: 'missing' }),
    });
    expect(await client({ method: 'POST', path: '/x', body: {} })).toEqual({ trouble: { kind: 'later' } });
  });
});
