// @module-tag slow
import { type App, Assistant } from '@slack/bolt';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { servePage } from '../../page/server/page-server.ts';
import type { Manifest } from '../../seed/manifest.ts';
import { accessibilityViolations, launchBrowser, type OpenPage, openPage } from '../support/browser.ts';
import { pier } from '../support/installable-app.ts';
import { manifest, type Running, runningApp } from '../support/running-app.ts';

const talking: Manifest = {
  ...manifest,
  features: { ...manifest.features, assistant_view: {}, unfurl_domains: ['tea.example'] },
  oauth_config: {
    redirect_urls: ['https://tea.example/redirect'],
    scopes: { bot: [...(manifest.oauth_config?.scopes?.bot ?? []), 'assistant:write', 'links:read', 'links:write'] },
  },
  settings: {
    event_subscriptions: {
      bot_events: ['assistant_thread_started', 'message.im', 'link_shared', 'entity_details_requested'],
    },
  },
  functions: { steep: { title: 'Steep tea', input_parameters: { leaf: { type: 'string', title: 'Leaf' } } } },
};

const assam = {
  entity_type: 'slack#/entities/item',
  external_ref: { id: '42' },
  url: 'https://tea.example/42',
  app_unfurl_url: 'https://tea.example/42',
  entity_payload: {
    attributes: { title: { text: 'Assam' }, display_type: 'Tea' },
    custom_fields: [{ key: 'minutes', label: 'Minutes', type: 'integer', value: 4 }],
  },
};

const feedback = {
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      action_id: 'feedback',
      positive_button: { text: { type: 'plain_text', text: 'Good' }, value: 'good', accessibility_label: 'Tasty' },
      negative_button: { text: { type: 'plain_text', text: 'Bad' }, value: 'bad', accessibility_label: 'Stale' },
    },
  ],
};

function configure(app: App): void {
  const assistant = new Assistant({
    threadStarted: async ({ say, setSuggestedPrompts }) => {
      await say('What shall it be?');
      await setSuggestedPrompts({ title: 'Try', prompts: [{ title: 'Strong', message: 'A strong one' }] });
    },
    userMessage: async ({ setStatus, sayStream }) => {
      await setStatus('is steeping');
      const stream = sayStream();
      await stream.append({ markdown_text: '**Ready**, mind the cup' });
      await stream.stop({ blocks: [feedback] as never });
    },
  });
  app.assistant(assistant);
  app.action('feedback', async ({ ack, action, respond }) => {
    await ack();
    await respond({ replace_original: false, text: `noted: ${'value' in action ? action.value : ''}` });
  });
  app.function('steep', async ({ inputs, client, complete }) => {
    await client.chat.postMessage({ channel: 'CENGSTABILITY', text: `Steeping ${inputs.leaf}` });
    await complete();
  });
  app.event('link_shared', async ({ event, client }) => {
    const { channel, message_ts: ts } = event;
    await client.chat.unfurl({ channel, ts, metadata: { entities: [assam] } as never });
  });
  app.event('entity_details_requested', async ({ event, client }) => {
    await client.entity.presentDetails({ trigger_id: event.trigger_id, metadata: assam as never });
  });
}

let browser: Browser;
let running: Running;
let opened: OpenPage;

beforeAll(async () => {
  running = await runningApp('socket', configure, { manifest: talking, otherWorkspaces: [pier] });
  await servePage(running.sandbox);
  browser = await launchBrowser();
});
afterEach(async () => {
  await opened.close();
  expect(opened.errors).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await running.stop();
});

const open = async (path: string) => {
  opened = await openPage(`${running.sandbox.origin}/${path}`, { browser });
  return opened.page;
};

test('a talk with an assistant begins with its prompts, and its answer can be judged', async () => {
  await running.sandbox.person('ana').openAssistant();
  const [dm] = running.sandbox.snapshot('UANA00000').channels.filter(({ kind }) => kind === 'im');
  const page = await open(`#/${dm?.id}`);
  await page.getByRole('button', { name: 'New chat' }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByText('What shall it be?').waitFor();
  await thread.getByRole('button', { name: 'Strong' }).click();
  await thread.getByText('mind the cup').waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
  await thread.getByRole('button', { name: 'Tasty' }).click();
  await thread.getByText('noted: good').waitFor();
});

test('a link to the app’s world is a card that opens, and a step runs with what is typed', async () => {
  const page = await open('#/CENGSTABILITY');
  const composer = page.getByRole('textbox', { name: 'Message #eng-stability' });
  await composer.fill('see https://tea.example/42.');
  await composer.press('Enter');
  await page.getByRole('button', { name: 'Assam Tea' }).click();
  const details = page.getByRole('dialog', { name: 'Assam' });
  await details.getByText('Minutes').waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
  await details.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('menuitem', { name: /Steep tea/ }).click();
  await page.getByLabel('Leaf').fill('Oolong');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('Steeping Oolong').waitFor();
});

test('the page turns to another workspace, where the app is not, and its install page can be read by everybody', async () => {
  const { clientId, origin } = running.sandbox;
  const page = await open('#/CENGSTABILITY');
  await page.getByRole('button', { name: 'Workspace menu' }).click();
  await page.getByRole('menuitemradio', { name: 'Pier' }).click();
  await page.getByText('Teapot is not installed here.').waitFor();
  await page.getByRole('button', { name: 'You are Paula' }).waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.goto(`${origin}/oauth/v2/authorize?client_id=${clientId}&scope=commands`);
  await page.getByRole('button', { name: 'Allow' }).waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
});
