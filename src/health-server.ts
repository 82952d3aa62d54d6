import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sql } from 'drizzle-orm';
import type { Db } from './db/client.ts';

export type HealthServer = { close: () => Promise<void> };

/** What /healthz and /readyz answer: alive, and able to work. */
export function healthRoutes(db: Db): { path: string; method: string[]; handler: Route }[] {
  return [
    { path: '/healthz', method: ['GET'], handler: (_, response) => reply(response, 200, { alive: true }) },
    {
      path: '/readyz',
      method: ['GET'],
      handler: async (_, response) => {
        const database = await db.execute(sql`select 1`).then(
          () => true,
          () => false,
        );
        reply(response, database ? 200 : 503, { database });
      },
    },
  ];
}

type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Serves the health routes by themselves, where Slack comes over a socket and no other HTTP server runs. */
export async function startHealthServer(db: Db, port: number): Promise<HealthServer> {
  const routes = new Map(healthRoutes(db).map(({ path, handler }) => [path, handler]));
  const server = createServer((request, response) => {
    const handler = request.method === 'GET' ? routes.get(request.url ?? '') : undefined;
    if (handler) void handler(request, response);
    else reply(response, 404, { error: 'There is nothing here.' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
