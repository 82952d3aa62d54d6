import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tokenFromFile, tokenFromGoogle } from '../../src/prometheus/tokens.ts';

const { signal } = new AbortController();

it('a token in a file is read anew each time, and one that is none is refused', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'token-'));
  const path = join(directory, 'token');
  const tokenOf = tokenFromFile(path);
  await expect(tokenOf(signal)).rejects.toThrow();
  await writeFile(path, 'one\n');
  expect(await tokenOf(signal)).toBe('one');
  await writeFile(path, 'two');
  expect(await tokenOf(signal)).toBe('two');
  for (const none of ['', '  \n', 'two words', 'a\r\nx-evil: 1']) {
    await writeFile(path, none);
    await expect(tokenOf(signal)).rejects.toThrow('There is no token');
  }
  await rm(directory, { recursive: true });
});

it('the token of the service account is asked of the metadata server and kept while it is good', async () => {
  let nowMs = Date.parse('2026-11-20T14:00:00Z');
  const asked: { url: string; headers: unknown; redirect: unknown }[] = [];
  let answer = () => Response.json({ access_token: `t${asked.length}`, expires_in: 3599, token_type: 'Bearer' });
  const tokenOf = tokenFromGoogle({
    fetch: async (url, init) => {
      asked.push({ url: String(url), headers: init?.headers, redirect: init?.redirect });
      return answer();
    },
    clock: { now: () => new Date(nowMs) },
  });
  expect(await tokenOf(signal)).toBe('t1');
  expect(asked).toEqual([
    {
      url: 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token',
      headers: { 'metadata-flavor': 'Google' },
      redirect: 'error',
    },
  ]);
  nowMs += 3_500_000;
  expect(await tokenOf(signal)).toBe('t1');
  nowMs += 60_000;
  expect(await tokenOf(signal)).toBe('t2');
  nowMs += 3_600_000;
  const wrong = [
    () => new Response('no', { status: 404 }),
    () => Response.json({ access_token: 'a b', expires_in: 10 }),
    () => new Response('<html>'),
  ];
  for (const one of wrong) {
    answer = one;
    await expect(tokenOf(signal)).rejects.toThrow();
  }
});
