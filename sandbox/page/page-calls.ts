import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Sandbox } from '../engine/sandbox.ts';
import type { Fault } from '../faults/fault.ts';
import type { RateLimitProfile } from '../options.ts';
import { inText, textOrEmpty } from '../text/in-text.ts';
import { peopleCalls } from './people-calls.ts';
import { runVerb } from './run-verb.ts';

type Body = Record<string, unknown>;
export type Call = (sandbox: Sandbox, body: Body, query: URLSearchParams) => unknown;

const inspectedRecords = 300;
const maxBodyBytes = 64 * 1024 * 1024;

/** The newest records of the workspace that the page looks at. */
function ofWorkspace<Entry extends { team: string }>(sandbox: Sandbox, records: Entry[]): Entry[] {
  const { id } = sandbox.team;
  return records.filter(({ team }) => team === id).slice(-inspectedRecords);
}

/** The number that was sent, or NaN for what is none. */
const numberIn = (value: unknown) => (typeof value === 'object' ? Number.NaN : Number(value));

const reads: Record<string, Call> = {
  snapshot: (sandbox, _body, query) => sandbox.snapshot(personId(sandbox, query.get('as'))),
  messages: (sandbox, _body, query) =>
    sandbox.messages(personId(sandbox, query.get('as')), query.get('channel') ?? '', {
      limit: Math.min(Number(query.get('limit') ?? 100), 500),
      before: query.get('before') ?? undefined,
      thread: query.get('thread') ?? undefined,
    }),
  inspection: (sandbox) => ({
    calls: ofWorkspace(sandbox, sandbox.audit.calls()),
    deliveries: ofWorkspace(sandbox, sandbox.audit.deliveries()),
    brokenRules: sandbox.audit.brokenRules().slice(-inspectedRecords),
    faults: sandbox.faults.list(),
    settings: sandbox.settings(),
  }),
  saved: (sandbox) => sandbox.save(),
};

const writes: Record<string, Call> = {
  clock: (sandbox, { at, stepMs }) =>
    sandbox.passTime(at === undefined ? sandbox.clock.now() + numberIn(stepMs) : numberIn(at)),
  faults: (sandbox, fault) => void sandbox.faults.add(fault as Fault),
  'faults/remove': (sandbox, { id }) => sandbox.faults.remove(numberIn(id)),
  'faults/clear': (sandbox) => sandbox.faults.clear(),
  'inspection/clear': (sandbox) => sandbox.audit.clear(),
  'rate-limits': (sandbox, { profile }) => sandbox.setRateLimits(profile as RateLimitProfile),
  'file-processing': (sandbox, { ms }) => sandbox.setFileProcessing(numberIn(ms)),
  'missing-blocks': (sandbox, { types }) => sandbox.setMissingBlocks((types as unknown[]).map(inText)),
  sockets: (sandbox, { what }) => (what === 'cut' ? sandbox.sockets.cut() : sandbox.sockets.refresh()),
  'app/add': (sandbox) => sandbox.addAppFromOrganisation(),
  'app/take': (sandbox) => sandbox.takeAppFromOrganisation(),
  'app/uninstall': (sandbox) => sandbox.uninstallApp(),
  ...peopleCalls,
  reset: (sandbox) => sandbox.reset(),
  saved: (sandbox, body) => sandbox.load(body),
};

/** Answers one JSON call of the page: `{ok, result}` or `{ok: false, error}` with words that are safe to show. */
export async function handlePageCall(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<void> {
  const file = path.startsWith('files/') ? fileIn(sandbox, decodeURIComponent(path.slice(6))) : undefined;
  if (file && request.method === 'GET') {
    const type = /^image\/(png|jpeg|gif)$/.test(file.mimetype) ? file.mimetype : 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(file.bytes);
    return;
  }
  try {
    const result = await perform(workspaceOf(sandbox, query), request, path, query);
    reply(response, 200, { ok: true, result: result ?? null });
  } catch (error) {
    reply(response, 200, { ok: false, error: error instanceof Error ? error.message : String(error) });
  }
}

/** The workspace that the page looks at; the first where it does not say. */
function workspaceOf(sandbox: Sandbox, query: URLSearchParams): Sandbox {
  const asked = query.get('workspace');
  const known = sandbox.workspaces().some(({ id }) => id === asked);
  return asked && known ? sandbox.workspace(asked) : sandbox;
}

function fileIn(sandbox: Sandbox, id: string): ReturnType<Sandbox['file']> {
  for (const { id: team } of sandbox.workspaces()) {
    const file = sandbox.workspace(team).file(id);
    if (file) return file;
  }
  return undefined;
}

async function perform(
  sandbox: Sandbox,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Promise<unknown> {
  if (request.method === 'GET') {
    const read = reads[path];
    if (!read) throw new Error(`There is nothing at /sandbox/${path}.`);
    return read(sandbox, {}, query);
  }
  refuseForeignPages(request);
  const body = await readBody(request);
  const verb = /^verbs\/(\w+)$/.exec(path)?.[1];
  if (verb) return runVerb(sandbox, personId(sandbox, textOrEmpty(body.as)), verb, body);
  const write = writes[path];
  if (!write) throw new Error(`There is nothing at /sandbox/${path}.`);
  return write(sandbox, body, query);
}

// Another site open in the same browser must not be able to drive the sandbox.
function refuseForeignPages(request: IncomingMessage): void {
  const { origin, host } = request.headers;
  const json = request.headers['content-type']?.startsWith('application/json');
  if (!json || (origin !== undefined && new URL(origin).host !== host)) {
    throw new Error('Only the sandbox page itself may do this.');
  }
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error('That is more than the sandbox takes in one piece (64 MB).');
    chunks.push(chunk);
  }
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  if (body === null || typeof body !== 'object') throw new Error('The sandbox expects a JSON object.');
  return body as Body;
}

function personId(sandbox: Sandbox, asked: string | null): string {
  const known = asked ? sandbox.user(asked) : undefined;
  if (known && !known.isBot) return known.id;
  const first = sandbox.people()[0];
  if (!first) throw new Error('This workspace has no people.');
  return first.id;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
