import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Engine } from './engine.ts';
import { answerResponseUrl } from './response-urls/answer-response-url.ts';
import { answerCall } from './web-api/answer-call.ts';
import { readBody } from './web-api/read-request.ts';

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

function streamClock(engine: Engine, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = () => {
    const { live } = engine.clock;
    response.write(`data: ${JSON.stringify({ now: engine.clock.now(), live })}\n\n`);
  };
  const stop = engine.clock.onChange(send);
  response.on('close', stop);
  send();
}

async function serveApi(engine: Engine, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { answer, hangs } = await answerCall(engine, url.pathname.slice('/api/'.length), request, url);
  if (answer) sendJson(response, answer.status, answer.body, answer.headers);
  else if (!hangs) response.destroy();
}

async function serveResponseUrl(engine: Engine, id: string, request: IncomingMessage, response: ServerResponse) {
  const end = engine.activity.begin();
  const { status, body } = answerResponseUrl(engine, id, (await readBody(request)).toString('utf8'));
  end();
  sendJson(response, status, body);
}

/** Routes of the sandbox's own server; `mounted` are tried for what is not Slack's. */
export function createSandboxServer(engine: Engine, mounted: Set<Serve>): Server {
  const route = (request: IncomingMessage, response: ServerResponse): void | Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const { pathname } = url;
    if (pathname.startsWith('/api/')) return serveApi(engine, url, request, response);
    const [, responseId] = /^\/(?:commands|actions|app)\/[^/]+\/([^/]+)$/.exec(pathname) ?? [];
    if (responseId && request.method === 'POST') return serveResponseUrl(engine, responseId, request, response);
    if (pathname === '/clock') return sendJson(response, 200, { now: engine.clock.now(), live: engine.clock.live });
    if (pathname === '/clock/stream') return streamClock(engine, response);
    for (const serve of mounted) if (serve(request, response)) return;
    sendJson(response, 404, { ok: false, error: 'not_found' });
  };
  const server = createServer((request, response) => {
    Promise.resolve()
      .then(() => route(request, response))
      .catch((error: unknown) => {
        engine.audit.brokenRules.add({ rule: 'sandbox_bug', detail: String(error), at: engine.clock.now() });
        if (!response.headersSent) sendJson(response, 500, { ok: false, error: 'fatal_error' });
      });
  });
  server.on('upgrade', (request, socket, head) => {
    if (!engine.sockets?.upgrade(request, socket, head)) socket.destroy();
  });
  return server;
}
