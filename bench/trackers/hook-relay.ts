import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export type HookRelay = {
  url: string;
  counts: { sent: number; dropped: number; doubled: number };
  close: () => Promise<void>;
};

const LATEST_MS = 4_000;
const PASSED_ON = ['x-github-event', 'x-hub-signature-256', 'x-hub-signature', 'linear-signature'];

/**
 * Carries webhooks from a tracker to the bot as badly as a network may: some never, some twice, all of them late and so in
 * any order. What meets a dead process is lost, too: it is not sent again, as by GitHub.
 *
 * @param addressOf where the webhooks of a path go at this moment
 */
export async function startHookRelay(options: {
  dropped: number;
  doubled: number;
  random: () => number;
  addressOf: (path: string) => string | undefined;
}): Promise<HookRelay> {
  const { dropped, doubled, random, addressOf } = options;
  const counts = { sent: 0, dropped: 0, doubled: 0 };
  const carry = async (path: string, headers: IncomingHttpHeaders, body: Buffer) => {
    await wait(random() * LATEST_MS);
    const address = addressOf(path);
    if (!address) return;
    const passedOn = PASSED_ON.flatMap((name) => (headers[name] ? [[name, String(headers[name])] as const] : []));
    await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...Object.fromEntries(passedOn) },
      body: new Uint8Array(body),
    }).catch(() => {});
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    response.writeHead(200).end();
    counts.sent += 1;
    if (random() < dropped) {
      counts.dropped += 1;
      return;
    }
    const body = Buffer.concat(parts);
    void carry(request.url ?? '/', request.headers, body);
    if (random() < doubled) {
      counts.doubled += 1;
      void carry(request.url ?? '/', request.headers, body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
