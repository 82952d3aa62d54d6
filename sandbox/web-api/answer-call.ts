import type { IncomingMessage } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { inText } from '../text/in-text.ts';
import { ApiError } from './api-error.ts';
import { readArgs } from './args.ts';
import { findWorkspace } from './find-workspace.ts';
import type { Answer } from './method.ts';
import { findMethod, type Method } from './methods.ts';
import { readCall } from './read-request.ts';

export type HttpAnswer = {
  status: number;
  headers: { [name: string]: string };
  body: Answer;
  /** The workspace that the call was about, once that is known. */
  team?: string;
};

function tokenOf(request: IncomingMessage, fields: { [name: string]: unknown }, headerOnly: boolean) {
  const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? (headerOnly || typeof fields.token !== 'string' ? undefined : fields.token);
}

function requireScopes(method: Method, scopes: string[]): void {
  if (method.scopes.length > 0 && !method.scopes.some((scope) => scopes.includes(scope)))
    throw new ApiError('missing_scope', { needed: method.scopes.join(','), provided: scopes.join(',') });
}

const READING = new Set(['conversations.history', 'conversations.replies']);

/** Ways of posting share one limit a channel; everything else has its own a method. */
function checkRate(engine: Engine, name: string, method: Method, fields: { [name: string]: unknown }) {
  const team = engine.state.team.id;
  if (name === 'chat.postMessage' || name === 'chat.postEphemeral') {
    const wait = engine.limiter.take(`${team}:post:${inText(fields.channel)}`, 'posting');
    if (wait !== undefined) return wait;
    // The number is a guess, so only the strict profile holds apps to it.
    const strict = engine.limiter.profile === 'strict';
    const crowded = strict ? engine.limiter.take(`${team}:posting`, 'workspace') : undefined;
    if (crowded !== undefined || name === 'chat.postMessage') return crowded;
  }
  if (engine.isCommercial && READING.has(name)) return engine.limiter.take(`${team}:${name}`, 'commercial');
  return engine.limiter.take(`${team}:${name}`, engine.limiter.profile === 'strict' ? method.strictTier : method.tier);
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
  let workspace = engine;
  try {
    if (!method) throw new ApiError('unknown_method', { req_method: name });
    const token = tokenOf(request, fields, method.token === 'app');
    workspace = findWorkspace(engine, name, method, token, fields);
    if (method.token === 'bot') {
      requireScopes(method, workspace.state.app.scopes);
      headers['x-oauth-scopes'] = workspace.state.app.scopes.join(',');
      headers['x-accepted-oauth-scopes'] = method.scopes.join(',');
    }
    const wait = checkRate(workspace, name, method, fields);
    if (wait !== undefined) return limited(wait);
    const { token: sent, ...args } = encoding === 'json' && !method.json ? {} : fields;
    const { authorization } = request.headers;
    const call = { token: token ?? (typeof sent === 'string' ? sent : undefined), authorization };
    const answer = await method.handle(workspace, readArgs(args), call);
    return { status: 200, headers, body: { ok: true, ...answer }, team: workspace.state.team.id };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (method?.token === 'bot') headers['x-oauth-scopes'] = workspace.state.app.scopes.join(',');
    return {
      status: 200,
      headers,
      body: { ok: false, error: error.code, ...error.fields },
      team: workspace.state.team.id,
    };
  }
}

/** The workspace that a call is for, as far as its token tells. */
function teamOf(engine: Engine, name: string, request: IncomingMessage, fields: { [name: string]: unknown }): string {
  const method = findMethod(name);
  try {
    if (!method) return engine.state.team.id;
    const token = tokenOf(request, fields, method.token === 'app');
    return findWorkspace(engine, name, method, token, fields).state.team.id;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return engine.state.team.id;
  }
}

/** JSON text in a form is shown to the auditor as what it stands for. */
function legible(fields: { [name: string]: unknown }): { [name: string]: unknown } {
  const shown: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET_ARGUMENTS.has(name)) continue;
    shown[name] = value;
    if (typeof value !== 'string' || !/^[[{]/.test(value)) continue;
    try {
      shown[name] = JSON.parse(value);
    } catch {}
  }
  return shown;
}

// What the auditor must not keep: whoever reads it could act as the app.
const SECRET_ANSWERS = new Set(['apps.connections.open', 'oauth.v2.access', 'oauth.v2.exchange']);
const SECRET_ARGUMENTS = new Set(['token', 'client_secret', 'code', 'refresh_token']);

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/** Answers one call; undefined when a fault swallows the answer. */
export async function answerCall(engine: Engine, name: string, request: IncomingMessage, url: URL) {
  const end = engine.activity.begin();
  const startedAt = performance.now();
  const at = engine.clock.now();
  try {
    const call = await readCall(request, url);
    const team = () => teamOf(engine, name, request, call?.fields ?? {});
    const fault = engine.faults.strike(name, team);
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
      team: answer?.team ?? team(),
      method: name,
      args: legible(call?.fields ?? {}),
      at,
      durationMs: performance.now() - startedAt,
      httpStatus: answer?.status ?? 0,
      ok: answer?.body.ok === true,
      error: answer?.body.error as string | undefined,
      answer: SECRET_ANSWERS.has(name) ? { ok: answer?.body.ok } : (answer?.body ?? {}),
      fault: fault?.kind,
    });
    engine.changed({ kind: 'call', id });
    return { answer: fault?.kind === 'drop_answer' ? undefined : answer, hangs: fault?.kind === 'hang' };
  } finally {
    end();
  }
}
