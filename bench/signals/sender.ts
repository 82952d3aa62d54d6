import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { mulberry32 } from '../../src/domain/stats/random.ts';

/** What the sender tells when it is done. */
export type SenderReport = {
  sent: number;
  distinct: number;
  /** How many of the distinct were answered with 2xx at least once. */
  accepted: number;
  refused: number;
  latenciesMs: number[];
  tookMs: number;
};

const BURST_EVERY_MS = 500;
const REPEATED = 0.2;
const CLASSES = 40;

const [url = '', secret = '', seconds = '30', perSecond = '400', prefix = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const random = mulberry32(11);

/** One failed charge of one of a few dozen classes; its bytes depend on its number alone, so that a repeat is the same. */
function event(number: number, created: number): string {
  return JSON.stringify({
    id: `evt_${prefix}${number}`,
    object: 'event',
    created,
    livemode: true,
    type: 'charge.failed',
    data: {
      object: {
        id: `ch_${prefix}${number}`,
        object: 'charge',
        customer: `cus_${number % 997}`,
        failure_code: `code_${'abcdefghijklmnopqrstuvwxyz'[number % 26]}${number % CLASSES < 26 ? 'x' : 'y'}`,
        failure_message: 'The card was declined by its issuer, or the network did not answer in time. '.repeat(6),
      },
    },
  });
}

function post(body: string): Promise<{ status: number; tookMs: number }> {
  const timestamp = Math.floor(Date.now() / 1000);
  const v1 = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${timestamp},v1=${v1}` };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode ?? 0, tookMs: performance.now() - startedMs }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const created = Math.floor(Date.now() / 1000);
const perBurst = Math.round((Number(perSecond) * BURST_EVERY_MS) / 1000);
const bursts = Math.round((Number(seconds) * 1000) / BURST_EVERY_MS);
const accepted = new Set<number>();
const report: SenderReport = { sent: 0, distinct: 0, accepted: 0, refused: 0, latenciesMs: [], tookMs: 0 };
const underWay: Promise<void>[] = [];
const startedMs = performance.now();
for (let burst = 0; burst < bursts; burst += 1) {
  for (let i = 0; i < perBurst; i += 1) {
    const isRepeat = report.distinct > 0 && random() < REPEATED;
    const number = isRepeat ? Math.floor(random() * report.distinct) : report.distinct;
    if (!isRepeat) report.distinct += 1;
    report.sent += 1;
    underWay.push(
      post(event(number, created)).then(({ status, tookMs }) => {
        report.latenciesMs.push(tookMs);
        if (status >= 200 && status < 300) accepted.add(number);
        else report.refused += 1;
      }),
    );
  }
  const nextMs = startedMs + (burst + 1) * BURST_EVERY_MS;
  await wait(Math.max(0, nextMs - performance.now()));
}
await Promise.all(underWay);
report.tookMs = performance.now() - startedMs;
report.accepted = accepted.size;
agent.destroy();
process.stdout.write(JSON.stringify(report));
