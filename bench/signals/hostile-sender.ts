import { setTimeout as wait } from 'node:timers/promises';
import { deepJson, longAlerts, manyAlerts, wideJson } from './hostile-bodies.ts';

/** How often each status was answered; 0 is a connection that was cut. */
export type Statuses = Record<number, number>;

export type HostileReport = {
  /** By what was sent. */
  answered: Record<string, Statuses>;
  /** Deliveries of the honest source: how many, how many were let in, and how often one had to be sent again. */
  honest: { sent: number; accepted: number; sentAgain: number };
};

export type HostileOrders = {
  /** Where signals are sent. */
  origin: string;
  secret: string;
  tokens: Record<'alerts' | 'flood' | 'signed' | 'honest', string>;
  seconds: number;
};

const { origin, secret, tokens, seconds }: HostileOrders = JSON.parse(process.argv[2] ?? '{}');
const endsMs = performance.now() + seconds * 1_000;
const answered: Record<string, Statuses> = {};
const honest = { sent: 0, accepted: 0, sentAgain: 0 };

async function post(path: string, body: string, headers: Record<string, string>): Promise<number> {
  try {
    const response = await fetch(`${origin}/signals/${path}`, { method: 'POST', body, headers });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

const password = { authorization: `Bearer ${secret}` };
const alerts = (body: string) => post(`alertmanager/${tokens.alerts}`, body, password);

/** Sends so many at once, again and again with a pause in between, until the time is over. */
async function keepOn(name: string, atOnce: number, pauseMs: number, send: (n: number) => Promise<number>) {
  const statuses: Statuses = {};
  answered[name] = statuses;
  for (let n = 0; performance.now() < endsMs; n += atOnce) {
    const all = await Promise.all(Array.from({ length: atOnce }, (_, i) => send(n + i)));
    for (const status of all) statuses[status] = (statuses[status] ?? 0) + 1;
    await wait(pauseMs);
  }
}

/** As a real sender does: what is refused for now is sent again. */
async function sendHonestly(): Promise<void> {
  const underWay: Promise<void>[] = [];
  while (performance.now() < endsMs) {
    honest.sent += 1;
    const body = JSON.stringify({
      title: `Checkout is slow in ${honest.sent % 2 ? 'Paris' : 'Rome'}`,
      key: honest.sent,
    });
    underWay.push(deliver(body));
    await wait(200);
  }
  await Promise.all(underWay);
}

async function deliver(body: string): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await post(`json/${tokens.honest}`, body, password)) === 200) {
      honest.accepted += 1;
      return;
    }
    honest.sentAgain += 1;
    await wait(1_000);
  }
}

const wrong = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
const large = JSON.stringify({ text: 'x'.repeat(1_000_000) });
const nobody = (n: number) => `json/nobody-has-this-token-${String(n).padStart(8, '0')}`;

await Promise.all([
  keepOn('1 MB of alerts with long names, three at once', 3, 1_000, (n) => alerts(longAlerts(n))),
  keepOn('10,000 alerts in one body', 1, 5_000, (n) => alerts(manyAlerts(n))),
  keepOn('500,000 lists, one in the other', 1, 1_000, () => alerts(deepJson)),
  keepOn('340,000 empty objects', 1, 1_000, () => alerts(wideJson)),
  keepOn('a flood of 50 kB each, twenty at once', 20, 200, (n) =>
    post(`json/${tokens.flood}`, JSON.stringify({ title: 'Flood', key: n, rest: 'x'.repeat(50_000) }), password),
  ),
  keepOn('addresses that nobody has', 20, 100, (n) => post(nobody(n), '{}', password)),
  keepOn('1 MB with a wrong signature, two at once', 2, 250, () => post(`github/${tokens.signed}`, large, wrong)),
  sendHonestly(),
]);
const report: HostileReport = { answered, honest };
process.stdout.write(JSON.stringify(report));
