import { expect, it } from 'vitest';
import { DAY_MS } from '../builders.ts';
import { MINUTE_MS, startFixWalk, TITLES } from './fix-walk.ts';
import { choose, closeAll, dialog, keepPicture, messageWith, settings } from './in-the-browser.ts';

it('of two fixes that one release brings one is proven and one fails, and Slack, the tickets and the pull requests say so', async () => {
  await using walk = await startFixWalk();
  const { page, github, pass } = walk;

  // A lead connects the repository, and has tickets made and fixes claimed by themselves.
  await walk.connect();
  await walk.playThePast();
  await settings(page, 'Open trackers');
  const trackers = dialog(page, 'Trackers');
  await trackers.getByText('0 tickets linked.').waitFor();
  await trackers.getByRole('button', { name: 'Look at ana/api' }).click();
  const tracker = dialog(page, 'Tracker');
  await choose(tracker, 'When does a defect get a ticket?', 'Always, when it is accepted');
  await choose(tracker, 'Who claims a fix whose', 'I do, once a release or deployment has it');
  await tracker.getByRole('textbox', { name: 'Which accounts are agents' }).fill('acme-coder');
  await keepPicture(tracker, 'tracker');
  await tracker.getByRole('button', { name: 'Save' }).click();
  await trackers.waitFor();
  await closeAll(page);

  // She accepts two defects, and both get a ticket.
  const [heldTicket, failedTicket] = [await walk.accept(25), await walk.accept(26)];
  expect(await walk.issue(heldTicket)).toMatchObject({ title: TITLES[25], state: 'open' });
  expect(await walk.issue(failedTicket)).toMatchObject({ title: TITLES[26], state: 'open' });

  // A pull request for each is merged, and one release has both: the fixes are claimed, and the tickets are closed.
  const held = await walk.merge({ title: 'Send an invoice once', body: 'fixes D-25', branch: 'send-once' });
  const failing = await walk.merge({ title: 'Wait for the lock', body: 'fixes D-26', branch: 'wait-for-lock' });
  await walk.release('v1.4');
  await expect.poll(async () => (await walk.issue(failedTicket)).state).toBe('closed');
  const claimed = await walk.card(26, 'claimed as fixed');
  expect(await claimed.innerText()).toContain(`Ticket: ana/api#${failedTicket}, closed as done`);
  expect(await claimed.innerText()).toContain(
    `Merged: ana/api#${failing} “Wait for the lock” by ana, 12 Nov; out with v1.4, 12 Nov`,
  );
  expect(await claimed.innerText()).toContain(`Kept fixed by: still to be said. ana/api#${failing} is out with v1.4.`);
  await keepPicture(claimed, 'card-claimed');
  await page.getByRole('link', { name: /Messages/ }).click();
  const asked = messageWith(page, `ana/api#${failing} is out with v1.4, so a fix is claimed and being proven.`);
  await asked.waitFor();
  await keepPicture(asked, 'fix-claimed');
  await asked.getByRole('button', { name: 'Complete the claim of D-26' }).click();
  const rest = dialog(page, 'Complete the claim');
  await rest.getByRole('textbox', { name: 'What keeps it fixed?' }).fill('An alert on deploy time');
  await choose(rest, 'What kind of fix is it?', 'Code');
  await rest.getByRole('button', { name: 'Complete the claim', exact: true }).click();
  await page.getByText('The claim of D-26 is complete. Proving goes on.').waitFor();
  await closeAll(page);
  await page.getByRole('link', { name: 'eng-stability' }).click();

  // Chloé is asked the next day, and has not seen the one since: nine days of silence prove it.
  await pass(DAY_MS);
  await walk.asChloe(async () => {
    await page.getByRole('link', { name: /Messages/ }).click();
    const question = messageWith(page, /D-25.*A fix went out on 12 Nov. Have you seen it since/s);
    await question.getByRole('button', { name: 'I have not seen D-25 since' }).click();
    await page.getByText('Thank you. You have not seen D-25 since the fix.').waitFor();
    await page.getByRole('link', { name: 'eng-stability' }).click();
  });
  for (let day = 2; day <= 8; day += 1) await pass(DAY_MS);
  const proving = await walk.card(25, 'claimed as fixed');
  expect(await proving.innerText()).toMatch(/Proof: proving 8\/9 d, 9\d % sure/);
  expect(await github.comments(held)).toEqual([]);
  await pass(DAY_MS);
  const proof =
    'No report in the 9 days since the fix of 12 Nov; before it, it was seen on 23 of 24 days. Unfixed, it would be so quiet in under 5 % of cases, as long as people go on reporting it (1 of 1 who were asked have answered).';
  const proven = await walk.card(25, 'proven fixed');
  expect(await proven.innerText()).toContain(`21 Nov: Proven. ${proof}`);
  await expect.poll(() => github.comments(held)).toEqual([expect.stringContaining(proof)]);
  expect(await github.comments(held)).toEqual([expect.stringContaining('The fix of D-25 is proven')]);
  await expect.poll(async () => (await github.comments(heldTicket)).at(-1)).toContain(proof);
  expect(await walk.issue(heldTicket)).toMatchObject({ state: 'closed', reason: 'completed' });

  // The other one hangs again: its fix has failed, its ticket is opened again, and its pull request is told.
  await walk.asChloe(() => walk.reportAgain(26));
  await pass(MINUTE_MS);
  const failure = '1 report from 1 reporter since the fix of 12 Nov; the limit is 0.';
  await expect.poll(async () => (await walk.issue(failedTicket)).state).toBe('open');
  expect(await walk.issue(failedTicket)).toMatchObject({
    reason: 'reopened',
    labels: ['burndown:S1', 'burndown:harm-middle'],
  });
  const failed = await walk.card(26, 'accepted');
  expect(await failed.innerText()).toContain(`21 Nov: The fix failed. ${failure}`);
  expect(await failed.innerText()).toContain(`Ticket: ana/api#${failedTicket}, open`);
  await keepPicture(failed, 'card-failed');
  const sentence = expect.stringMatching(
    /^\*\*The fix of D-26 did not hold\*\*\n\n1 report from 1 reporter since the fix of 12 Nov; the limit is 0\./,
  );
  await expect.poll(() => github.comments(failing)).toEqual([sentence]);
  expect((await github.comments(failedTicket)).at(-1)).toEqual(sentence);

  // The digest of that week tells of both, and its thread compares who made the fixes so far.
  await page.getByRole('button', { name: 'Next Monday 10:00' }).click();
  await messageWith(page, /Triage of .*, Mon 23 Nov/).waitFor();
  await page.getByRole('button', { name: 'Next Friday 15:00' }).click();
  const digest = messageWith(page, 'Digest, week to 27 Nov');
  await digest.waitFor();
  expect(await digest.innerText()).toContain('−1 proven. 1 fix failed.');
  for (let minute = 0; minute < 5; minute += 1) await pass(MINUTE_MS);
  await digest.getByRole('button', { name: /\d repl/ }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  const outcomes = messageWith(thread, /Proven.*D-25.*Failed.*D-26/s);
  await outcomes.waitFor();
  expect(await outcomes.innerText()).toContain(proof);
  expect(await outcomes.innerText()).toContain(failure);
  const ledger = messageWith(thread, 'Fixes that hold');
  await ledger.waitFor();
  expect(await ledger.innerText()).toContain(
    'By who made them, fixes that last: people 92 % last 90 days (68 to 100 %); agents 75 % last 90 days (45 to 94 %). No difference can be told.',
  );
  await keepPicture(thread, 'digest-thread');
  await thread.getByRole('button', { name: 'Close' }).click();

  // The settings say what is linked, what of the rest could be taken in, and who is who.
  await settings(page, 'Open trackers');
  await trackers.getByText('2 tickets linked.').waitFor();
  await keepPicture(trackers, 'trackers');
  await trackers.getByRole('button', { name: 'Look at ana/api' }).click();
  await tracker.getByRole('button', { name: 'Take in its history' }).click();
  const history = dialog(page, 'Take in its history');
  expect(await history.innerText()).toContain('3 issues would be taken in: 1 open, to be triaged, and 2 closed');
  expect(await history.innerText()).toContain('Left out: 1 enhancement, which is no defect; 2 that I made.');
  await keepPicture(history, 'history');
  await page.keyboard.press('Escape');
  await trackers.getByRole('button', { name: 'Who is who' }).click();
  const people = dialog(page, 'Who is who');
  await people.getByText('Nobody knows yet which account is theirs: @Ana Kovač on GitHub.').waitFor();
  await people.getByRole('textbox', { name: 'Another account' }).fill('ana');
  await choose(people, 'Who is that here?', /Ana Kovač/);
  await people.getByRole('button', { name: 'Save' }).click();
  await trackers.waitFor();
  await trackers.getByRole('button', { name: 'Who is who' }).click();
  await people.getByText('ana on GitHub').waitFor();
  await keepPicture(people, 'who-is-who');
  await page.keyboard.press('Escape');
  await pass(MINUTE_MS);
  await expect.poll(async () => (await walk.issue(failedTicket)).assignees).toEqual(['ana']);
  for (const [kind, asks] of [
    ['Linear', ['Team', 'API key']],
    ['Jira', ['Site', 'Project', 'E-mail of the account', 'API token, or personal access token']],
  ] as const) {
    await trackers.getByRole('button', { name: `Connect ${kind}` }).click();
    const form = dialog(page, `Connect ${kind}`);
    for (const label of asks) await form.getByRole('textbox', { name: label }).waitFor();
    await keepPicture(form, `connect-${kind.toLowerCase()}`);
    await page.keyboard.press('Escape');
  }

  // Once, however often one looked.
  expect(await github.comments(failing)).toHaveLength(1);
  expect(await github.comments(held)).toHaveLength(1);
  expect(walk.errors).toEqual([]);
  expect(walk.brokenRules()).toEqual([]);
});
