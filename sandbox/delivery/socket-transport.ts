import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { SandboxClock } from '../clock/clock.ts';
import { limits } from '../rules/limits.ts';
import type { Ids } from '../state/ids.ts';
import type { Ack, Outgoing, Transport } from './transport.ts';

export const PING_EVERY_MS = 10_000;
const CLOSE_HANDSHAKE_MS = 500;

const ENVELOPE_TYPES = {
  event: 'events_api',
  command: 'slash_commands',
  interactive: 'interactive',
  options: 'interactive',
} as const;

type Waiting = { connection: WebSocket; settle(ack: Ack): void };

export type SocketTransport = Transport & {
  /** A url for one connection, as apps.connections.open answers it. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  count(): number;
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Socket Mode as the app's settings have it; off, no connection is given out. */
  enabled: boolean;
  cut(): void;
};

type SocketOptions = {
  appId: () => string;
  origin: () => string;
  ids: Ids;
  clock: Pick<SandboxClock, 'after'>;
  changed: () => void;
};

const USUAL_LIFE_SECONDS = 18_060;

const goodbye = (reason: string) => JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } });

export function socketTransport({ appId, origin, ids, clock, changed }: SocketOptions): SocketTransport {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections = new Set<WebSocket>();
  const waiting = new Map<string, Waiting>();
  let turn = 0;

  const receive = (data: RawData) => {
    let frame: { envelope_id?: string; payload?: unknown };
    try {
      frame = JSON.parse(String(data));
    } catch {
      return;
    }
    const entry = waiting.get(frame.envelope_id ?? '');
    if (!entry) return;
    const body = frame.payload;
    const empty = body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0);
    entry.settle({ outcome: 'acked', body: empty ? undefined : body });
  };

  /** A client that tries its reconnecting out asks for a short life. */
  const endSoon = (connection: WebSocket) => {
    const lifeMs = limits.socketDebugRefreshSeconds.value * 1000;
    const [warning, refresh] = limits.socketDisconnectReasons.value;
    const timers = [
      clock.after(lifeMs - limits.socketWarningMs.value, () => connection.send(goodbye(warning))),
      clock.after(lifeMs, () => connection.send(goodbye(refresh))),
    ];
    connection.on('close', () => {
      for (const timer of timers) timer.cancel();
    });
  };

  const welcome = (connection: WebSocket, isShort: boolean) => {
    const hello = (count: number) =>
      JSON.stringify({
        type: 'hello',
        num_connections: count,
        debug_info: {
          host: 'sandbox',
          started: new Date().toISOString(),
          build_number: 1,
          approximate_connection_time: isShort ? limits.socketDebugRefreshSeconds.value : USUAL_LIFE_SECONDS,
        },
        connection_info: { app_id: appId() },
      });
    if (connections.size >= limits.socketConnections.value) {
      connection.send(JSON.stringify({ type: 'disconnect', reason: limits.socketTooMany.value }));
      connection.close(1000);
      return;
    }
    connections.add(connection);
    const pings = setInterval(() => connection.ping(`Ping from sandbox`), PING_EVERY_MS);
    connection.on('message', receive);
    connection.on('error', () => connection.terminate());
    connection.on('close', () => {
      clearInterval(pings);
      connections.delete(connection);
      for (const entry of waiting.values())
        if (entry.connection === connection)
          entry.settle({ outcome: 'connection_failed', detail: 'the connection closed before the ack' });
      changed();
    });
    connection.send(hello(connections.size));
    if (isShort) endSoon(connection);
    changed();
  };

  return {
    enabled: true,

    ticket() {
      const ticket = ids.secret(32);
      tickets.add(ticket);
      return `${origin().replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${appId()}`;
    },

    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://sandbox');
      if (url.pathname !== '/link/' || !tickets.delete(url.searchParams.get('ticket') ?? '')) return false;
      const isShort = url.searchParams.get('debug_reconnects') === 'true';
      server.handleUpgrade(request, socket, head, (connection) => welcome(connection, isShort));
      return true;
    },

    count: () => connections.size,

    disconnect(reason) {
      for (const connection of connections) connection.send(goodbye(reason));
    },

    cut() {
      for (const connection of connections) connection.terminate();
    },

    send(outgoing: Outgoing) {
      const open = [...connections].filter((connection) => connection.readyState === connection.OPEN);
      const connection = open[turn++ % open.length];
      if (!connection) return Promise.resolve({ outcome: 'no_connection', detail: 'the app is not connected' });
      const envelopeId = `${ids.secret(8)}-${ids.secret(4)}-${ids.secret(4)}-${ids.secret(4)}-${ids.secret(12)}`;
      const retry = outgoing.kind === 'event' ? retryFields(outgoing) : {};
      return new Promise<Ack>((resolve) => {
        const settle = (ack: Ack) => {
          clearTimeout(timer);
          waiting.delete(envelopeId);
          resolve(ack);
        };
        const timer = setTimeout(
          () => settle({ outcome: 'timeout', detail: `no ack within ${outgoing.deadlineMs} ms` }),
          outgoing.deadlineMs,
        );
        waiting.set(envelopeId, { connection, settle });
        connection.send(
          JSON.stringify({
            envelope_id: envelopeId,
            type: ENVELOPE_TYPES[outgoing.kind],
            accepts_response_payload: outgoing.acceptsResponse,
            ...retry,
            payload: outgoing.payload,
          }),
        );
      });
    },

    async close() {
      for (const entry of [...waiting.values()]) entry.settle({ outcome: 'connection_failed', detail: 'closed' });
      const closing = [...connections].map(
        (connection) =>
          new Promise<void>((resolve) => {
            const giveUp = setTimeout(() => connection.terminate(), CLOSE_HANDSHAKE_MS);
            connection.once('close', () => {
              clearTimeout(giveUp);
              resolve();
            });
            connection.close(1001);
          }),
      );
      await Promise.all(closing);
      server.close();
    },
  };
}

function retryFields(outgoing: Outgoing) {
  return { retry_attempt: outgoing.attempt, retry_reason: outgoing.attempt > 0 ? outgoing.retryReason : '' };
}
