import { type Logger, LogLevel, type RetryOptions, WebClient } from '@slack/web-api';
import { manualClock } from '../../clock/clock.ts';
import type { Sandbox } from '../../engine/sandbox.ts';
import type { SandboxOptions } from '../../options.ts';
import { startSandbox } from '../../start-sandbox.ts';
import { manifest, START, unhurried } from './running-app.ts';

const ignore = () => {};

/** The client would print each refusal that a test asks for. */
export const silent: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  setLevel: ignore,
  setName: ignore,
  getLevel: () => LogLevel.ERROR,
};

export type Quiet = { sandbox: Sandbox; client: WebClient };

/** A workspace whose app is nothing but a Web API client. */
export async function quietWorkspace(
  options: Partial<SandboxOptions> = {},
  retryConfig: RetryOptions = { retries: 0 },
) {
  const sandbox = await startSandbox({
    manifest,
    clock: manualClock(START),
    ...unhurried,
    delivery: { kind: 'socket' },
    ...options,
  });
  const client = new WebClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl, retryConfig, logger: silent });
  return { sandbox, client };
}

/** The error code that a call answers. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { data } = error as { data?: { error?: string } };
    if (data?.error) return data.error;
    throw error;
  }
  throw new Error('the call was not refused');
}
