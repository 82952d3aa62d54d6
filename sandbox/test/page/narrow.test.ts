// @module-tag slow
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../../engine/sandbox.ts';
import { servePage } from '../../page/server/page-server.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { quietWorkspace } from '../support/quiet-workspace.ts';

let sandbox: Sandbox;
let open: OpenPage;
let tableUrl: string;

const words = [
  'Burn-down',
  'To do',
  'Claimed',
  'Open',
  'Last week',
  'Deployments',
  'Connectivity',
  'Launch integration',
];
const cells = (texts: string[]) => texts.map((text) => ({ type: 'raw_text' as const, text }));

beforeAll(async () => {
  const quiet = await quietWorkspace();
  ({ sandbox } = quiet);
  await servePage(sandbox);
  const channel = sandbox.channel('eng-stability')?.id ?? '';
  await quiet.client.chat.postMessage({
    channel,
    text: 'table',
    blocks: [{ type: 'table', rows: [cells(words), cells(words)] }],
  });
  tableUrl = `${sandbox.origin}/#/${channel}`;
  open = await openPage(tableUrl, { width: 1_200, height: 800 });
  await open.page.getByRole('table').waitFor();
});
afterAll(async () => {
  await open.close();
  await sandbox.close();
});

test.each([1_360, 1_200, 1_000, 600])('nothing in the header lies on anything else at %i pixels', async (width) => {
  await open.page.setViewportSize({ width, height: 800 });
  const boxes = await open.page
    .locator('header.top-bar')
    .evaluate((bar) =>
      [...bar.querySelectorAll('button, .banner')]
        .map((part) => ({ name: part.textContent, ...part.getBoundingClientRect().toJSON() }))
        .filter((box) => box.width > 0),
    );
  const overlaps = boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (other) =>
          one.left < other.right - 1 &&
          other.left < one.right - 1 &&
          one.top < other.bottom - 1 &&
          other.top < one.bottom - 1,
      )
      .map((other) => `${one.name} / ${other.name}`),
  );
  expect(overlaps).toEqual([]);
  expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(width);
});

test('a narrow window folds the rail, which opens on demand and folds again where somebody goes', async () => {
  const { page } = open;
  await page.setViewportSize({ width: 600, height: 800 });
  const rail = page.getByRole('navigation', { name: 'Workspace' });
  await rail.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Channels', exact: true }).click();
  await rail.getByRole('link', { name: 'random' }).click();
  await page.getByRole('textbox', { name: 'Message #random' }).waitFor();
  await rail.waitFor({ state: 'hidden' });
  await page.setViewportSize({ width: 1_200, height: 800 });
  await rail.waitFor({ state: 'visible' });
});

test('a wide table is scrolled, and its words stay whole', async () => {
  await open.page.setViewportSize({ width: 600, height: 800 });
  await open.page.goto(tableUrl);
  const sizes = await open.page.locator('.table-scroll').evaluate((box) => ({
    inner: box.scrollWidth,
    outer: box.clientWidth,
    page: document.documentElement.scrollWidth,
  }));
  expect(sizes.inner).toBeGreaterThan(sizes.outer);
  expect(sizes.page).toBeLessThanOrEqual(600);
});

test('no error was logged', () => {
  expect(open.errors).toEqual([]);
});
