// @module-tag slow
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { servePage } from '../../page/server/page-server.ts';
import { accessibilityViolations, type OpenPage, openPage } from '../support/browser.ts';
import { type Running, runningApp } from '../support/running-app.ts';
import { configureDesk, deskManifest } from './desk-app.ts';

let running: Running;
let opened: OpenPage;

afterEach(async () => {
  await opened?.close();
  await running?.stop();
});

async function enter(): Promise<Page> {
  opened = await openPage(running.sandbox.origin);
  await opened.page.getByRole('link', { name: 'eng-stability' }).click();
  return opened.page;
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message #eng-stability' });

async function command(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

beforeEach(async () => {
  running = await runningApp('socket', configureDesk, { manifest: deskManifest });
  await servePage(running.sandbox);
});

test('Ana reports a fault, accepts it, talks about it in its thread, and nothing is hard to read in light or dark colours', async () => {
  await running.sandbox
    .person('ben')
    .say('eng-stability', 'Morning @ana, *gate 2* sticks. See https://example.com/log');
  const page = await enter();
  // Structure is the same in both; only what colours can break is looked at twice.
  const cleanOnce = async (where: string) => expect(await accessibilityViolations(page), where).toEqual([]);
  const clean = async (where: string) => {
    await cleanOnce(where);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await accessibilityViolations(page, 'color-contrast'), `${where}, dark`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  };
  await page.getByText('@Ana Kovač').waitFor();
  await cleanOnce('channel');

  await composer(page).fill('/fa');
  await page.getByRole('option', { name: /^\/fault \[what failed\]/ }).waitFor();
  await composer(page).press('Tab');
  await composer(page).pressSequentially('Pum');
  await composer(page).press('Enter');
  const form = page.getByRole('dialog', { name: 'Report a fault' });
  await form.waitFor();
  await cleanOnce('form');

  await form.getByRole('button', { name: 'Report', exact: true }).click();
  await form.getByText('Please fill in this field.').waitFor();
  await form.getByRole('combobox', { name: 'Area' }).click();
  await clean('open select');
  await form.getByRole('option', { name: 'Pumps' }).click();
  await form.getByRole('combobox', { name: 'Spare part' }).fill('40');
  await form.getByRole('option', { name: 'Impeller 40 mm' }).click();
  await form.getByRole('combobox', { name: 'Who should know?' }).fill('chl');
  await form.getByRole('combobox', { name: 'Who should know?' }).press('Enter');
  await form.getByRole('button', { name: 'Remove Chloé Martin' }).waitFor();
  await form.getByRole('button', { name: 'Report', exact: true }).click();
  await form.getByText('Say it in at least five letters.').waitFor();
  await clean('form with an error');
  await form.getByRole('textbox', { name: 'What failed?' }).fill('Pump 3 loses prime');
  await form.getByRole('button', { name: 'Report', exact: true }).click();
  await form.waitFor({ state: 'detached' });

  await page.getByText('Only visible to you').waitFor();
  await page.getByRole('button', { name: 'Dismiss', exact: true }).first().click();
  await cleanOnce('confirmation');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: '1 reply' }).click();
  const reply = page.getByRole('textbox', { name: 'Reply…' });
  await reply.fill('/fault in here');
  await page.getByText('/fault is not supported in threads. Sorry!').waitFor();
  await clean('thread');
  await reply.fill('Me, after lunch.');
  await reply.press('Enter');
  await page.getByRole('complementary', { name: 'Thread' }).getByText('Me, after lunch.').waitFor();
  await page.getByRole('button', { name: 'Close thread' }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('due Friday 4 December').waitFor();

  await command(page, '/fault-report');
  await page.getByRole('img', { name: /Open, claimed and proven faults/ }).waitFor();
  await clean('report');

  await page.getByRole('link', { name: /Harbour Desk/ }).click();
  await page.getByText('have closed 0').waitFor();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('have closed 1').waitFor();
  await cleanOnce('home');
  await page.getByRole('button', { name: 'Messages' }).click();
  await page.getByText('You own Pump 3 loses prime now').waitFor();

  await page.getByRole('button', { name: 'Inspector' }).click();
  await page.getByRole('button', { name: 'chat.update' }).click();
  await page.getByRole('region', { name: 'Details' }).waitFor();
  await clean('inspector');
  expect(running.sandbox.audit.brokenRules()).toEqual([]);
  expect(opened.errors).toEqual([]);
});

test('the clock moves from the page and is the workspace’s for whoever looks; messages keep the reader’s own time', async () => {
  await running.sandbox.person('ben').say('eng-stability', 'what time is it?');
  const page = await enter();
  await page.getByRole('article', { name: 'Ben Okafor, 10:00 AM' }).waitFor();
  await page.getByRole('button', { name: 'Next Friday 15:00' }).click();
  await page.getByRole('button', { name: /Fri, Nov 27, 2026.*03:00 PM/ }).waitFor();
  await page.getByRole('button', { name: /^You are Ana/ }).click();
  await page.getByRole('menuitemradio', { name: /Ben Okafor/ }).click();
  await page.getByRole('article', { name: 'Ben Okafor, 4:00 AM' }).waitFor();
  await page.getByRole('button', { name: /Fri, Nov 27, 2026.*03:00 PM.*Berlin/ }).waitFor();
  await page.getByRole('button', { name: 'Next Monday 10:00' }).click();
  await page.getByRole('button', { name: /Mon, Nov 30, 2026.*10:00 AM.*Berlin/ }).waitFor();
});

test('shortcuts open from a message, from the composer, and a closed form tells the app', async () => {
  await running.sandbox.person('ben').say('eng-stability', 'Crane 4 drifts');
  const page = await enter();
  await page.getByText('Crane 4 drifts').hover();
  await page.getByRole('button', { name: 'More message actions' }).click();
  await page.getByRole('menuitem', { name: 'Report as fault' }).click();
  expect(await page.getByRole('textbox', { name: 'What failed?' }).inputValue()).toBe('Crane 4 drifts');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('menuitem', { name: /Report a fault/ }).click();
  await page.getByRole('dialog', { name: 'Report a fault' }).getByRole('button', { name: 'Close all' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await running.sandbox.settled();
  expect(running.sandbox.audit.deliveries('view_closed')).toHaveLength(2);
});

test('an app that does not answer leaves a trace where it was asked', async () => {
  const page = await enter();
  await running.app.stop();
  await command(page, '/fault now');
  await page.getByText(/\/fault failed/).waitFor();
});
