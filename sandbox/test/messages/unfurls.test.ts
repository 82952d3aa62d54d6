import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import type { Manifest } from '../../seed/manifest.ts';
import { manifest, type Running, runningApp } from '../support/running-app.ts';

const scopes = ['links:read', 'links:write', limits.metadataScope.value];
const linking: Manifest = {
  ...manifest,
  features: { ...manifest.features, [limits.unfurlDomains.value]: ['tea.example'] },
  oauth_config: { scopes: { bot: [...(manifest.oauth_config?.scopes?.bot ?? []), ...scopes] } },
  settings: {
    event_subscriptions: {
      bot_events: ['link_shared', 'entity_details_requested'],
      [limits.metadataWanted.value]: [{ app_id: '*', event_type: 'tea_ordered' }],
    },
  },
};

const assam = {
  entity_type: 'slack#/entities/item',
  external_ref: { id: '42' },
  url: 'https://tea.example/42',
  app_unfurl_url: 'https://tea.example/42',
  entity_payload: { attributes: { title: { text: 'Assam' } } },
};

let running: Running;
const heard: { type: string; [key: string]: unknown }[] = [];

beforeEach(async () => {
  heard.length = 0;
  running = await runningApp(
    'socket',
    (app) => {
      app.event('link_shared', async ({ event, client }) => {
        heard.push({ ...event });
        const unfurls = Object.fromEntries(event.links.map(({ url }) => [url, { title: 'Assam', text: `of ${url}` }]));
        await client.chat.unfurl({ channel: event.channel, ts: event.message_ts, unfurls });
      });
      app.event('entity_details_requested', async ({ event, client }) => {
        await client.entity.presentDetails({ trigger_id: event.trigger_id, metadata: assam as never });
      });
      for (const type of ['posted', 'updated', 'deleted'] as const)
        app.event(`message_metadata_${type}`, async ({ event }) => void heard.push({ ...event }));
    },
    { manifest: linking },
  );
});
afterEach(() => running.stop());

test('links to the app’s own domains are told to it, wherever they are posted, and get what it says about them', async () => {
  const ana = running.sandbox.person('ana');
  const said = await ana.say('random', 'see https://tea.example/42, or https://coffee.example/1');
  await ana.sees((message) => message.attachments !== undefined, { in: 'random' });
  expect(heard).toMatchObject([
    {
      channel: said.channel,
      is_bot_user_member: false,
      links: [{ url: 'https://tea.example/42', domain: 'tea.example' }],
      source: limits.unfurlSource.value,
    },
  ]);
  expect(running.sandbox.message(said)?.attachments).toMatchObject([
    { title: 'Assam', from_url: 'https://tea.example/42', is_app_unfurl: true },
  ]);
});

test('only links that stand in the message are unfurled, and only with something to show', async () => {
  const ana = running.sandbox.person('ana');
  const { channel, ts } = await ana.say('eng-stability', 'see https://tea.example/42 and https://coffee.example/1');
  const refusal = async (args: object) => {
    const error = await running.app.client.chat.unfurl({ channel, ts, ...args } as never).catch((e: unknown) => e);
    return (error as { data: { error: string } }).data.error;
  };
  expect(await refusal({ unfurls: { 'https://tea.example/7': { text: 'x' } } })).toBe(limits.unfurlForeign.value);
  expect(await refusal({ unfurls: { 'https://coffee.example/1': { text: 'x' } } })).toBe('cannot_unfurl_url');
  expect(await refusal({ unfurls: {} })).toBe('missing_unfurls');
  expect(await refusal({ unfurls: 'tea' })).toBe('invalid_unfurls_format');
});

test('somebody whose account is unknown to the app is asked to connect it, alone', async () => {
  const ana = running.sandbox.person('ana');
  const { channel, ts } = await ana.say('eng-stability', 'see https://tea.example/42');
  const asked = { user_auth_required: true, user_auth_url: 'https://tea.example/connect' };
  await running.app.client.chat.unfurl({ channel, ts, unfurls: {}, ...asked } as never);
  expect((await ana.sees('tea.example/connect')).ephemeralTo).toBe(ana.id);
});

test('a work object opens with what the app shows of it, and of no other', async () => {
  const ana = running.sandbox.person('ana');
  const { client } = running.app;
  const posted = await client.chat.postMessage({
    channel: 'CENGSTABILITY',
    text: 'Your tea',
    metadata: { entities: [assam] } as never,
  });
  const message = { channel: 'CENGSTABILITY', ts: String(posted.ts) };
  await ana.openEntity(message, '42');
  await running.sandbox.settled();
  expect(ana.entityDetails()?.entity).toMatchObject({ external_ref: { id: '42' } });
  await expect(ana.openEntity(message, '7')).rejects.toThrow('it shows: 42');
  const lastTrigger = () => {
    const [delivery] = running.sandbox.audit.deliveries('entity_details_requested').slice(-1);
    const payload = delivery?.payload as { event: { trigger_id: string } } | undefined;
    return payload?.event.trigger_id ?? 'no trigger was sent';
  };
  const trigger_id = lastTrigger();
  await expect(client.entity.presentDetails({ trigger_id, metadata: assam as never })).rejects.toMatchObject({
    data: { error: 'exchanged_trigger_id' },
  });
  await ana.openEntity(message, '42');
  const other = { ...assam, external_ref: { id: '7' } };
  await expect(
    client.entity.presentDetails({ trigger_id: lastTrigger(), metadata: other as never }),
  ).rejects.toMatchObject({ data: { error: limits.entityMatches.value } });
});

test('metadata of the kind that the manifest names is told when it comes, changes and goes', async () => {
  const { client } = running.app;
  const metadata = (leaf: string) => ({ event_type: 'tea_ordered', event_payload: { leaf } });
  const channel = 'CENGSTABILITY';
  await client.chat.postMessage({ channel, text: 'x', metadata: { event_type: 'other', event_payload: {} } });
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'x', metadata: metadata('assam') });
  await client.chat.update({ channel, ts, text: 'y', metadata: metadata('oolong') });
  await client.chat.update({ channel, ts, text: 'z', metadata: {} as never });
  await running.sandbox.settled();
  expect(heard.map(({ type, message_ts }) => [type, message_ts])).toEqual([
    ['message_metadata_posted', ts],
    ['message_metadata_updated', ts],
    ['message_metadata_deleted', ts],
  ]);
  expect(heard[1]).toMatchObject({ metadata: metadata('oolong'), previous_metadata: metadata('assam') });
});
