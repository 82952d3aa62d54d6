// @module-tag slow
import { afterEach, expect, test } from 'vitest';
import { servePage } from '../../page/server/page-server.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { type Running, runningApp } from '../support/running-app.ts';

let running: Running | undefined;
let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  await running?.stop();
});

test('a channel of ten thousand messages opens at its end, scrolls far back, and never fills the document', async () => {
  running = await runningApp('socket', () => {});
  const { sandbox } = running;
  await servePage(sandbox);
  const ben = sandbox.person('ben');
  for (let count = 1; count <= 10_000; count += 1) await ben.say('random', `message ${count}`);
  opened = await openPage(`${sandbox.origin}/#/CRANDOM00`);
  const { page } = opened;
  await page.getByText('message 10000', { exact: true }).waitFor();

  const scroll = page.getByRole('log', { name: 'Messages' });
  const most = await scroll.evaluate(async (box) => {
    let highest = 0;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let steps = 0; steps < 2000 && !box.textContent?.includes('message 8500'); steps += 1) {
      box.scrollTop = 0;
      await frame();
      highest = Math.max(highest, box.querySelectorAll('article').length);
    }
    return highest;
  });
  expect(most).toBeLessThanOrEqual(300);
  await page.getByText('message 8500', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'general' }).click();
  await page.getByRole('link', { name: 'random' }).click();
  await page.getByText('message 10000', { exact: true }).waitFor();
  await ben.say('random', 'one more');
  await page.getByText('one more', { exact: true }).waitFor();
});
