import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { limits } from '../rules/limits.ts';
import { signRequest } from './sign-request.ts';
import type { Ack, Outgoing, Transport } from './transport.ts';

/** Bolt compares the header with ===, so a charset after it would be refused. */
const FORM = limits.commandContentType.value;

function encode(outgoing: Outgoing): { contentType: string; body: string } {
  if (outgoing.kind === 'event') return { contentType: 'application/json', body: JSON.stringify(outgoing.payload) };
  const fields =
    outgoing.kind === 'command'
      ? Object.entries(outgoing.payload).map(([name, value]): [string, string] => [name, String(value)])
      : [['payload', JSON.stringify(outgoing.payload)]];
  return { contentType: FORM, body: new URLSearchParams(fields).toString() };
}

type Answer = { status: number; headers: IncomingMessage['headers']; text: string };

function post(url: string, headers: { [name: string]: string }, body: string, agent: Agent, signal: AbortSignal) {
  return new Promise<Answer>((resolve, reject) => {
    const secure = url.startsWith('https:');
    const options = { method: 'POST', headers, signal, ...(secure ? {} : { agent }) };
    const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

function parseBody(answer: Answer): unknown {
  if (answer.text === '') return undefined;
  if (!String(answer.headers['content-type'] ?? '').includes('json')) return answer.text;
  try {
    return JSON.parse(answer.text);
  } catch {
    return answer.text;
  }
}

/** Signed POSTs, as Slack sends them, each to its address. */
export function httpTransport(
  addressFor: (outgoing: Outgoing) => string | undefined,
  signingSecret: () => string,
): Transport {
  const agent = new Agent({ keepAlive: true });

  async function follow(outgoing: Outgoing, signal: AbortSignal): Promise<Ack> {
    const { contentType, body } = encode(outgoing);
    const address = addressFor(outgoing);
    if (!address)
      return { outcome: 'connection_failed', detail: `the manifest names no address for this ${outgoing.kind}` };
    let target = address;
    for (let hops = 0; ; hops += 1) {
      // Receivers check the age against their own clock, so this one is the wall's.
      const headers: { [name: string]: string } = {
        'Content-Type': contentType,
        'Content-Length': String(Buffer.byteLength(body)),
        'User-Agent': 'Slackbot 1.0 (sandbox)',
        Accept: '*/*',
        ...(outgoing.unsigned ? {} : signRequest(signingSecret(), Math.floor(Date.now() / 1000), body)),
      };
      if (outgoing.attempt > 0) {
        headers['X-Slack-Retry-Num'] = String(outgoing.attempt);
        headers['X-Slack-Retry-Reason'] = outgoing.retryReason ?? 'unknown_error';
      }
      const answer = await post(target, headers, body, agent, signal);
      const location = answer.headers.location;
      if (answer.status >= 300 && answer.status < 400 && location) {
        if (hops === limits.eventRedirects.value)
          return { outcome: 'http_error', httpStatus: answer.status, detail: 'too_many_redirects' };
        target = new URL(location, target).href;
        continue;
      }
      const noRetry = answer.headers['x-slack-no-retry'] === '1';
      const fine = outgoing.kind === 'event' ? answer.status >= 200 && answer.status < 300 : answer.status === 200;
      if (!fine) return { outcome: 'http_error', httpStatus: answer.status, detail: `HTTP ${answer.status}`, noRetry };
      return { outcome: 'acked', httpStatus: answer.status, body: parseBody(answer) };
    }
  }

  return {
    async send(outgoing) {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), outgoing.deadlineMs);
      try {
        return await follow(outgoing, deadline.signal);
      } catch (error) {
        if (deadline.signal.aborted)
          return { outcome: 'timeout', detail: `no answer within ${outgoing.deadlineMs} ms` };
        return { outcome: 'connection_failed', detail: error instanceof Error ? error.message : String(error) };
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      agent.destroy();
    },
  };
}
