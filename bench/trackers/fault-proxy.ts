import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ProxyFaults = { limited: number; lost: number; failed: number };
export type Sent = { method: string; path: string; body: string };

export type FaultProxy<W> = {
  url: string;
  /** What changed something and reached the tracker, in its order, and whether whoever sent it was answered. */
  writes: { write: W; isAnswered: boolean; at: Date }[];
  counts: { asked: number; limited: number; lost: number; failed: number };
  /** From now on nothing is broken. */
  calm: () => void;
  close: () => Promise<void>;
};

const NOT_PASSED_ON = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/** Stands before a tracker and breaks what goes through it: a limit, an answer that never comes, a failure before anything was done. */
export async function startFaultProxy<W>(
  target: string,
  { faults, random, writeOf }: { faults: ProxyFaults; random: () => number; writeOf: (sent: Sent) => W | null },
): Promise<FaultProxy<W>> {
  const writes: FaultProxy<W>['writes'] = [];
  const counts = { asked: 0, limited: 0, lost: 0, failed: 0 };
  let isCalm = false;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    counts.asked += 1;
    const dice = isCalm ? 1 : random();
    const { method = 'GET', url = '/' } = request;
    if (dice < faults.limited) {
      counts.limited += 1;
      response.writeHead(429, { 'retry-after': random() < 0.5 ? '0' : '1' }).end('{}');
      return;
    }
    if (dice < faults.limited + faults.failed) {
      counts.failed += 1;
      response.writeHead(500).end('{}');
      return;
    }
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !NOT_PASSED_ON.has(name)),
    ) as Record<string, string>;
    const body = Buffer.concat(parts);
    const answer = await fetch(`${target}${url}`, { method, headers, ...(body.length > 0 ? { body } : {}) }).catch(
      () => null,
    );
    if (!answer) return response.destroy();
    const write = answer.ok ? writeOf({ method, path: url, body: body.toString('utf8') }) : null;
    const isLost = dice < faults.limited + faults.failed + faults.lost;
    if (write !== null) writes.push({ write, isAnswered: !isLost, at: new Date() });
    const text = await answer.text();
    if (isLost) {
      counts.lost += 1;
      return response.destroy();
    }
    return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writes,
    counts,
    calm: () => {
      isCalm = true;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
