import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { Engine } from './engine/engine.ts';
import { receiveUpload } from './files/receive-upload.ts';
import { serveInstallPage } from './oauth/install-page.ts';
import { avatarOf } from './people/avatar.ts';
import { isFromStranger } from './people/refuse-strangers.ts';
import { answerResponseUrl } from './response-urls/answer-response-url.ts';
import { answerCall } from './web-api/answer-call.ts';
import { readBody } from './web-api/read-request.ts';
import { answerWebhook } from './webhooks/incoming-webhook.ts';

// Whoever connects and says nothing is closed, so that a machine on which it runs for weeks collects no dead connections.
const LIMITS: ServerOptions = { headersTimeout: 10_000, requestTimeout: 60_000 };

type Serve = (request: IncomingMessage, response: ServerResponse) => boolean;

function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** An app says that it has done what a move of the clock made due. */
function serveReached(engine: Engine, { searchParams }: URL, response: ServerResponse): void {
  const [move, idleUntil] = ['move', 'idle_until'].map((name) => Number(searchParams.get(name)));
  const isKnown = engine.clockFollowers.reached(searchParams.get('follower') ?? '', move ?? 0, idleUntil ?? 0);
  sendJson(response, isKnown ? 200 : 404, { ok: isKnown });
}

async function serveApi(engine: Engine, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { answer, hangs } = await answerCall(engine, url.pathname.slice('/api/'.length), request, url);
  if (answer) sendJson(response, answer.status, answer.body, answer.headers);
  else if (!hangs) response.destroy();
}

const ofTeam = (engine: Engine, team: string | undefined) =>
  engine.everyWorkspace().find(({ state }) => state.team.id === team) ?? engine;

async function serveResponseUrl(engine: Engine, id: string, request: IncomingMessage, response: ServerResponse) {
  const end = engine.activity.begin();
  const { status, body } = answerResponseUrl(engine, id, (await readBody(request)).toString('utf8'));
  end();
  sendJson(response, status, body);
}

async function serveWebhook(engine: Engine, secret: string, request: IncomingMessage, response: ServerResponse) {
  const end = engine.activity.begin();
  const { status, headers, text } = answerWebhook(engine, secret, (await readBody(request)).toString('utf8'));
  end();
  response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(text);
}

async function serveUpload(engine: Engine, file: string, request: IncomingMessage, response: ServerResponse) {
  const end = engine.activity.begin();
  const { status, text } = await receiveUpload(engine, request, file);
  end();
  response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
}

/** A file's bytes ask for the bot token, as on Slack; the page has its own way to them. */
function serveFile(engine: Engine, id: string, request: IncomingMessage, response: ServerResponse): void {
  const file = engine.state.files.get(id);
  const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const known = engine.vault.find(token);
  const allowed = known?.team === engine.state.team.id && !known.revoked;
  if (!allowed) sendJson(response, 403, { ok: false, error: 'not_authed' });
  else if (file?.state !== 'ready' || !file.bytes) sendJson(response, 404, { ok: false, error: 'file_not_found' });
  else response.writeHead(200, { 'content-type': file.mimetype, 'content-length': file.bytes.length }).end(file.bytes);
}

function serveAvatar(engine: Engine, id: string, size: number, response: ServerResponse): void {
  const owner = engine.everyWorkspace().find(({ state }) => state.users.has(id)) ?? engine;
  const user = owner.state.users.get(id);
  if (!user) sendJson(response, 404, { ok: false, error: 'user_not_found' });
  else response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(avatarOf(user, size));
}

/** Routes of the sandbox's own server; `mounted` are tried for what is not Slack's. */
export function createSandboxServer(engine: Engine, mounted: Set<Serve>, limits = LIMITS): Server {
  const route = (request: IncomingMessage, response: ServerResponse): void | Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const { pathname } = url;
    if (isFromStranger(request, engine)) return sendJson(response, 403, { ok: false, error: 'forbidden' });
    if (pathname.startsWith('/api/')) return serveApi(engine, url, request, response);
    const [, team, responseId] = /^\/(?:commands|actions|app)\/([^/]+)\/([^/]+)$/.exec(pathname) ?? [];
    if (responseId && request.method === 'POST')
      return serveResponseUrl(ofTeam(engine, team), responseId, request, response);
    const [, workspace, secret] = /^\/services\/([^/]+)\/[^/]+\/([^/]+)$/.exec(pathname) ?? [];
    if (secret && request.method === 'POST') return serveWebhook(ofTeam(engine, workspace), secret, request, response);
    const [, uploadId] = /^\/upload\/v1\/(F[A-Z0-9]+)-/.exec(pathname) ?? [];
    if (uploadId && request.method === 'POST') {
      const owner = engine.everyWorkspace().find(({ state }) => state.files.has(uploadId)) ?? engine;
      return serveUpload(owner, uploadId, request, response);
    }
    const [, home, fileId] = /^\/files-pri\/([A-Z0-9]+)-(F[A-Z0-9]+)\//.exec(pathname) ?? [];
    if (fileId) return serveFile(ofTeam(engine, home), fileId, request, response);
    const [, pictured, size] = /^\/avatars\/([A-Z0-9]+)-(\d{2,3})\.svg$/.exec(pathname) ?? [];
    if (pictured) return serveAvatar(engine, pictured, Number(size), response);
    const installing = serveInstallPage(engine.everyWorkspace(), request, response, url);
    if (installing) return installing === true ? undefined : installing;
    if (pathname === '/clock') return sendJson(response, 200, { now: engine.clock.now(), live: engine.clock.live });
    if (pathname === '/clock/stream')
      return engine.clockFollowers.follow(response, { reports: url.searchParams.has('reports') });
    if (pathname === '/clock/reached' && request.method === 'POST') return serveReached(engine, url, response);
    for (const serve of mounted) if (serve(request, response)) return;
    sendJson(response, 404, { ok: false, error: 'not_found' });
  };
  const server = createServer(limits, (request, response) => {
    Promise.resolve()
      .then(() => route(request, response))
      .catch((error: unknown) => {
        engine.audit.brokenRules.add({ rule: 'sandbox_bug', detail: String(error), at: engine.clock.now() });
        if (!response.headersSent) sendJson(response, 500, { ok: false, error: 'fatal_error' });
      });
  });
  server.on('upgrade', (request, socket, head) => {
    if (isFromStranger(request, engine) || !engine.sockets?.upgrade(request, socket, head)) socket.destroy();
  });
  return server;
}
