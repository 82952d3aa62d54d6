import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAskLinear } from '../../../src/trackers/linear/ask-linear.ts';

const failing = (code: string, message = 'No.') => JSON.stringify({ errors: [{ message, extensions: { code } }] });

async function asked(document: string, response: Response, token = 'lin_api_key') {
  const sent: RequestInit[] = [];
  const answering: typeof fetch = async (_, init) => {
    sent.push(init ?? {});
    return response;
  };
  const ask = createAskLinear(token, { fetch: answering, apiUrl: 'https://linear.example' });
  return { answer: await ask(document, {}, z.object({ a: z.number() }), ({ a }) => a), sent };
}

describe('Linear, asked', () => {
  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [
      {
        date: 'Fri, 28 Nov 2025 09:30:00 GMT',
        'x-ratelimit-requests-remaining': '12',
        'x-ratelimit-requests-reset': '1764322230000',
        'x-ratelimit-complexity-remaining': '0',
        'x-ratelimit-complexity-reset': '1764322260000',
      },
      60_000,
    ],
    [{}, null],
  ])('and asked too much, it is left alone as long as its answer says', async (headers, afterMs) => {
    const response = new Response(failing('RATELIMITED'), { status: 400, headers });
    expect((await asked('query A { a }', response)).answer).toEqual({ trouble: { kind: 'limited', afterMs } });
  });

  it.each([
    ['a limit in an answer of 200', new Response(failing('RATELIMITED')), { kind: 'limited', afterMs: null }],
    [
      'what is not there',
      new Response(failing('INPUT_ERROR', 'Entity not found: Issue'), { status: 400 }),
      { kind: 'missing' },
    ],
    [
      'what it may not',
      new Response(failing('FORBIDDEN'), { status: 400 }),
      { kind: 'refused', words: expect.stringContaining('read and write the issues') },
    ],
    [
      'an answer of another form',
      new Response('{"data":{"a":"1"}}'),
      { kind: 'refused', words: expect.stringContaining('a form that I do not know') },
    ],
  ])('says %s as what it is', async (_, response, trouble) => {
    expect((await asked('query A { a }', response)).answer).toEqual({ trouble });
  });

  it('may have done what a mutation asked for when it fails, and nothing by a query', async () => {
    const failed = () => new Response('', { status: 502 });
    expect((await asked('mutation A { a }', failed())).answer).toEqual({ trouble: { kind: 'lost' } });
    expect((await asked('query A { a }', failed())).answer).toEqual({ trouble: { kind: 'later' } });
  });

  it.each([
    ['lin_api_key', 'lin_api_key'],
    ['lin_oauth_token', 'Bearer lin_oauth_token'],
  ])('is sent %s as %s', async (token, authorization) => {
    const { sent } = await asked('query A { a }', new Response('{"data":{"a":1}}'), token);
    expect(sent[0]?.headers).toMatchObject({ authorization });
  });
});
