import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from './db/client.ts';
import { outboxStats } from './db/dead-letters.ts';
import type { Clock } from './domain/clock.ts';
import { METRICS_CONTENT_TYPE } from './metrics.ts';

export type HealthServer = { port: number; close: () => Promise<void> };
type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
export type HealthRoute = { path: string; method: string[]; handler: Answer };

export type Health = {
  db: Db;
  clock: Clock;
  /** Whether Slack can reach the bot at this moment. */
  isConnected: () => boolean;
  renderMetrics: () => Promise<string>;
};

const DATABASE_TIMEOUT_MS = 2_000;

/** What /healthz, /readyz and /metrics answer: alive, able to work, and how it goes. */
export function healthRoutes(health: Health): HealthRoute[] {
  const get = (path: string, handler: Answer): HealthRoute => ({ path, method: ['GET'], handler });
  return [
    get('/healthz', (_, response) => reply(response, 200, { alive: true })),
    get('/readyz', async (_, response) => {
      const outbox = await Promise.race([
        outboxStats(health.db, health.clock.now()).catch(() => undefined),
        wait(DATABASE_TIMEOUT_MS, undefined, { ref: false }),
      ]);
      const slack = health.isConnected();
      const ready = outbox !== undefined && slack;
      // A late message is told but takes nobody out of service: whoever stops taking requests sends nothing sooner.
      const oldestDueSeconds = outbox ? Math.round(outbox.oldestAgeSeconds) : null;
      reply(response, ready ? 200 : 503, { database: outbox !== undefined, slack, oldestDueSeconds });
    }),
    get('/metrics', async (_, response) => {
      response.writeHead(200, { 'content-type': METRICS_CONTENT_TYPE }).end(await health.renderMetrics());
    }),
  ];
}

/** Serves the routes by themselves, where Slack comes over a socket and no other HTTP server runs. */
export async function startHealthServer(routes: readonly HealthRoute[], port: number): Promise<HealthServer> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const route = routes.find((one) => one.method.includes(request.method ?? '') && isOnPath(one.path, path));
    try {
      if (route) await route.handler(request, response);
      else reply(response, 404, { error: 'There is nothing here.' });
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A part of the pattern that starts with a colon stands for any one. */
function isOnPath(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i]);
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
