import type { IncomingMessage } from 'node:http';
import type { Engine } from '../engine.ts';
import { ApiError } from './api-error.ts';
import { readArgs } from './args.ts';
import type { Answer } from './method.ts';
import { findMethod, type Method } from './methods.ts';
import { readCall } from './read-request.ts';

export type HttpAnswer = { status: number; headers: { [name: string]: string }; body: Answer };

function tokenOf(request: IncomingMessage, fields: { [name: string]: unknown }, headerOnly: boolean) {
  const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? (headerOnly ? undefined : (fields.token as string | undefined)) ?? undefined;
}

function checkToken(engine: Engine, method: Method, token: string | undefined): void {
  const { botToken, appToken, scopes } = engine.state.app;
  if (method.token === 'none') return;
  if (!token) throw new ApiError('not_authed');
  if (token !== botToken && token !== appToken) throw new ApiError('invalid_auth');
  if ((token === appToken) !== (method.token === 'app')) throw new ApiError('not_allowed_token_type');
  if (method.scopes.length > 0 && !method.scopes.some((scope) => scopes.includes(scope)))
    throw new ApiError('missing_scope', { needed: method.scopes.join(','), provided: scopes.join(',') });
}

/** Ways of posting share one limit a channel; everything else has its own a method. */
function checkRate(engine: Engine, name: string, method: Method, fields: { [name: string]: unknown }) {
  if (name === 'chat.postMessage' || name === 'chat.postEphemeral') {
    const wait = engine.limiter.take(`post:${String(fields.channel)}`, 'posting');
    if (wait !== undefined || name === 'chat.postMessage') return wait;
  }
  return engine.limiter.take(name, engine.limiter.profile === 'strict' ? method.strictTier : method.tier);
}

const limited = (seconds: number): HttpAnswer => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
});

async function run(
  engine: Engine,
  name: string,
  request: IncomingMessage,
  fields: { [name: string]: unknown },
  encoding: string,
): Promise<HttpAnswer> {
  const method = findMethod(name);
  const headers: { [name: string]: string } = {};
  try {
    if (!method) throw new ApiError('unknown_method', { req_method: name });
    checkToken(engine, method, tokenOf(request, fields, method.token === 'app'));
    if (method.token === 'bot') {
      headers['x-oauth-scopes'] = engine.state.app.scopes.join(',');
      headers['x-accepted-oauth-scopes'] = method.scopes.join(',');
    }
    const wait = checkRate(engine, name, method, fields);
    if (wait !== undefined) return limited(wait);
    const { token: _token, ...args } = encoding === 'json' && !method.json ? {} : fields;
    const answer = await method.handle(engine, readArgs(args));
    return { status: 200, headers, body: { ok: true, ...answer } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (method?.token === 'bot') headers['x-oauth-scopes'] = engine.state.app.scopes.join(',');
    return { status: 200, headers, body: { ok: false, error: error.code, ...error.fields } };
  }
}

/** JSON text in a form is shown to the auditor as what it stands for. */
function legible(fields: { [name: string]: unknown }): { [name: string]: unknown } {
  const shown: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'token' || name === 'client_secret') continue;
    shown[name] = value;
    if (typeof value !== 'string' || !/^[[{]/.test(value)) continue;
    try {
      shown[name] = JSON.parse(value);
    } catch {}
  }
  return shown;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/** Answers one call; undefined when a fault swallows the answer. */
export async function answerCall(engine: Engine, name: string, request: IncomingMessage, url: URL) {
  const end = engine.activity.begin();
  const startedAt = performance.now();
  const at = engine.clock.now();
  try {
    const call = await readCall(request, url);
    const fault = engine.faults.strike(name);
    if (fault?.kind === 'delay') await pause(fault.delayMs ?? 1000);
    let answer: HttpAnswer | undefined;
    if (!call) answer = { status: 200, headers: {}, body: { ok: false, error: 'invalid_json' } };
    else if (fault?.kind === 'hang') answer = undefined;
    else if (fault?.kind === 'rate_limit') answer = limited(fault.retryAfter ?? 1);
    else if (fault?.kind === 'server_error')
      answer = { status: 503, headers: {}, body: { ok: false, error: 'service_unavailable' } };
    else if (fault?.kind === 'fail')
      answer = { status: 200, headers: {}, body: { ok: false, error: fault.error ?? 'internal_error' } };
    else answer = await run(engine, name, request, call.fields, call.encoding);
    const id = engine.audit.nextId();
    engine.audit.calls.add({
      id,
      method: name,
      args: legible(call?.fields ?? {}),
      at,
      durationMs: performance.now() - startedAt,
      httpStatus: answer?.status ?? 0,
      ok: answer?.body.ok === true,
      error: answer?.body.error as string | undefined,
      answer: name === 'apps.connections.open' ? { ok: answer?.body.ok } : (answer?.body ?? {}),
      fault: fault?.kind,
    });
    engine.changed({ kind: 'call', id });
    return { answer: fault?.kind === 'drop_answer' ? undefined : answer, hangs: fault?.kind === 'hang' };
  } finally {
    end();
  }
}
