import { onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../options.ts';
import { quietWorkspace } from './quiet-workspace.ts';
import { type Received, type Reply, rawApp } from './raw-app.ts';

/** A workspace whose app answers each request over HTTP as told. Both end with the test. */
export async function against(
  reply: (received: Received, count: number, url: string) => Reply,
  options: Partial<SandboxOptions> = {},
) {
  const app = await rawApp((received, count) => reply(received, count, app.url));
  const quiet = await quietWorkspace({ delivery: { kind: 'http', url: app.url }, ...options });
  onTestFinished(async () => {
    await quiet.sandbox.close();
    await app.stop();
  });
  return { ...quiet, received: app.received, ana: quiet.sandbox.person('ana') };
}

/** What a command, an interaction or an event carried. */
export const payloadOf = (received: Received | undefined) => {
  const form = Object.fromEntries(new URLSearchParams(received?.body));
  return (form.payload ? JSON.parse(form.payload) : form) as { [key: string]: unknown };
};

export const json = (body: object): Reply => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const plain = (text: string) => ({ type: 'plain_text', text });

export const button = {
  type: 'actions',
  block_id: 'b',
  elements: [{ type: 'button', action_id: 'go', text: plain('Go') }],
};
