import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import type { Random } from '../../src/domain/stats/random.ts';
import type { ElapsedMs } from '../../src/domain/time/clock.ts';

/** What came to a pooler while it was closing connections. */
export type PoolerCount = { attempts: number; closed: number; mostInASecond: number };

export type FlakyPooler = {
  /** Of the same database, through the pooler. */
  url: string;
  /** Closes half of all new connections for so long, from the next one on. */
  closeHalf: (forMs: number) => void;
  count: () => PoolerCount;
  close: () => Promise<void>;
};

/** Stands between clients and a PostgreSQL server and passes everything on, but for the connections that it closes at once. */
export async function startFlakyPooler(serverUrl: string, random: Random, elapsedMs: ElapsedMs): Promise<FlakyPooler> {
  const server = new URL(serverUrl);
  const open = new Set<Socket>();
  const attemptsBySecond = new Map<number, number>();
  let closesForMs = 0;
  let closesUntilMs = 0;
  let closed = 0;
  const listener = createServer((client) => {
    client.on('error', () => client.destroy());
    if (closesForMs > 0) {
      // On a busy machine a replica takes long to come.
      closesUntilMs = elapsedMs() + closesForMs;
      closesForMs = 0;
    }
    if (elapsedMs() < closesUntilMs) {
      const second = Math.floor(elapsedMs() / 1_000);
      attemptsBySecond.set(second, (attemptsBySecond.get(second) ?? 0) + 1);
      if (random() < 0.5) {
        closed += 1;
        client.destroy();
        return;
      }
    }
    const upstream = connect(Number(server.port), server.hostname);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.on('error', () => one.destroy());
      one.once('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const through = new URL(serverUrl);
  through.port = String((listener.address() as AddressInfo).port);
  return {
    url: through.href,
    closeHalf: (forMs) => {
      closesForMs = forMs;
    },
    count: () => {
      const counts = [...attemptsBySecond.values()];
      return {
        attempts: counts.reduce((sum, one) => sum + one, 0),
        closed,
        mostInASecond: Math.max(0, ...counts),
      };
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}
