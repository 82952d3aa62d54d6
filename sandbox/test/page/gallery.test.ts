// @module-tag slow
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Block } from '../../blocks/block.ts';
import { servePage } from '../../page/server/page-server.ts';
import { accessibilityViolations, type OpenPage, openPage } from '../support/browser.ts';
import { type Running, runningApp } from '../support/running-app.ts';
import { configureDesk, deskManifest } from './desk-app.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (text: string) => ({ text: plain(text), value: text });
const pixel = 'https://example.invalid/pixel.png';
const categories = ['w1', 'w2'];
const data = categories.map((label, index) => ({ label, value: index + 1 }));
const chart = (type: string) => ({
  type,
  series: [
    { name: 'Open', data },
    { name: 'New', data },
  ],
  axis_config: { categories },
});

const messages: Block[][] = [
  [
    { type: 'section', text: plain('*not bold* <!channel> :eyes:') },
    {
      type: 'section',
      text: mrkdwn('*bold* &lt;b&gt; <https://example.com|a link>'),
      accessory: { type: 'image', image_url: pixel, alt_text: 'A pump' },
    },
    {
      type: 'context',
      elements: [{ type: 'image', image_url: pixel, alt_text: 'Mark' }, mrkdwn('small print')] as never,
    },
    { type: 'image', image_url: pixel, alt_text: 'The pump house', title: plain('Pump house') as never },
    {
      type: 'actions',
      elements: [
        { type: 'checkboxes', action_id: 'c', options: [option('Diver'), option('Safety')] },
        { type: 'radio_buttons', action_id: 'r', options: [option('Yes'), option('No')] },
        { type: 'datepicker', action_id: 'd' },
        { type: 'timepicker', action_id: 't' },
        { type: 'channels_select', action_id: 'ch', placeholder: plain('Channel') },
        { type: 'multi_static_select', action_id: 'm', options: [option('One')], placeholder: plain('Several') },
      ],
    },
  ],
  [
    {
      type: 'data_visualization',
      title: 'Harm by area',
      chart: {
        type: 'pie',
        segments: [
          { label: 'Pumps', value: 3 },
          { label: 'Gates', value: 1 },
        ],
      },
    },
    { type: 'data_visualization', title: 'By week', chart: chart('bar') },
  ],
  [{ type: 'data_visualization', title: 'Over time', chart: chart('area') }],
  [
    { type: 'markdown', text: '## Heading\n**bold** and `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |' as never },
    { type: 'alert', level: 'warning', text: mrkdwn('Low tide at 14:00') },
    { type: 'card', title: mrkdwn('Crane 4'), subtitle: mrkdwn('drifts'), body: mrkdwn('under load') },
  ],
];

let running: Running;
let opened: OpenPage;
let page: Page;

beforeEach(async () => {
  running = await runningApp('socket', configureDesk, { manifest: deskManifest });
  await servePage(running.sandbox);
});

afterEach(async () => {
  await opened?.close();
  await running.stop();
});

test('every kind of block is drawn, in words that a screen reader gets too', async () => {
  for (const blocks of messages) {
    await running.app.client.chat.postMessage({ channel: 'CENGSTABILITY', text: 'gallery', blocks: blocks as never });
  }
  opened = await openPage(running.sandbox.origin);
  page = opened.page;
  await page.route('**/pixel.png', (route) => route.fulfill({ status: 404 }));
  await page.getByText('Low tide at 14:00').waitFor();
  expect(await page.getByText('*not bold* <!channel>').count()).toBe(1);
  expect(await page.locator('strong', { hasText: /^bold$/ }).count()).toBe(2);
  expect(await page.getByText('<b>').count()).toBe(1);
  for (const name of [
    /Harm by area: Pumps 3 \(75 %\)/,
    /By week\. Open: w1 1, w2 2/,
    /Over time/,
    'The pump house',
    'A pump',
  ]) {
    expect(await page.getByRole('img', { name }).count(), String(name)).toBe(1);
  }
  expect(await page.getByText('does not draw').count()).toBe(0);
  const diver = page.getByRole('checkbox', { name: 'Diver' });
  await diver.check();
  await page.getByRole('radio', { name: 'Yes' }).check();
  expect(await diver.isChecked()).toBe(true);
  expect(await accessibilityViolations(page)).toEqual([]);
});
