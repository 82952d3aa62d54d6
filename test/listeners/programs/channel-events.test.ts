import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enqueuePost } from '../../../src/db/messages/outbox.ts';
import { listPrograms, type Program } from '../../../src/db/programs/programs.ts';
import { HOUR_MS, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

const channel = '#eng-stability';

describe('the channel of a program', () => {
  let running: RunningBot;
  beforeEach(async () => {
    const [, onServer] = databases;
    if (!onServer) throw new Error('no PostgreSQL to test on');
    running = await startRunningBot({ database: onServer, transport: 'http', startAt: MONDAY });
    await ana().sees('Report what breaks', { in: channel });
  });
  afterEach(() => running.close());

  const ana = () => running.sandbox.person('ana');
  async function program(): Promise<Program> {
    const [found] = await listPrograms(running.db);
    if (!found) throw new Error('no program');
    return found;
  }
  async function post(text: string) {
    const { id, workspaceId, channelId } = await program();
    const body = { text, blocks: [] };
    await enqueuePost(running.db, {
      workspaceId,
      programId: id,
      dedupeKey: text,
      channel: channelId,
      body,
      runAt: MONDAY,
    });
    await running.pass(1_000);
  }

  it('that is archived is told to the lead, and gets what was kept once it is brought back', async () => {
    await ana().archiveChannel(channel);
    await ana().sees('is archived, so nothing of its stability program can be posted', { in: 'burndown' });
    expect((await program()).channelState).toBe('archived');
    await post('Digest of this week');
    await ana().unarchiveChannel(channel);
    await ana().sees('Digest of this week', { in: channel });
    await ana().sees('1 message of the last week that could not be posted there goes out now', { in: 'burndown' });
    expect((await program()).channelState).toBe('open');
  });

  it('that became private is told to the lead with a button to choose another one', async () => {
    running.sandbox.changePrivacy('eng-stability', 'private');
    const told = await ana().sees('is private now', { in: 'burndown' });
    await ana().click(told, 'open_program_form');
    const form = await ana().modal('Program');
    running.sandbox.addChannel({ name: 'reliability', members: ['ana', 'burndown'] });
    await ana().fill(form, { channel: 'reliability' });
    await ana().submit(form);
    await ana().sees('The stability program of this channel has moved', { in: channel });
    expect((await program()).name).toBe('#reliability');
  });

  it('that the bot was taken out of is told to the lead', async () => {
    running.sandbox.removeFromChannel('eng-stability', 'burndown');
    await ana().sees('I am no longer in', { in: 'burndown' });
    expect((await program()).channelState).toBe('left');
  });

  it('is looked at again within a day, for what no event told', async () => {
    const { channelId } = await program();
    await running.pass(HOUR_MS);
    const before = running.sandbox.audit.calls().filter(({ method }) => method === 'conversations.info').length;
    await running.pass(13 * HOUR_MS);
    const calls = running.sandbox.audit.calls().filter(({ method }) => method === 'conversations.info');
    expect(calls.slice(before).some(({ args }) => args.channel === channelId)).toBe(true);
  });

  it('that is renamed gives the program its new name', async () => {
    running.sandbox.renameChannel('eng-stability', 'stability-first');
    await expect.poll(async () => (await program()).name).toBe('#stability-first');
  });
});
