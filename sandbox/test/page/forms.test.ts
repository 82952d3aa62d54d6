// @module-tag slow
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SandboxOptions } from '../../options.ts';
import { servePage } from '../../page/server/page-server.ts';
import { accessibilityViolations, launchBrowser, type OpenPage, openPage } from '../support/browser.ts';
import { type Running, runningApp } from '../support/running-app.ts';
import { configureForms, formsManifest } from './forms-app.ts';

let browser: Browser;
let running: Running;
let opened: OpenPage;
let silent: boolean;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function start(options: Partial<SandboxOptions> = {}): Promise<void> {
  running = await runningApp('socket', (app) => configureForms(app, () => silent), {
    manifest: formsManifest,
    ...options,
  });
  await servePage(running.sandbox);
  opened = await openPage(`${running.sandbox.origin}/#/CGENERAL0`, { browser });
}

async function stop(): Promise<void> {
  await opened.close();
  await running.stop();
  expect(opened.errors).toEqual([]);
}

beforeEach(async () => {
  silent = false;
  await start();
});
afterEach(stop);

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message #general' });

async function openForm(page: Page): Promise<Locator> {
  await composer(page).fill('/declare');
  await composer(page).press('Enter');
  const form = page.getByRole('dialog', { name: 'Declare cargo' });
  await form.waitFor();
  return form;
}

async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^You are/ }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
  await page.getByRole('button', { name: `You are ${name}` }).waitFor();
}

const paper = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`paper ${name}`) });

const submitted = () =>
  running.sandbox.audit.deliveries('view_submission').map(({ payload }) => {
    const { state } = payload.view as { state: { values: Record<string, Record<string, Record<string, unknown>>> } };
    return state.values;
  });

test('files are attached to a form, taken away again, and sent with it', async () => {
  const { page } = opened;
  const form = await openForm(page);
  const field = form.getByLabel('Papers');
  await field.setInputFiles([paper('bill.txt'), paper('manifest.txt')]);
  await form.getByText('2 of 2 files attached').waitFor();
  await form.getByRole('button', { name: 'Remove bill.txt' }).click();
  await form.getByText('1 of 2 files attached').waitFor();
  await field.setInputFiles([{ ...paper('virus.exe') }]);
  await page.getByText(/"virus.exe" is not one of: txt, png/).waitFor();
  await form.getByText('1 of 2 files attached').waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
  await form.getByRole('button', { name: 'Declare' }).click();
  await form.waitFor({ state: 'detached' });
  expect(submitted()[0]?.papers?.papers?.files).toMatchObject([{ name: 'manifest.txt', mimetype: 'text/plain' }]);
});

test('a message takes files along, with and without words', async () => {
  const { page } = opened;
  await page.getByLabel('Attach files').setInputFiles([paper('log.txt')]);
  await page.getByRole('button', { name: 'Send' }).click();
  const ben = running.sandbox.person('ben');
  const message = await ben.sees(({ files }) => files.length === 1, { in: 'general' });
  expect(Buffer.from(running.sandbox.file(message.files[0] ?? '')?.bytes ?? []).toString()).toBe('paper log.txt');
  await page.getByLabel('Attach files').setInputFiles([paper('again.txt')]);
  await composer(page).fill('and one more');
  await composer(page).press('Enter');
  expect((await ben.sees('and one more', { in: 'general' })).files).toHaveLength(1);
});

test('a conversation to pick is the current one at first, and may be somebody’s direct messages', async () => {
  const { page } = opened;
  const form = await openForm(page);
  const tell = form.getByRole('combobox', { name: 'Tell' });
  expect(await tell.inputValue()).toBe('#general');
  await tell.fill('customs');
  await form.getByText('Nothing matches').waitFor();
  await tell.fill('Ben');
  await form.getByRole('option', { name: /Ben Okafor/ }).click();
  await expect.poll(() => tell.inputValue()).toBe('Ben Okafor');
  await form.getByRole('button', { name: 'Declare' }).click();
  await form.waitFor({ state: 'detached' });
  const direct = submitted()[0]?.tell?.tell?.selected_conversation;
  expect(running.sandbox.channel(String(direct))).toMatchObject({ kind: 'im' });
});

test('a form that the app does not answer says so and keeps what was entered', async () => {
  await stop();
  await start({ ackDeadlineMs: 3000 });
  const { page } = opened;
  silent = true;
  const form = await openForm(page);
  await form.getByRole('textbox', { name: 'Goods' }).fill('Oranges');
  await form.getByRole('button', { name: 'Declare' }).click();
  await form.getByRole('alert').getByText('We had some trouble connecting. Try again?').waitFor();
  expect(await form.getByRole('textbox', { name: 'Goods' }).inputValue()).toBe('Oranges');
  expect(await accessibilityViolations(page)).toEqual([]);
  silent = false;
  await form.getByRole('button', { name: 'Declare' }).click();
  await form.waitFor({ state: 'detached' });
});

test('a form on top of a form gives way to the one below, and what was typed there is kept', async () => {
  const { page } = opened;
  const below = await openForm(page);
  await below.getByRole('textbox', { name: 'Goods' }).fill('Pears');
  await below.getByRole('button', { name: 'Add an owner' }).click();
  const above = page.getByRole('dialog', { name: 'Owner' });
  await above.getByText('step 2').waitFor();
  await below.waitFor({ state: 'detached' });
  await above.getByRole('textbox', { name: 'Name' }).fill('Marlow');
  await page.keyboard.press('Escape');
  await below.waitFor();
  expect(await below.getByRole('textbox', { name: 'Goods' }).inputValue()).toBe('Pears');
  await below.getByRole('button', { name: 'Add an owner' }).click();
  await above.getByRole('button', { name: 'Keep' }).click();
  await below.waitFor();
  await below.getByRole('button', { name: 'Add an owner' }).click();
  await above.getByRole('button', { name: 'Close all' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The page closes its forms at once, and tells the workspace.
  await expect.poll(() => running.sandbox.person('ana').modalStack()).toEqual([]);
});

test('somebody’s open form keeps nobody else from working, and waits as it was left', async () => {
  const { page } = opened;
  const form = await openForm(page);
  await form.getByRole('textbox', { name: 'Goods' }).pressSequentially('Cocoa');
  await become(page, 'Ben');
  await form.waitFor({ state: 'detached' });
  await composer(page).fill('Ben was here');
  await composer(page).press('Enter');
  await running.sandbox.person('chloe').sees('Ben was here', { in: 'general' });
  await become(page, 'Ana');
  await form.waitFor();
  expect(await form.getByRole('textbox', { name: 'Goods' }).inputValue()).toBe('Cocoa');
});

test('words typed while a form closes, and words not sent yet, are never lost', async () => {
  const { page } = opened;
  await page.route('**/sandbox/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await route.continue().catch(() => {});
  });
  for (const goods of ['one', 'two', 'three']) {
    const form = await openForm(page);
    await form.getByRole('textbox', { name: 'Goods' }).fill(goods);
    await form.getByRole('button', { name: 'Cancel' }).click();
  }
  expect(running.sandbox.audit.deliveries('slash_command')).toHaveLength(3);
  await composer(page).fill('half a thought');
  await become(page, 'Ben');
  expect(await composer(page).inputValue()).toBe('');
  await page.getByRole('link', { name: 'random' }).click();
  await become(page, 'Ana');
  await page.getByRole('link', { name: 'general' }).click();
  expect(await composer(page).inputValue()).toBe('half a thought');
});

test('each fault is switched on and off by itself', async () => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Inspector' }).click();
  await page.getByRole('button', { name: /^Faults/ }).click();
  await page.getByRole('button', { name: /Slow API/ }).click();
  await page.getByRole('button', { name: /Outage/ }).click();
  await expect.poll(() => running.sandbox.faults.list().map(({ kind }) => kind)).toEqual(['delay', 'fail']);
  await page.getByRole('button', { name: /Slow API/, pressed: true }).click();
  await expect.poll(() => running.sandbox.faults.list().map(({ kind }) => kind)).toEqual(['fail']);
  await page.getByRole('button', { name: 'Remove fail on *' }).click();
  await expect.poll(() => running.sandbox.faults.list()).toEqual([]);
});
