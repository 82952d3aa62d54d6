import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { ThreadGone } from './send-message.ts';

export type SendFailure =
  /** Slack did not do it, and may do it later. */
  | { kind: 'retry'; code: string }
  /** The token opens nothing: so it is with all that waits for this workspace. */
  | { kind: 'not_installed'; code: string }
  | { kind: 'rate_limited'; code: string; retryAfterSeconds: number }
  /** It stays impossible until a person acts. */
  | { kind: 'permanent'; code: string }
  /** An edit that has nothing left to change. */
  | { kind: 'pointless'; code: string }
  /** Nobody knows whether Slack did it. */
  | { kind: 'ambiguous'; code: string };

// Slack's words for these: "some aspect of the operation" may have succeeded before the error was raised.
const PERHAPS_DONE = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

// The message that would be edited is gone, or too old for the workspace's edit window.
const NOTHING_TO_EDIT = new Set([
  'message_not_found',
  'edit_window_closed',
  'cant_update_message',
  'thread_not_found',
  'is_inactive',
]);

// About the installation, not about this message: once it is repaired, everything that waits can go.
const INSTALLATION = new Set([
  'missing_scope',
  'no_permission',
  'org_login_required',
  'ekm_access_denied',
  'two_factor_setup_required',
  'access_denied',
]);

// The same, of everything in the workspace.
const NOT_INSTALLED = new Set([
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
  'account_inactive',
  'team_access_not_granted',
]);

// Slack's own trouble, raised before anything was done.
const SLACK_BUSY = new Set(['team_added_to_org', 'accesslimited', 'rollup_error', 'external_channel_migrating']);

const RATE_LIMITED = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded', 'restricted_too_many']);

// Nothing was sent: there was never a connection to send it on.
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const DEFAULT_RETRY_AFTER_SECONDS = 30;

/** What an error of the posting client means for the message. An error that nobody foresaw is ambiguous. */
export function classifyError(error: unknown): SendFailure {
  if (error instanceof ThreadGone) return { kind: 'permanent', code: 'thread_gone' };
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error.retryAfter);
  if (error instanceof WebAPIPlatformError) return classifyPlatformError(error);
  if (error instanceof WebAPIHTTPError) {
    if (error.statusCode === 429) return rateLimited(undefined);
    const isRefused = error.statusCode >= 400 && error.statusCode < 500 && error.statusCode !== 408;
    return { kind: isRefused ? 'retry' : 'ambiguous', code: `http_${error.statusCode}` };
  }
  if (error instanceof WebAPIRequestError) {
    const code = networkCode(error.original);
    return { kind: NEVER_CONNECTED.has(code) ? 'retry' : 'ambiguous', code };
  }
  // What the client throws for a 429 whose Retry-After it cannot read.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) return rateLimited(undefined);
  return { kind: 'ambiguous', code: error instanceof Error ? error.name : 'unknown' };
}

function classifyPlatformError(error: WebAPIPlatformError): SendFailure {
  const code = error.data.error;
  if (RATE_LIMITED.has(code)) return { ...rateLimited(error.data.response_metadata?.retryAfter), code };
  if (PERHAPS_DONE.has(code)) return { kind: 'ambiguous', code };
  if (NOT_INSTALLED.has(code)) return { kind: 'not_installed', code };
  if (INSTALLATION.has(code) || SLACK_BUSY.has(code)) return { kind: 'retry', code };
  if (NOTHING_TO_EDIT.has(code)) return { kind: 'pointless', code };
  return { kind: 'permanent', code };
}

function rateLimited(seconds: number | undefined): { kind: 'rate_limited'; code: string; retryAfterSeconds: number } {
  const isUsable = seconds !== undefined && Number.isFinite(seconds) && seconds > 0;
  return {
    kind: 'rate_limited',
    code: 'ratelimited',
    retryAfterSeconds: isUsable ? seconds : DEFAULT_RETRY_AFTER_SECONDS,
  };
}

// fetch hides the reason in a chain of causes, which a hostile error may make endless.
function networkCode(error: unknown): string {
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && cause instanceof Error; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    if (cause.cause === undefined) return cause.name;
    cause = cause.cause;
  }
  return 'network';
}
