// @module-tag slow
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { servePage } from '../../page/server/page-server.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { type Running, runningApp } from '../support/running-app.ts';
import { configureDesk, deskManifest } from './desk-app.ts';

let running: Running;
let opened: OpenPage;

beforeEach(async () => {
  running = await runningApp('socket', configureDesk, { manifest: deskManifest });
  await running.sandbox.person('ben').say('eng-stability', 'Gate 2 sticks');
  await servePage(running.sandbox);
  opened = await openPage(`${running.sandbox.origin}/#/CENGSTABILITY`);
});
afterEach(async () => {
  await opened.close();
  await running.stop();
  expect(opened.errors).toEqual([]);
});

/** What a screen reader would say of the element that has the focus, as far as it tells one from the other. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    const labels = (element as HTMLInputElement | null)?.labels ?? [];
    const named = element?.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const words = [...named.map((id) => document.getElementById(id)), ...labels].map((label) => label?.textContent);
    return [element?.getAttribute('aria-label'), ...words, element?.textContent].filter(Boolean).join(' ');
  });

/** Presses Tab, or Shift+Tab, until what has the focus says so. */
async function tabTo(page: Page, wanted: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    const name = await focused(page);
    if (wanted.test(name)) return;
    passed.push(name.slice(0, 40));
  }
  throw new Error(`the keyboard does not reach ${wanted}: ${passed.join(' | ')}`);
}

/** What has the focus at the very moment at which an element with this role comes up after the key. */
async function focusWhenShown(page: Page, role: string, key: string): Promise<string | undefined> {
  const shown = await page.evaluateHandle((wanted) => {
    const focus = new Promise<string | undefined>((resolve) => {
      new MutationObserver((_changes, observer) => {
        const found = document.querySelector(`[role=${wanted}], ${wanted}[open]`);
        if (!found) return;
        observer.disconnect();
        const { activeElement: focused } = document;
        resolve(found.contains(focused) ? focused?.id || focused?.textContent || '' : undefined);
      }).observe(document.body, { childList: true, subtree: true, attributes: true });
    });
    // In an object, so that it is not waited for here.
    return { focus };
  }, role);
  await page.keyboard.press(key);
  return shown.evaluate(({ focus }) => focus);
}

test('a menu has the focus as soon as it shows, so that no key goes astray', async () => {
  const { page } = opened;
  await page.getByRole('button', { name: /^You are Ana/ }).focus();
  expect(await focusWhenShown(page, 'menu', 'Enter')).toContain('Ana Kovač');
});

test('a form has the focus as soon as it shows, and gives it back', async () => {
  const { page } = opened;
  const composer = page.getByRole('textbox', { name: 'Message #eng-stability' });
  await composer.fill('/fault Pump 3 loses prime');
  expect(await focusWhenShown(page, 'dialog', 'Enter')).toMatch(/./);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Report a fault' }).waitFor({ state: 'detached' });
  expect(await focused(page)).toMatch(/^Message #eng-stability/);
});

test('everything can be reached and done without a mouse', async () => {
  const { page } = opened;
  const ben = running.sandbox.person('ben');
  await page.getByText('Gate 2 sticks').waitFor();
  await tabTo(page, /^Message #eng-stability/);
  await page.keyboard.type('/fault Pump 3 loses prime');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Report a fault' }).waitFor();
  await tabTo(page, /^Area|Choose an area/);
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await tabTo(page, /^Report$/);
  await page.keyboard.press('Enter');
  await ben.sees('Pump 3 loses prime', { in: 'eng-stability' });
  await page.getByRole('dialog', { name: 'Report a fault' }).waitFor({ state: 'detached' });

  await tabTo(page, /^Ben Okafor, /, 'Shift+Tab');
  await tabTo(page, /^Add reaction/);
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await ben.sees(({ text, reactions }) => text === 'Gate 2 sticks' && reactions.length === 1);

  await tabTo(page, /^You are Ana/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  expect(await focused(page)).toMatch(/^You are Ana/);
  await tabTo(page, /^Inspector/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Inspector' }).waitFor();
});
