import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { servePage } from '../../page/server/page-server.ts';
import { accessibilityViolations, type OpenPage, openPage } from '../support/browser.ts';
import { mixed } from '../support/many-people.ts';
import { type Running, runningApp } from '../support/running-app.ts';
import { configureDesk, deskManifest } from './desk-app.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Set SCREENSHOTS to a directory to keep pictures. */
const pictures = process.env.SCREENSHOTS;

let running: Running;
let opened: OpenPage;

beforeEach(async () => {
  running = await runningApp('socket', configureDesk, { manifest: deskManifest, workspace: mixed });
  await servePage(running.sandbox);
  opened = await openPage(running.sandbox.origin);
});
afterEach(async () => {
  await opened?.close();
  await running?.stop();
});

async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `people-${name}.png`) });
}

const switcher = (page: Page) => page.getByRole('button', { name: /switch person/ });

async function become(page: Page, name: RegExp): Promise<void> {
  await switcher(page).click();
  await page.getByRole('menuitemradio', { name }).click();
}

async function openPanel(page: Page) {
  await page.getByRole('link', { name: 'eng-stability' }).click();
  await switcher(page).click();
  await page.getByRole('menuitem', { name: 'People and channels…' }).click();
  return page.getByRole('dialog', { name: 'People and channels' });
}

test('the list of people says what each of them is', async () => {
  const { page } = opened;
  await switcher(page).click();
  const items = await page.getByRole('menuitemradio').allInnerTexts();
  expect(items.map((item) => item.replaceAll('\n', ' '))).toEqual([
    'Ana Berlin · admin',
    'Ben Berlin',
    'Gus Berlin · guest',
    'Sol Berlin · single-channel guest',
    'Nia Berlin · of Northwind',
  ]);
});

test('who is no member of the workspace is offered no commands, and reads only where they are', async () => {
  const { page } = opened;
  const commands = page.getByRole('option', { name: /^\/fault/ });
  const box = page.getByRole('textbox', { name: /^Message #/ });
  await running.sandbox.person('nia').say('partners', 'Hello from Northwind');
  await become(page, /^Gus/);
  // A guest is not in every channel: from here on the page is his.
  await page.getByRole('link', { name: 'general' }).waitFor({ state: 'hidden' });
  await page.getByRole('textbox', { name: 'Message #eng-stability' }).fill('/fa');
  await expect.poll(() => commands.count()).toBe(2);
  await become(page, /^Nia/);
  await page.getByRole('link', { name: 'partners' }).waitFor();
  expect(await page.getByRole('link', { name: 'general' }).count()).toBe(0);
  await page.getByText('shared with Northwind').waitFor();
  await page.getByText('of Northwind', { exact: true }).first().waitFor();
  await picture(page, 'shared');
  await box.fill('/fa');
  expect(await commands.count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Shortcuts' }).count()).toBe(0);
});

test('a visitor makes a guest, takes an account, moves people and opens a channel to others', async () => {
  const { page } = opened;
  const { sandbox } = running;
  const panel = await openPanel(page);
  await picture(page, 'panel');
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'panel-dark');
  expect(await accessibilityViolations(page, 'color-contrast')).toEqual([]);

  await panel.getByRole('combobox', { name: 'Kind of Ben' }).selectOption('guest');
  await expect.poll(() => sandbox.user('ben')?.role).toBe('guest');
  await panel.getByRole('combobox', { name: 'Kind of Gus' }).selectOption('deactivated');
  await expect.poll(() => sandbox.user('gus')?.deleted).toBe(true);
  await panel.getByRole('combobox', { name: 'Kind of Gus' }).selectOption('active again');
  await expect.poll(() => sandbox.user('gus')?.deleted).toBe(false);

  const nia = panel.getByRole('checkbox', { name: 'Nia in #eng-stability' });
  expect(await nia.isDisabled()).toBe(true);
  await panel.getByRole('checkbox', { name: 'shared with Northwind' }).click();
  await nia.click();
  await expect.poll(() => sandbox.channel('eng-stability')?.members.has('UNIANORTHWIND')).toBe(true);
  await panel.getByRole('checkbox', { name: 'harbour-desk in #eng-stability' }).click();
  await panel.getByRole('checkbox', { name: 'private' }).click();
  await expect.poll(() => sandbox.channel('eng-stability')?.kind).toBe('private');
  expect(sandbox.channel('eng-stability')?.members.has(sandbox.app.botUserId)).toBe(false);

  await panel.getByRole('textbox', { name: 'New person' }).fill('Noa');
  await panel.getByRole('textbox', { name: 'of another organisation' }).fill('Northwind');
  await panel.getByRole('button', { name: 'Add' }).click();
  await expect.poll(() => sandbox.user('noa')?.isExternal).toBe(true);
});

test('what cannot be is refused in words, and the panel shows how it is', async () => {
  const { page } = opened;
  const panel = await openPanel(page);
  const kind = panel.getByRole('combobox', { name: 'Kind of Ben' });
  await panel.getByRole('combobox', { name: 'Channel', exact: true }).selectOption('#partners');
  await kind.selectOption('single-channel guest');
  await panel.getByText(/ben is in 3 channels: say in which one/).waitFor();
  await picture(page, 'refused');
  expect(await kind.inputValue()).toBe('member');
  await panel.getByRole('checkbox', { name: 'Sol in #partners' }).click();
  await panel.getByText('sol is a single-channel guest and in #eng-stability already').waitFor();
  expect(await panel.getByRole('checkbox', { name: 'Sol in #partners' }).isChecked()).toBe(false);
});
