import { ne, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import { findDefaultProgram } from '../../../src/db/programs/programs.ts';
import { requests } from '../../../src/db/schema/messages.ts';
import { workspaces } from '../../../src/db/schema/workspaces.ts';
import { makeLog } from '../../../src/log.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { askSecondPerson } from '../../../src/usecases/proof/ask-second-person.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { databases } from '../../databases.ts';
import { fileDefect } from '../../file-defect.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';
import { type Death, mortal } from './mortal-database.ts';

const channel = '#eng-stability';

describe.each(databases)('what was acked on $name', ({ name, open }) => {
  let running: RunningBot;
  let dies: (where: Death | undefined) => void;
  const lines: string[] = [];
  const log = makeLog('info', { write: (line: string) => void lines.push(line) });
  beforeAll(async () => {
    const mortalDatabase = mortal(await open());
    dies = mortalDatabase.dies;
    const openMortal = async () => mortalDatabase.opened;
    const database = { name, open: openMortal, openNew: openMortal };
    running = await startRunningBot({ database, transport: 'http', startAt: new Date('2026-11-19T10:00:00Z'), log });
    await fileDefect(running.sandbox.person('ana'), 'Stripe webhook answers 400');
  });
  afterAll(() => running.close());

  /** Types it; the process dies on the way, where it is told to. */
  async function typed(text: string, where?: Death): Promise<void> {
    dies(where);
    const { outcome } = await running.sandbox.person('ana').slash(text, { channel });
    dies(undefined);
    expect(outcome).toBe('acked');
  }
  const said = (words: string) =>
    running.sandbox
      .person('ana')
      .messages(channel)
      .filter(({ text }) => text.includes(words)).length;
  const waiting = () => running.db.select().from(requests).where(ne(requests.state, 'closed'));
  const leasesEnd = () =>
    running.db
      .update(requests)
      .set({ leaseUntil: sql`clock_timestamp() - interval '1 second'` })
      .where(ne(requests.state, 'closed'));

  it.each([
    { where: 'before the work', tickets: 3, before: 0, after: 3 },
    { where: 'after the commit', tickets: 4, before: 7, after: 7 },
  ] as const)('is done once and answered, though its process dies $where', async (one) => {
    const { db, bot, sandbox } = running;
    const program = await findDefaultProgram(db, sandbox.snapshot(sandbox.person('ana').id).team.id);
    const total = async () => (await findDefectByNumber(db, program?.id ?? 0, 1))?.ticketTotal;
    const answer = `stands for ${one.after} support tickets now`;
    await typed(`/defect tickets 1 ${one.tickets}`, one.where);
    await expect.poll(total).toBe(one.before);
    await bot.beat();
    expect([await total(), said(answer)]).toEqual([one.before, 0]);

    await leasesEnd();
    await bot.beat();
    await sandbox.person('ana').sees(answer, { in: channel });
    await bot.beat();
    expect([await total(), said(answer), await waiting()]).toEqual([one.after, 1, []]);
  });

  it.each([
    { where: 'before the work', title: 'Invoice is blank', number: 2, before: 0 },
    { where: 'after the commit', title: 'Sync is stuck', number: 3, before: 1 },
  ] as const)('confirms a fix once, though the process dies $where of the click', async (one) => {
    const { db, bot, sandbox } = running;
    const ana = sandbox.person('ana');
    const doing = { by: sandbox.person('ben').id, now: new Date('2026-11-19T10:00:00Z') };
    await fileDefect(ana, one.title);
    const program = await findDefaultProgram(db, sandbox.snapshot(ana.id).team.id);
    if (!program) throw new Error('no program');
    const criteria = [{ kind: 'second_person' as const, userId: ana.id }];
    const acceptance = { ownerId: doing.by, dueOn: '2026-11-20', criteria, escape: 'unknown' as const };
    await acceptDefect(db, program, one.number, acceptance, doing);
    const claim = { keepingNote: 'A test', fixKind: 'code' as const, deployedAt: doing.now, environments: [] };
    const claimed = await claimFix(db, program, one.number, claim, doing);
    await askSecondPerson(db, program, claimed, doing.now);
    await bot.beat();
    // As a reporter she is asked something else about it, too.
    const asksToConfirm = ({ blocks }: { blocks?: unknown }) => JSON.stringify(blocks ?? []).includes('confirm_fix');
    const question = await ana.sees(asksToConfirm, { in: 'burndown' });
    const confirmations = async () =>
      (await listEvents(db, claimed.id)).filter(({ kind }) => kind === 'confirmed').length;

    dies(one.where);
    expect(await ana.click(question, 'confirm_fix')).toMatchObject({ outcome: 'acked' });
    dies(undefined);
    await expect.poll(confirmations).toBe(one.before);
    expect(await waiting()).toHaveLength(1);

    await leasesEnd();
    await bot.beat();
    await ana.sees(`You confirmed the fix of D-${one.number}.`, { in: 'burndown' });
    expect([await confirmations(), await waiting()]).toEqual([1, []]);
  });

  it('is kept while Slack does not say who asked, and done once it does', async () => {
    const { sandbox, bot } = running;
    const chloe = sandbox.person('chloe');
    sandbox.faults.add({ method: 'users.info', kind: 'fail', error: 'fatal_error', times: 1 });
    await chloe.slash('/defect tickets 1 5', { channel });
    await chloe.sees('I have kept what you asked for', { in: channel });
    expect(await waiting()).toHaveLength(1);

    await leasesEnd();
    await bot.beat();
    await chloe.sees('support tickets now', { in: channel });
    expect(await waiting()).toEqual([]);
  });

  it('is told late what was refused, and leaves nothing behind', async () => {
    await typed('/defect tickets 77 3', 'before the work');
    await leasesEnd();
    await running.bot.beat();
    await running.sandbox.person('ana').sees('There is no D-77', { in: channel });
    expect(await waiting()).toEqual([]);
  });

  it('is dropped at once, in a plain line of the log, where the app was taken away meanwhile', async () => {
    await typed('/defect tickets 1 9', 'before the work');
    await running.db.update(workspaces).set({ leftAt: new Date('2026-11-19T10:00:00Z') });
    await leasesEnd();
    lines.length = 0;
    await running.bot.beat();
    await running.db.update(workspaces).set({ leftAt: null });
    expect(await waiting()).toEqual([]);
    expect(said('stands for 9 support tickets now')).toBe(0);
    const told = lines.map((line) => JSON.parse(line));
    expect(told.filter(({ msg }) => msg === 'a request of a workspace that has left is dropped')).toHaveLength(1);
    expect(told.filter(({ level }) => level >= 40)).toEqual([]);
  });
});
