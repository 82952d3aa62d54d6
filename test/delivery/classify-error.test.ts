import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { classifyError } from '../../src/delivery/classify-error.ts';

const answered = (error: string) => new WebAPIPlatformError({ ok: false, error });
const withCode = (code: string, cause?: Error) => Object.assign(new Error('fetch failed', { cause }), { code });
const fetchFailed = (cause: Error) => new WebAPIRequestError(new TypeError('fetch failed', { cause }));

describe('what an error means for a message', () => {
  it.each([
    'not_in_channel',
    'channel_not_found',
    'is_archived',
    'invalid_blocks',
    'msg_too_long',
    'restricted_action',
    'an_error_of_next_year',
  ])('%s needs a person', (code) => expect(classifyError(answered(code))).toEqual({ kind: 'permanent', code }));

  it.each(['fatal_error', 'internal_error', 'request_timeout'])('%s may have posted', (code) =>
    expect(classifyError(answered(code))).toEqual({ kind: 'ambiguous', code }),
  );

  it('missing_scope loses nothing: what waits goes out once the installation is repaired', () =>
    expect(classifyError(answered('missing_scope'))).toEqual({ kind: 'retry', code: 'missing_scope' }));

  it.each(['invalid_auth', 'token_revoked', 'account_inactive', 'team_access_not_granted'])(
    '%s is so with everything in the workspace',
    (code) => expect(classifyError(answered(code))).toEqual({ kind: 'not_installed', code }),
  );

  it.each(['message_not_found', 'edit_window_closed', 'cant_update_message'])('%s leaves nothing to edit', (code) =>
    expect(classifyError(answered(code))).toEqual({ kind: 'pointless', code }),
  );

  it.each([
    ['429 with Retry-After', new WebAPIRateLimitedError(7), 7],
    ['429 with Retry-After: 0', new WebAPIRateLimitedError(0), 30],
    ['429 with Retry-After that is no number', new WebAPIRateLimitedError(Number.NaN), 30],
    ['429 without Retry-After', new Error('Retry header did not contain a valid timeout (url: x)'), 30],
    ['a bare 429', new WebAPIHTTPError(429, 'Too Many Requests', {}), 30],
    ['ratelimited in the body', answered('ratelimited'), 30],
    [
      'ratelimited in the body with a wait',
      new WebAPIPlatformError({ ok: false, error: 'ratelimited', response_metadata: { retryAfter: 3 } }),
      3,
    ],
  ])('%s waits as long as Slack says, or half a minute', (_title, error, seconds) => {
    expect(classifyError(error)).toMatchObject({ kind: 'rate_limited', retryAfterSeconds: seconds });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s never reached Slack, so it is simply tried again',
    (code) => expect(classifyError(fetchFailed(withCode(code)))).toEqual({ kind: 'retry', code }),
  );

  it.each([
    ['a connection cut under way', fetchFailed(withCode('ECONNRESET')), 'ECONNRESET'],
    ['an answer that ends in the middle', fetchFailed(withCode('UND_ERR_SOCKET')), 'UND_ERR_SOCKET'],
    ['a timeout', new WebAPIRequestError(new DOMException('timed out', 'TimeoutError') as unknown as Error), undefined],
    ['500', new WebAPIHTTPError(500, 'Internal Server Error', {}), 'http_500'],
    ['503', new WebAPIHTTPError(503, 'Service Unavailable', {}), 'http_503'],
    ['408', new WebAPIHTTPError(408, 'Request Timeout', {}), 'http_408'],
    ['an answer that is no JSON', new SyntaxError('Unexpected token <'), 'SyntaxError'],
    ['nothing that was foreseen', 'boom', 'unknown'],
    ['nothing at all', undefined, 'unknown'],
  ])('%s may have posted', (_title, error, code) => {
    expect(classifyError(error)).toMatchObject({ kind: 'ambiguous', ...(code ? { code } : {}) });
  });

  it.each([400, 403, 404, 413])('HTTP %i was refused before Slack did anything', (status) => {
    expect(classifyError(new WebAPIHTTPError(status, 'x', {}))).toEqual({ kind: 'retry', code: `http_${status}` });
  });

  it('follows a chain of causes to its code, and an endless one not for ever', () => {
    expect(classifyError(fetchFailed(new Error('outer', { cause: withCode('ECONNREFUSED') })))).toMatchObject({
      kind: 'retry',
    });
    const endless = new Error('round and round');
    endless.cause = endless;
    expect(classifyError(fetchFailed(endless))).toMatchObject({ kind: 'ambiguous' });
  });
});
