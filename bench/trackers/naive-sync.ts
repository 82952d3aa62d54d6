import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { type FaultProxy, type ProxyFaults, type Sent, startFaultProxy } from './fault-proxy.ts';
import { startGithub, tokenOf } from './github-server.ts';
import { startHookRelay } from './hook-relay.ts';

export type NaiveRun = { duplicates: number; overwritten: number; differing: number; writes: number; changes: number };

type Linked = { issue: number; isOpen: boolean; last: { side: 'slack' | 'tracker'; isOpen: boolean } | null };

const QUIET_MS = 6_000;

/**
 * A sync as one writes it first: what fails is sent again, a webhook is taken at its word, and what changes here is written
 * there, also where it came from there. No process is killed, which would cost it its links as well.
 */
export async function syncNaively(options: {
  count: number;
  edits: number;
  seed: number;
  faults: ProxyFaults;
  hooks: { dropped: number; doubled: number };
}): Promise<NaiveRun> {
  const random = mulberry32(options.seed);
  const github = await startGithub();
  const proxy = await startFaultProxy(github.url, { faults: options.faults, random, writeOf });
  const linked = new Map<number, Linked>();
  const path = '/repos/ana/api/issues';
  const set = async (one: Linked, isOpen: boolean) => {
    if (one.isOpen === isOpen) return;
    one.isOpen = isOpen;
    await send(proxy, 'PATCH', `${path}/${one.issue}`, { state: isOpen ? 'open' : 'closed' });
  };
  const hears = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    response.end();
    const { issue } = JSON.parse(Buffer.concat(parts).toString()) as { issue?: { number: number; state: string } };
    const one = linked.get(issue?.number ?? 0);
    if (one) await set(one, issue?.state === 'open');
  });
  await new Promise<void>((resolve) => hears.listen(0, '127.0.0.1', resolve));
  const { port } = hears.address() as AddressInfo;
  const addressOf = () => `http://127.0.0.1:${port}/`;
  const relay = await startHookRelay({ ...options.hooks, random, addressOf });
  const config = { url: relay.url, content_type: 'json' };
  await github.as('ana', 'POST', '/repos/ana/api/hooks', { name: 'web', active: true, events: ['issues'], config });

  for (let i = 0; i < options.count; i += 1) {
    const { number } = await send(proxy, 'POST', path, { title: `Failure number ${i}` });
    linked.set(Number(number), { issue: Number(number), isOpen: true, last: null });
  }
  const all = [...linked.values()];
  let changes = 0;
  for (let i = 0; i < options.edits; i += 1) {
    const one = all[Math.floor(random() * all.length)];
    if (!one) break;
    if (random() < 0.5) {
      one.last = { side: 'slack', isOpen: !one.isOpen };
      changes += 1;
      void set(one, !one.isOpen);
    } else {
      const { state } = await github.as('ana', 'GET', `${path}/${one.issue}`);
      one.last = { side: 'tracker', isOpen: state !== 'open' };
      await github.as('ana', 'PATCH', `${path}/${one.issue}`, { state: state === 'open' ? 'closed' : 'open' });
    }
  }
  await wait(QUIET_MS);
  const theirs = new Map<number, boolean>();
  let made = 0;
  for (let page = 1; ; page += 1) {
    const query = `?state=all&per_page=100&page=${page}`;
    const found = (await github.as('ana', 'GET', path + query)) as unknown as { number: number; state: string }[];
    for (const { number, state } of found) theirs.set(number, state === 'open');
    made += found.length;
    if (found.length < 100) break;
  }
  const isThere = ({ issue }: Linked) => theirs.get(issue);
  const run = {
    duplicates: made - all.length,
    overwritten: all.filter(
      (one) => one.last && (one.last.side === 'slack' ? one.isOpen : isThere(one)) !== one.last.isOpen,
    ).length,
    differing: all.filter((one) => one.isOpen !== isThere(one)).length,
    writes: proxy.writes.filter(({ write }) => write === 'PATCH').length,
    changes,
  };
  hears.closeAllConnections();
  hears.close();
  await Promise.all([relay.close(), proxy.close(), github.close()]);
  return run;
}

function writeOf({ method }: Sent): string | null {
  return method === 'GET' ? null : method;
}

/** Until it is answered. */
async function send(
  proxy: FaultProxy<string>,
  method: string,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  for (;;) {
    const answer = await fetch(`${proxy.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${tokenOf('burndown-bot')}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => null);
    if (answer?.ok) return (await answer.json()) as Record<string, unknown>;
    await wait(20);
  }
}
