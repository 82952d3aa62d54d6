import { createServer, type IncomingMessage, type Server } from 'node:http';

export type Received = { path: string; headers: IncomingMessage['headers']; body: string };

export type Reply = { status?: number; headers?: { [name: string]: string }; body?: string } | 'never';

/** An app without an SDK: keeps what it was sent, and answers as told. */
export async function rawApp(reply: (received: Received, count: number) => Reply) {
  const received: Received[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const entry = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
    received.push(entry);
    const answer = reply(entry, received.length);
    if (answer === 'never') return;
    response.writeHead(answer.status ?? 200, answer.headers ?? {}).end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/slack/events`,
    received,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
