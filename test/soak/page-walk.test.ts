// @module-tag slow
import type { Locator, Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { servePage } from '../../sandbox/page/server/page-server.ts';
import { type OpenPage, openPage } from '../../sandbox/test/support/browser.ts';
import { listPrograms, updateProgram } from '../../src/db/programs/programs.ts';
import { HOUR_MS } from '../../src/domain/time/durations.ts';
import { databases } from '../databases.ts';
import { type RunningBot, startRunningBot } from '../running-bot.ts';
import { become, choose, keepPicture, type } from './in-the-browser.ts';

/** A Thursday, 11:00 in Berlin. */
const THURSDAY = new Date('2026-11-19T10:00:00Z');

let running: RunningBot | undefined;
let opened: OpenPage | undefined;

afterEach(async ({ task }) => {
  if (opened && task.result?.state === 'fail') await keepPicture(opened.page, 'failed');
  await opened?.close();
  await running?.close();
});

test('a team lives through a week in the browser, from the first report to the digest', async () => {
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  running = await startRunningBot({ database: embedded, transport: 'socket', startAt: THURSDAY });
  // Three weeks old already, so that its first digest has something to draw.
  const [program] = await listPrograms(running.db);
  await updateProgram(running.db, program?.id ?? 0, { createdAt: new Date(THURSDAY.getTime() - 21 * 24 * HOUR_MS) });
  await servePage(running.sandbox);
  opened = await openPage(running.sandbox.origin, { width: 1440, height: 900 });
  const { page } = opened;

  await page.getByText('Burndown runs the stability program of this channel.').waitFor();
  await keepPicture(page, 'greeting');

  await become(page, 'Chloé Martin');
  await report(page, 'Stripe webhook answers 400 after a deploy', 'billing', 'Filed D-1');
  await report(page, 'Fivetran sync stuck on the orders table', 'connectivity', 'Filed D-2');

  await become(page, 'Ana Kovač');
  await type(page, '/defect');
  const form = page.getByRole('dialog', { name: 'Report a defect' });
  await form.getByRole('textbox', { name: 'What failed?' }).fill('Webhook from Stripe answers 400 again after deploy');
  await form.getByText('Looks like D-1').waitFor();
  await keepPicture(page, 'form');
  await form.getByRole('button', { name: 'Join D-1' }).click();
  const joined = page.getByRole('dialog', { name: 'Joined D-1' });
  await joined.getByText('It now has 2 reports').waitFor();
  await joined.getByRole('button', { name: 'Done' }).click();
  await joined.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Next Monday 10:00' }).click();
  await page.getByRole('button', { name: /2 replies/ }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByText('Fivetran sync stuck').waitFor();
  await keepPicture(page, 'triage');

  // Two people, one item: Ben has the form open when Ana decides.
  await become(page, 'Ben Okafor');
  await page.getByRole('button', { name: /2 replies/ }).click();
  await item(thread, 'Stripe webhook')
    .getByRole('button', { name: /^Accept/ })
    .click();
  const bens = page.getByRole('dialog', { name: 'Accept' });
  const ana = running.sandbox.person('ana');
  const anasItem = await ana.sees(({ text, threadTs }) => threadTs !== undefined && text.includes('D-1'), {
    in: '#eng-stability',
  });
  await ana.click(anasItem, 'accept');
  const anas = await ana.modal('Accept');
  await ana.fill(anas, { owner: 'ben', due: '2026-11-25' });
  await ana.submit(anas);
  await bens.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByText('Already decided').waitFor();
  await keepPicture(page, 'already-decided');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Close|Done|OK/ })
    .last()
    .click();
  await thread.getByText('accepted it: @Ben Okafor').waitFor();

  await item(thread, 'Fivetran sync')
    .getByRole('button', { name: /^Defer/ })
    .click();
  const defer = page.getByRole('dialog', { name: 'Defer' });
  await defer.getByRole('textbox').fill('Fivetran support looks into it');
  await defer.getByRole('button', { name: 'Defer', exact: true }).click();
  await thread.getByText('2 decided').first().waitFor();

  // The next working morning in New York.
  await running.pass(new Date('2026-11-24T14:30:00Z'));
  await page.getByRole('link', { name: /Messages/ }).click();
  await page.getByText('Due 25 Nov.').waitFor();
  await keepPicture(page, 'reminder');
  await page.getByRole('button', { name: /^Claim/ }).click();
  const claim = page.getByRole('dialog', { name: 'Claim the fix' });
  await claim.getByRole('textbox', { name: 'What keeps it fixed?' }).fill('https://ci.example/webhook-contract-test');
  await choose(claim, 'What kind of fix is it?', 'Code');
  await keepPicture(page, 'claim');
  await claim.getByRole('button', { name: 'Claim', exact: true }).click();
  await page.getByText('D-1 is claimed as fixed.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await running.pass(HOUR_MS);
  await page.getByRole('link', { name: 'eng-stability' }).click();
  await page.getByRole('button', { name: 'Next Friday 15:00' }).click();
  const digest = page.getByRole('article').filter({ hasText: 'week to 27 Nov' });
  const chart = digest.getByRole('img', { name: /^Open defects at the end of 5 weeks, 30 Oct to 27 Nov/ });
  await chart.waitFor();
  await expect
    .poll(() => chart.evaluate((image) => (image as { naturalWidth?: number }).naturalWidth))
    .toBeGreaterThan(1_000);
  const said = (await chart.getAttribute('alt')) ?? '';
  await keepPicture(page, 'digest');

  // The figures stand in the thread, and the picture tells the same.
  await digest.getByRole('button', { name: /\d repl/ }).click();
  const figures = thread.getByRole('row', { name: /^Open now/ });
  await figures.waitFor();
  const openNow = await figures.getByRole('cell').allInnerTexts();
  expect(said).toContain(`: 0, 0, 0, 2, ${openNow.at(-2)}. Of them claimed: 0, 0, 0, 0, ${openNow.at(-3)}.`);
  await keepPicture(page, 'digest-thread');

  await page.getByRole('link', { name: 'Burndown' }).click();
  await page.getByText('Your fixes, being proven').waitFor();
  await keepPicture(page, 'home');
  expect(opened.errors).toEqual([]);
  expect(running.sandbox.audit.brokenRules()).toEqual([]);
});

async function report(page: Page, title: string, area: string, filed: string): Promise<void> {
  await type(page, `/defect ${title}`);
  const form = page.getByRole('dialog', { name: 'Report a defect' });
  await choose(form, 'Area', area);
  await form.getByRole('button', { name: 'File it' }).click();
  const done = page.getByRole('dialog', { name: filed });
  await done.waitFor();
  await done.getByRole('button', { name: 'Done' }).click();
  await done.waitFor({ state: 'detached' });
}

function item(thread: Locator, words: string): Locator {
  return thread.getByRole('article').filter({ hasText: words });
}
