import { setTimeout as wait } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import { WebAPIRateLimitedError, type WebClientOptions } from '@slack/web-api';
import { backoffMs, retryAfterMs } from '../../delivery/backoff.ts';
import type { Logger } from '../../log.ts';
import { quietLogger } from '../../log.ts';

type Client = SocketModeReceiver['client'];

export type SocketConnection = {
  receiver: SocketModeReceiver;
  isConnected: () => boolean;
  /** Resolves when the socket is closed, or after `deadlineMs`. */
  stop: (deadlineMs: number) => Promise<void>;
};

const OPEN_TIMEOUT_MS = 10_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * A receiver for Socket Mode that connects again for as long as it takes. The client's own way of reconnecting gives
 * up for ever after one failed call, with a rejection that nobody can catch, and leaves seconds between two connections.
 */
export function socketConnection(options: {
  appToken: string;
  network: WebClientOptions;
  random: () => number;
  log: Logger;
}): SocketConnection {
  const { log, random } = options;
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: quietLogger(log),
    clientPingTimeout: 3_000,
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        ...options.network,
        timeout: OPEN_TIMEOUT_MS,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
  });
  const { client } = receiver;
  const stopping = new AbortController();
  let isConnected = false;
  let reconnecting: Promise<void> | undefined;

  const reconnect = async () => {
    for (let failures = 0; !isConnected && !stopping.signal.aborted; failures += 1) {
      try {
        await client.start();
      } catch (error) {
        const waitMs = Math.min(LONGEST_WAIT_MS, waitAfter(error, failures, random));
        log.warn({ error, failures: failures + 1, waitMs }, 'Slack could not be reached over a socket');
        await wait(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
    reconnecting = undefined;
  };
  client.on('connected', () => {
    isConnected = true;
  });
  client.on('disconnected', () => {
    // Before the first connection a failure is the starter's to hear.
    const wasConnected = isConnected;
    isConnected = false;
    if (wasConnected && !stopping.signal.aborted) reconnecting ??= reconnect();
  });
  surviveFrames(client, log);

  return {
    receiver,
    isConnected: () => isConnected,
    stop: async (deadlineMs) => {
      stopping.abort();
      const closed = client.disconnect().catch(() => {});
      await Promise.race([Promise.all([closed, reconnecting]), wait(deadlineMs, undefined, { ref: false })]);
    },
  };
}

function waitAfter(error: unknown, failures: number, random: () => number): number {
  return error instanceof WebAPIRateLimitedError
    ? retryAfterMs(error.retryAfter, random)
    : backoffMs(failures, random) / 2;
}

/** The client stumbles over a frame whose payload is no event, such as app_rate_limited, outside of any promise. */
function surviveFrames(client: Client, log: Logger): void {
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', async (...frame: unknown[]) => {
    try {
      for (const read of readers) await read(...frame);
    } catch (error) {
      log.warn({ error, type: typeOf(frame[0]) }, 'a frame of Slack could not be read');
    }
  });
}

function typeOf(frame: unknown): string | undefined {
  try {
    const { payload } = JSON.parse(String(frame)) as { payload?: { type?: unknown } };
    return typeof payload?.type === 'string' ? payload.type : undefined;
  } catch {
    return undefined;
  }
}
