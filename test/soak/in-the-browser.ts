import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { smallPng } from './small-png.ts';

/** Set SCREENSHOTS to a directory to keep a picture of each station. */
const pictures = process.env.SCREENSHOTS;

/** Types into the channel that is open. */
export async function type(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message #eng-stability' });
  await composer.fill(text);
  await composer.press('Enter');
}

export async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^You are/ }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
  await page.getByRole('button', { name: `You are ${name.split(' ')[0]}` }).waitFor();
}

export async function choose(form: Locator, label: string, option: string | RegExp): Promise<void> {
  await form.getByRole('combobox', { name: label }).click();
  await form.getByRole('option', { name: option, exact: true }).click();
}

/** A window of the app, by its title. */
export function dialog(page: Page, title: string): Locator {
  return page.getByRole('dialog', { name: title, exact: true });
}

export async function closeAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close all' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Opens a page of the settings, by the button that leads to it. */
export async function settings(page: Page, button: string): Promise<void> {
  await type(page, '/defect settings');
  await dialog(page, 'Program settings').getByRole('button', { name: button }).click();
}

/** The message whose words these are, the newest where there are several. */
export function messageWith(page: Page | Locator, words: string | RegExp): Locator {
  return page.getByRole('article').filter({ hasText: words }).last();
}

export async function keepPicture(of: Page | Locator, name: string): Promise<void> {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  const page = 'page' in of ? of.page() : of;
  await writeFile(join(pictures, `${name}.png`), await smallPng(page, await of.screenshot()));
}
