import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrometheusClient } from '../../src/prometheus/prometheus-client.ts';
import { noToken } from '../../src/prometheus/tokens.ts';

const AT = new Date('2026-11-20T14:00:00.500Z');
const WEEK = { from: new Date('2026-11-13T14:00:00Z'), to: new Date('2026-11-20T14:00:00Z'), stepSeconds: 3_600 };

const vector = (...values: string[]) => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: values.map((value, i) => ({ metric: { i: String(i) }, value: [1795183200, value] })),
  },
});
const failure = (errorType: string, error: string) => ({ status: 'error', errorType, error });

describe('a Prometheus', () => {
  let origin: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const server = createServer((request, response) => answer(request, response));
  const asked: IncomingMessage[] = [];
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const says = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    answer = (request, response) => {
      asked.push(request);
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  };
  const client = (over: Partial<Parameters<typeof createPrometheusClient>[0]> = {}) =>
    createPrometheusClient({ baseUrl: `${origin}/prefix/`, tokenOf: noToken, fetch, timeoutMs: 5_000, ...over });
  const ask = (over = {}) => client(over).query('sum(up)', AT);

  it('is asked at an instant, behind whatever prefix, with a token where there is one', async () => {
    says(200, vector('0.25'));
    const answered = await client({ tokenOf: async () => 'abc' }).query('sum(up{a="&=+ 漢"})', AT);
    expect(answered).toEqual({
      ok: [{ labels: { i: '0' }, points: [{ at: new Date('2026-11-20T14:00:00Z'), value: 0.25 }] }],
    });
    const request = asked.at(-1);
    const url = new URL(request?.url ?? '', origin);
    expect(url.pathname).toBe('/prefix/api/v1/query');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      query: 'sum(up{a="&=+ 漢"})',
      time: '1795183200.500',
      timeout: '5000ms',
    });
    expect(request?.headers.authorization).toBe('Bearer abc');
    await ask();
    expect(asked.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('says NaN, infinities, gaps and nothing as what they are', async () => {
    says(200, vector('NaN', '+Inf', '-Inf', 'Inf', '1e3', ''));
    const answered = await ask();
    const values = 'ok' in answered ? answered.ok.map(({ points }) => points[0]?.value) : [];
    const { POSITIVE_INFINITY: most, NEGATIVE_INFINITY: least, NaN: none } = Number;
    expect(values).toEqual([none, most, least, most, 1000, none]);
    says(200, vector());
    expect(await ask()).toEqual({ ok: [] });
    says(200, { status: 'success', warnings: ['x'], data: { resultType: 'scalar', result: [1795183200, '2'] } });
    expect(await ask()).toMatchObject({ ok: [{ points: [{ value: 2 }] }] });
    const values2 = [
      [1795183200, '1'],
      [1795190400, '3'],
    ];
    says(200, { status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values: values2 }] } });
    expect(await client().queryRange('up', WEEK)).toMatchObject({ ok: [{ points: [{ value: 1 }, { value: 3 }] }] });
    expect(new URL(asked.at(-1)?.url ?? '', origin).searchParams.get('step')).toBe('3600');
  });

  it.each([
    [400, failure('bad_data', 'invalid parameter "query": 1:5: parse error: unexpected <EOF>'), 'bad_query'],
    [422, failure('execution', 'multiple matches for labels'), 'bad_query'],
    [400, failure('bad_data', 'exceeded maximum resolution of 11,000 points per timeseries.'), 'too_many_points'],
    [503, failure('timeout', 'query timed out in expression evaluation'), 'slow'],
    [503, failure('unavailable', 'not ready'), 'broken'],
    [500, 'oops', 'broken'],
    [404, '<html>no such page</html>', 'broken'],
    [429, '', 'broken'],
    [401, '{"error":"who are you"}', 'refused'],
    [403, '<html>', 'refused'],
    [200, '<!doctype html><title>Sign in</title>', 'not_data'],
    [200, '', 'not_data'],
    [200, 'null', 'not_data'],
    [200, '[[[[', 'not_data'],
    [200, { status: 'success', data: { resultType: 'streams', result: [] } }, 'not_data'],
    [200, { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: ['x', 1] }] } }, 'not_data'],
    [200, { status: 'success', data: { resultType: 'vector', result: [{ metric: { a: {} } }] } }, 'not_data'],
  ])('that answers %i %j is a trouble of its kind', async (status, body, kind) => {
    says(status, body);
    expect(await ask()).toMatchObject({ trouble: { kind } });
  });

  it('that sends elsewhere is not followed, least of all with the token', async () => {
    const before = asked.length;
    says(302, '', { location: `${origin}/stolen` });
    expect(await ask({ tokenOf: async () => 'abc' })).toEqual({ trouble: { kind: 'redirected' } });
    expect(asked.length).toBe(before + 1);
  });

  it('that hangs, before its answer or within it, is slow and waited for no longer', async () => {
    answer = () => {};
    expect(await ask({ timeoutMs: 50 })).toEqual({ trouble: { kind: 'slow' } });
    answer = (_, response) => response.writeHead(200).write('{"status":');
    expect(await ask({ timeoutMs: 50 })).toEqual({ trouble: { kind: 'slow' } });
  });

  it('that says too much, breaks off or is not there is told apart', async () => {
    says(200, 'x'.repeat(5_000));
    expect(await ask({ mostBytes: 4_000 })).toEqual({ trouble: { kind: 'too_large' } });
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"stat');
      setImmediate(() => response.destroy());
    };
    expect(await ask()).toEqual({ trouble: { kind: 'unreachable' } });
    expect(await ask({ baseUrl: 'http://127.0.0.1:1' })).toEqual({ trouble: { kind: 'unreachable' } });
  });

  it('is not asked for more points than it gives, nor without the token that it wants', async () => {
    const before = asked.length;
    expect(await client().queryRange('up', { ...WEEK, stepSeconds: 30 })).toEqual({
      trouble: { kind: 'too_many_points' },
    });
    const tokenOf = () => Promise.reject(new Error('secret-in-an-error'));
    expect(await ask({ tokenOf })).toEqual({ trouble: { kind: 'no_token' } });
    expect(asked.length).toBe(before);
  });

  it('words of its own are one short line', async () => {
    says(400, failure('bad_data', `a\n<!channel> ${'𝕬'.repeat(300)}`));
    const answered = await ask();
    const trouble = 'trouble' in answered ? answered.trouble : undefined;
    const words = trouble?.kind === 'bad_query' ? trouble.words : '';
    expect(words).toMatch(/^a <!channel> 𝕬+/u);
    expect(words.length).toBeLessThanOrEqual(160);
    expect(words.isWellFormed()).toBe(true);
  });
});
