import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { leadOf } from './fill.ts';

export type Posted = { workspaceId: string; channel: string; key: string; atMs: number };

/** What a workspace is ill with; any other is well. */
export type Trouble = 'dead token' | 'storm';

export type ManyWorkspaces = {
  apiUrl: string;
  posted: Posted[];
  refused: { limited: number; dead: number; tooFast: number };
  calls: Map<string, number>;
  troubles: Map<string, Trouble>;
  close: () => Promise<void>;
};

// One message a second in a channel, and a short burst.
const BURST = 4;
const STORM_SECONDS = 30;

/** A Slack of any number of workspaces, of which the token says which. It keeps the limit of posts, and nothing else. */
export async function startManyWorkspaces(nowMs: () => number): Promise<ManyWorkspaces> {
  const posted: Posted[] = [];
  const refused = { limited: 0, dead: 0, tooFast: 0 };
  const calls = new Map<string, number>();
  const troubles = new Map<string, Trouble>();
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  let stamp = 0;

  const answer = (method: string, workspaceId: string, body: Record<string, string>) => {
    if (troubles.get(workspaceId) === 'dead token') {
      refused.dead += 1;
      return { ok: false, error: 'token_revoked' };
    }
    if (method === 'users.info')
      return {
        ok: true,
        user: { id: body.user, team_id: workspaceId, tz: 'Europe/Berlin', profile: { real_name: 'Ana' } },
      };
    if (method === 'conversations.info')
      return {
        ok: true,
        channel: { id: body.channel, name: 'stability', is_member: true, is_private: false, is_archived: false },
      };
    if (method === 'conversations.members') return { ok: true, members: [leadOf(workspaceId)] };
    if (method === 'views.open') return { ok: true, view: { id: 'V1', hash: '1' } };
    if (method !== 'chat.postMessage') return { ok: true };
    const channel = body.channel ?? '';
    if (!mayPost(`${workspaceId} ${channel}`)) {
      refused.tooFast += 1;
      return 'limited';
    }
    const key = (JSON.parse(body.metadata ?? '{}') as { event_payload?: { key?: string } }).event_payload?.key ?? '';
    posted.push({ workspaceId, channel, key, atMs: nowMs() });
    stamp += 1;
    return { ok: true, channel, ts: `${Math.floor(1_700_000_000 + stamp)}.000100` };
  };

  function mayPost(place: string): boolean {
    const now = nowMs();
    const bucket = buckets.get(place) ?? { tokens: BURST, atMs: now };
    const tokens = Math.min(BURST, bucket.tokens + (now - bucket.atMs) / 1_000);
    buckets.set(place, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: now });
    return tokens >= 1;
  }

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const method = request.url?.split('/').at(-1) ?? '';
    const workspaceId = /xoxb-(\w+)/.exec(String(request.headers.authorization))?.[1] ?? '';
    calls.set(method, (calls.get(method) ?? 0) + 1);
    const isStormy = troubles.get(workspaceId) === 'storm' && method === 'chat.postMessage';
    const body = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const said = isStormy ? 'limited' : answer(method, workspaceId, body);
    if (said === 'limited') {
      if (isStormy) refused.limited += 1;
      response.writeHead(429, { 'retry-after': String(isStormy ? STORM_SECONDS : 1) }).end();
    } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    ...{ posted, refused, calls, troubles },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
