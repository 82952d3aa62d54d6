import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { Db } from '../db/engine/client.ts';
import type { Logger } from '../log.ts';
import { CONNECTION_LIMITS, type ConnectionLimits, limitConnections } from '../process/connection-limits.ts';
import { isReachable } from '../process/is-reachable.ts';

export type HealthServer = { port: number; close: () => Promise<void> };
type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
export type HealthRoute = { path: string; method: string[]; handler: Answer };

export type Health = {
  db: Db;
  log: Logger;
  /** Whether Slack can reach the bot at this moment. */
  isConnected: () => boolean;
  /** Whether there is room on the disk of the database. */
  hasRoom: () => Promise<boolean>;
  /** Whether what is due was looked at in the last minutes. */
  isBeating: () => boolean;
};

/** What /healthz and /readyz answer: alive, and able to work. Anybody may ask, so why is told to the log; that the disk is full, to all. */
export function healthRoutes({ db, log, isConnected, hasRoom, isBeating }: Health): HealthRoute[] {
  let wasReady = true;
  return [
    get('/healthz', (_, response) => reply(response, 200, { alive: true })),
    get('/readyz', async (_, response) => {
      const [database, slack, schedule] = [await isReachable(db), isConnected(), isBeating()];
      const disk = !database || (await hasRoom());
      const ready = database && disk && slack && schedule;
      if (ready !== wasReady) log.warn({ database, disk, slack, schedule }, ready ? 'ready again' : 'not ready');
      wasReady = ready;
      reply(response, ready ? 200 : 503, { ready, ...(disk ? {} : { why: 'the disk of the database is full' }) });
    }),
  ];
}

/** What /metrics answers, for a server that only the operator can reach. */
export function metricsRoutes(registry: Registry): HealthRoute[] {
  return [
    get('/metrics', async (_, response) => {
      response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
    }),
  ];
}

/** Serves routes by themselves, where no server of Slack's requests runs that they could stand beside. */
export async function startHealthServer(
  routes: readonly HealthRoute[],
  where: { port: number; host?: string; limits?: ConnectionLimits },
): Promise<HealthServer> {
  const limits = where.limits ?? CONNECTION_LIMITS;
  const server = createServer(limits, async (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const route = routes.find((one) => one.method.includes(request.method ?? '') && isOnPath(one.path, path));
    try {
      if (route) await route.handler(request, response);
      else reply(response, 404, { error: 'There is nothing here.' });
    } catch {
      response.destroy();
    }
  });
  limitConnections(server, limits);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where.port, where.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : where.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function get(path: string, handler: Answer): HealthRoute {
  return { path, method: ['GET'], handler };
}

/** A part of the pattern that starts with a colon stands for any one. */
function isOnPath(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i]);
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
