import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../bench/kit/free-port.ts';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { startBot } from '../../../src/bot.ts';
import { realElapsedMs } from '../../../src/clock.ts';
import { type Db, openPostgres } from '../../../src/db/engine/client.ts';
import { findOfficeOf } from '../../../src/db/office/offices.ts';
import { insertProgram, listPrograms } from '../../../src/db/programs/programs.ts';
import { offices } from '../../../src/db/schema/office.ts';
import { makeLog } from '../../../src/log.ts';
import { changeOffice } from '../../../src/usecases/office/change-office.ts';
import { databases, type TestDatabase } from '../../databases.ts';
import { fileDefect } from '../../file-defect.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';
import { someKeys } from '../../some-keys.ts';

const home = '#eng-stability';
const FIRST_MORNING = new Date('2026-12-01T08:00:00Z');

describe('an office through Slack', () => {
  let running: RunningBot;
  beforeEach(async () => {
    running = await startRunningBot({
      database: onServer(),
      transport: 'http',
      startAt: new Date('2026-11-23T09:00:00Z'),
    });
    await person('ana').sees('Report what breaks', { in: home });
    running.sandbox.addChannel({ name: 'heads', kind: 'private', members: ['ana', 'ben', 'burndown'] });
  });
  afterEach(() => running.close());

  const person = (name: string) => running.sandbox.person(name);
  const titled = (title: string) => (view: ModalView) => view.title?.text === title;
  const words = (view: ModalView | undefined) => JSON.stringify(view?.blocks);

  async function openForm(action: string, title: string, who = 'ana'): Promise<ModalView> {
    await person(who).slash('/defect settings', { channel: home });
    await person(who).click(await person(who).modal(titled('Program settings')), action);
    return person(who).modal(titled(title));
  }

  async function makeOffice(): Promise<void> {
    const form = await openForm('open_office', 'Office');
    await person('ana').fill(form, { office: 'The office of the channel below', office_channel: 'heads' });
    await person('ana').submit(form);
    await person('ana').modal((view) => words(view).includes('part of the office of #heads'));
    await person('ana').closeAll();
  }

  /** A second program of the office, in a channel that ben is not in. */
  async function joinVault(): Promise<void> {
    running.sandbox.addChannel({ name: 'vault', kind: 'private', members: ['ana', 'burndown'] });
    const [first] = await listPrograms(running.db);
    if (!first) throw new Error('no program');
    const { id, ...like } = first;
    const channelId = running.sandbox.channel('vault')?.id ?? '';
    const vault = await insertProgram(running.db, {
      ...like,
      channelId,
      name: 'vault',
      isDefault: false,
      nextNumber: 1,
    });
    const office = await findOfficeOf(running.db, first);
    const lead = { by: person('ana').id, now: new Date('2026-11-23T09:00:00Z') };
    await running.db.transaction((tx) =>
      changeOffice(tx as unknown as Db, vault, { kind: 'known', id: office?.id ?? 0 }, lead),
    );
  }

  const rollUps = () =>
    person('ana')
      .messages('heads')
      .filter(({ text }) => text.startsWith('Office, '));

  it('is made in a channel of its lead, and rolls a month up there once, at nine on the first working day', async () => {
    await makeOffice();
    await running.pass(new Date(FIRST_MORNING.getTime() - 1_000));
    expect(rollUps()).toEqual([]);
    await running.pass(FIRST_MORNING);
    await person('ben').sees('Office, November 2026. 1 program', { in: 'heads' });
    for (const hours of [1, 24, 48]) await running.pass(hours * 3_600_000);
    expect(rollUps()).toHaveLength(1);
  });

  it('is told to those in its channel, and to nobody else that it is there', async () => {
    await fileDefect(person('ana'), 'Vault keys leak');
    await makeOffice();
    await person('ben').slash('/defect office', { channel: 'general' });
    const told = await person('ben').sees('1 open', { in: 'general' });
    expect(JSON.stringify(told)).not.toContain('Vault');
    await person('chloe').slash('/defect office', { channel: 'general' });
    await person('chloe').sees('There is no office that you may read', { in: 'general' });
    running.sandbox.addPerson({ name: 'gus', role: 'guest', channels: ['general'] });
    await person('gus').slash('/defect office', { channel: 'general' });
    const answer = await person('gus').sees(/./, { in: 'general', after: told.ts });
    expect(JSON.stringify(answer)).not.toMatch(/office|heads|eng-/);
  });

  it('is not left by a lead who cannot read it and saves the form as it opens', async () => {
    await makeOffice();
    await person('ana').leaveChannel('heads');
    const form = await openForm('open_office', 'Office');
    expect(words(form)).toContain('The office that it is in now');
    expect(words(form)).not.toContain('#heads');
    await person('ana').submit(form);
    await person('ana').closeAll();
    const [program] = await listPrograms(running.db);
    expect(program && (await findOfficeOf(running.db, program))?.name).toBe('heads');
  });

  it('takes no channel where the bot or the lead is not, and no place of another kind', async () => {
    running.sandbox.addChannel({ name: 'botless', members: ['ana'] });
    const form = await openForm('open_office', 'Office');
    await person('ana').fill(form, { office: 'The office of the channel below' });
    expect((await person('ana').submit(form)).errors).toMatchObject({ office_channel: 'Pick a channel.' });
    await person('ana').fill(form, { office_channel: 'botless' });
    expect((await person('ana').submit(form)).errors.office_channel).toContain('I am not in that channel');
    expect(await running.db.select().from(offices)).toEqual([]);
  });

  it.each(['-1', '1e3', '9999999', 'five', '0x10'])('takes no end at %j', async (typed) => {
    const form = await openForm('open_exit', 'End of the program');
    await person('ana').fill(form, { open_under: typed.slice(0, 5) });
    expect((await person('ana').submit(form)).errors.open_under).toBeTruthy();
  });

  it('sends the page of a quarter to whoever may read the program, and not to a guest outside', async () => {
    await person('chloe').slash('/defect quarter', { channel: home });
    await person('chloe').sees('Q4 2026', { in: 'burndown' });
    running.sandbox.addPerson({ name: 'gus', role: 'guest', channels: ['general'] });
    await person('gus').slash('/defect quarter', { channel: 'general' });
    const answer = await person('gus').sees(/./, { in: 'general' });
    expect(JSON.stringify(answer)).not.toMatch(/Q4|eng-/);
    expect(person('gus').messages('burndown')).toEqual([]);
  });

  it('names to a decider of one program none of another that only some may read, in the page as in the quarter', async () => {
    await makeOffice();
    await joinVault();
    for (const text of ['/defect office', '/defect office 2026-Q4']) {
      await person('ben').slash(text, { channel: 'heads' });
      await person('ana').slash(text, { channel: 'heads' });
    }
    const told = async (name: string) => {
      await person(name).sees('2 programs', { in: 'heads' });
      await person(name).sees('Q4 2026', { in: 'burndown' });
      return JSON.stringify([person(name).messages('heads'), person(name).messages('burndown')]);
    };
    const [ben, ana] = [await told('ben'), await told('ana')];
    expect(ben).toContain('A program that is not named here');
    const vault = running.sandbox.channel('vault')?.id ?? 'vault';
    for (const name of ['vault', vault]) expect(ben).not.toContain(name);
    expect(ana).toContain(vault);
  });

  it('shows the end of a program to its lead alone', async () => {
    await person('ben').slash('/defect settings', { channel: home });
    await person('ben').sees(/lead/, { in: home });
    expect(person('ben').modalStack()).toEqual([]);
  });
});

it('the office is rolled up once by two processes on one database', async () => {
  const opened = await onServer().openNew();
  const url = (opened as { url?: string }).url ?? '';
  const running = await startRunningBot({
    database: { name: 'PostgreSQL', open: async () => opened, openNew: async () => opened },
    transport: 'http',
    startAt: new Date('2026-11-23T09:00:00Z'),
  });
  const { sandbox } = running;
  const other = await openPostgres(url, { poolSize: 2 });
  await sandbox.person('ana').sees('Report what breaks', { in: home });
  sandbox.addChannel({ name: 'heads', kind: 'private', members: ['ana', 'burndown'] });
  const [program] = await listPrograms(running.db);
  if (!program) throw new Error('no program');
  const channelId = sandbox.channel('heads')?.id ?? '';
  const lead = { by: sandbox.person('ana').id, now: new Date('2026-11-20T09:00:00Z') };
  await running.db.transaction((tx) =>
    changeOffice(tx as unknown as Db, program, { kind: 'new', channelId, name: 'heads' }, lead),
  );
  const second = await startBot({
    slack: { kind: 'http', botToken: sandbox.botToken, signingSecret: sandbox.signingSecret },
    slackApiUrl: sandbox.apiUrl,
    port: await freePort(),
    db: other.db,
    keys: someKeys,
    clock: { now: () => new Date(sandbox.clock.now()), onChange: () => () => {} },
    elapsedMs: realElapsedMs,
    owner: 'second',
    random: Math.random,
    log: makeLog('fatal'),
  });
  await sandbox.clock.set(FIRST_MORNING);
  for (let beats = 0; beats < 3; beats += 1) await Promise.all([running.bot.beat(), second.beat()]);
  await sandbox.settled();
  const told = sandbox
    .person('ana')
    .messages('heads')
    .filter(({ text }) => text.startsWith('Office, November 2026'));
  expect(told).toHaveLength(1);
  await second.stop();
  await other.close();
  await running.close();
});

function onServer(): TestDatabase {
  const [, found] = databases;
  if (!found) throw new Error('no PostgreSQL to test on');
  return found;
}
