import type { LogLevel, Logger as SlackLogger } from '@slack/bolt';
import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequestId } from './db/engine/request-id.ts';
import { cleanLine } from './domain/text/clean-text.ts';

export type { Logger };

/** The only writer of logs. Tokens, secrets and what people wrote stay out of it. */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    mixin: () => {
      const request = currentRequestId();
      return request ? { request } : {};
    },
    redact: {
      paths: [
        'token',
        '*.token',
        'botToken',
        'appToken',
        'signingSecret',
        'headers',
        '*.headers',
        'text',
        '*.text',
        'body',
        '*.body',
        'error.data',
        'error.original',
      ],
      remove: true,
    },
    serializers: { error: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

// A driver's or Slack client's error may carry the query's values or the request; only what names the fault is kept.
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: cleanLine(String(error), 200) };
  const { code } = error as { code?: unknown };
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined;
  return {
    name: error.name,
    message: cleanLine(error.message.split('\n')[0], 200),
    ...(typeof code === 'string' ? { code } : {}),
    stack: stackOf(error),
    ...(cause ? { cause } : {}),
  };
}

// A message of several lines stands in the stack as well: only the frames are kept.
function stackOf({ stack = '' }: Error): string[] {
  const lines = stack.split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, 8);
}

/** What the Slack packages log, warnings and errors only: below that they write whole bodies. */
export function quietLogger(log: Logger): SlackLogger {
  const words = (parts: unknown[]) =>
    cleanLine(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' '), 300);
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts) => log.warn({ from: 'slack' }, words(parts)),
    error: (...parts) => log.error({ from: 'slack' }, words(parts)),
    setLevel: () => {},
    getLevel: () => 'warn' as LogLevel.WARN,
    setName: () => {},
  };
}
