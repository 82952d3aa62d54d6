import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { type Quiet, quietWorkspace } from '../support/quiet-workspace.ts';

let quiet: Quiet;

beforeEach(async () => {
  quiet = await quietWorkspace();
});
afterEach(() => quiet.sandbox.close());

describe('the Web API', () => {
  test('requestBodies, tokenPlaces, answerStatus, noToken, badToken, wrongTokenType', async () => {
    const { sandbox } = quiet;
    const call = async (init: RequestInit) => {
      const response = await fetch(`${sandbox.apiUrl}auth.test`, { method: 'POST', ...init });
      expect(response.status).toBe(limits.answerStatus.value);
      return ((await response.json()) as { error?: string }).error;
    };
    const authorization = (token: string) => ({ authorization: `Bearer ${token}` });
    for (const type of limits.requestBodies.value) {
      const body = type.includes('json') ? '{}' : type.includes('multipart') ? new FormData() : new URLSearchParams();
      const contentType: { [name: string]: string } = type.includes('json') ? { 'content-type': type } : {};
      expect(await call({ headers: { ...authorization(sandbox.botToken), ...contentType }, body })).toBeUndefined();
    }
    expect(limits.tokenPlaces.value).toHaveLength(2);
    expect(await call({ body: new URLSearchParams({ token: sandbox.botToken }) })).toBeUndefined();
    expect(await call({})).toBe(limits.noToken.value);
    expect(await call({ headers: authorization('xoxb-no') })).toBe(limits.badToken.value);
    expect(await call({ headers: authorization(sandbox.appToken) })).toBe(limits.wrongTokenType.value);
  });

  test('missingScope, scopeHeaders: what was needed and what there is', async () => {
    const { sandbox } = quiet;
    const headers = { authorization: `Bearer ${sandbox.botToken}` };
    const refused = await fetch(`${sandbox.apiUrl}pins.add`, { method: 'POST', headers });
    const body = (await refused.json()) as { [key: string]: unknown };
    const [error, ...fields] = limits.missingScope.value;
    expect(body.error).toBe(error);
    for (const field of fields) expect(body[field]).toBeTruthy();
    const fine = await fetch(`${sandbox.apiUrl}users.list`, { method: 'POST', headers });
    for (const header of limits.scopeHeaders.value) expect(fine.headers.get(header)).toContain('users:read');
  });

  test('validateCharacters, validateArguments, validateNeedsToken: blocks.validate is open to all, within bounds', async () => {
    const { sandbox } = quiet;
    const validate = async (args: { [name: string]: string }) => {
      const url = `${sandbox.apiUrl}blocks.validate`;
      const response = await fetch(url, { method: 'POST', body: new URLSearchParams(args) });
      return (await response.json()) as { ok: boolean; error?: string };
    };
    expect(limits.validateNeedsToken.value).toBe(false);
    expect((await validate({ blocks: '[{"type":"divider"}]' })).ok).toBe(true);
    const two = Object.fromEntries(limits.validateArguments.value.slice(0, 2).map((name) => [name, '[]']));
    for (const args of [{}, two, { blocks: `[${' '.repeat(limits.validateCharacters.value)}]` }])
      expect((await validate(args)).error).toBe('invalid_arguments');
  });

  test('rateWindowMs, rateScope, ratePosting: a limit is one method’s, one workspace’s, one channel’s', async () => {
    const { client, sandbox } = quiet;
    expect(limits.rateWindowMs.value).toBe(60_000);
    expect(limits.ratePosting.value).toBe(1);
    sandbox.setRateLimits('strict');
    const post = (channel: string) => client.chat.postMessage({ channel, text: 'x' });
    await post('CENGSTABILITY');
    await expect(post('CENGSTABILITY')).rejects.toThrow('rate limit');
    expect((await post('UANA00000')).ok).toBe(true);
    expect((await client.users.info({ user: 'UANA00000' })).ok).toBe(true);
    expect(limits.rateScope.value).toEqual(['method', 'workspace']);
  });
});
