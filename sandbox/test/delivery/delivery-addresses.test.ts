import { expect, onTestFinished, test } from 'vitest';
import type { Manifest } from '../../seed/manifest.ts';
import { button, plain } from '../support/against.ts';
import { quietWorkspace } from '../support/quiet-workspace.ts';
import { rawApp } from '../support/raw-app.ts';
import { manifest } from '../support/running-app.ts';

/** An app that listens at the addresses of its manifest, and a message of its with a button and a select. */
async function addressed(change: (at: (path: string) => string) => Partial<Manifest>) {
  const app = await rawApp(() => ({ headers: { 'content-type': 'application/json' }, body: '{"options":[]}' }));
  const at = (path: string) => new URL(path, app.url).href;
  const named = { ...manifest, ...change(at) };
  const { sandbox, client } = await quietWorkspace({ manifest: named, delivery: { kind: 'http' } });
  onTestFinished(async () => {
    await sandbox.close();
    await app.stop();
  });
  const search = { type: 'external_select', action_id: 'find', placeholder: plain('Find'), min_query_length: 0 };
  const blocks = [button, { type: 'actions', block_id: 'c', elements: [search] }];
  const { ts = '' } = await client.chat.postMessage({ channel: 'CENGSTABILITY', text: 'x', blocks: blocks as never });
  await sandbox.settled();
  app.received.length = 0;
  return { sandbox, app, ana: sandbox.person('ana'), message: { channel: 'CENGSTABILITY', ts } };
}

const settings = (at: (path: string) => string) => ({
  event_subscriptions: { ...manifest.settings?.event_subscriptions, request_url: at('/events') },
  interactivity: { is_enabled: true, request_url: at('/pressed'), message_menu_options_url: at('/offered') },
});

test('over HTTP each request goes to the address that the manifest names for it', async () => {
  const { sandbox, app, ana, message } = await addressed((at) => ({
    features: {
      ...manifest.features,
      slash_commands: [
        { command: '/tea', url: at('/tea') },
        { command: '/raw', url: at('/other') },
      ],
    },
    settings: settings(at),
  }));
  await ana.slash('/tea', { channel: 'general' });
  await ana.slash('/raw', { channel: 'general' });
  await ana.click(message, 'go');
  await ana.searchOptions(message, 'find', '');
  await ana.say('eng-stability', 'hello');
  await sandbox.settled();
  expect(app.received.map(({ path }) => path)).toEqual(['/tea', '/other', '/pressed', '/offered', '/events']);
  expect(app.received.every(({ headers }) => headers['x-slack-signature'])).toBe(true);
  expect(await sandbox.checkSsl()).toBe(true);
  expect(app.received.at(-1)?.path).toBe('/tea');
});

test('a request for which the manifest names no address fails, and the auditor reads why', async () => {
  const { app, ana, message } = await addressed((at) => ({
    settings: { ...settings(at), interactivity: { is_enabled: true, request_url: at('/pressed') } },
  }));
  const failed = { outcome: 'connection_failed', detail: 'the manifest names no address for this command' };
  expect(await ana.slash('/tea', { channel: 'general' })).toMatchObject(failed);
  expect(await ana.searchOptions(message, 'find', '')).toEqual([]);
  expect(app.received).toEqual([]);
});
