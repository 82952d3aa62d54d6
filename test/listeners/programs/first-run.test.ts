import { afterEach, expect, it } from 'vitest';
import { listDead } from '../../../src/db/messages/dead-letters.ts';
import { enqueuePost } from '../../../src/db/messages/outbox.ts';
import { listPrograms } from '../../../src/db/programs/programs.ts';
import { DAY_MS, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

let running: RunningBot;
afterEach(() => running.close());

it('posts what it could not post lately once somebody invites it', async () => {
  const [, onServer] = databases;
  if (!onServer) throw new Error('no PostgreSQL to test on');
  running = await startRunningBot({ database: onServer, transport: 'http', startAt: MONDAY });
  const { sandbox, db } = running;
  const ana = sandbox.person('ana');
  await ana.sees('Report what breaks', { in: '#eng-stability' });
  const [program] = await listPrograms(db);
  const outside = sandbox.channel('#general');
  if (!program || !outside) throw new Error('no program');
  const { workspaceId } = program;
  const post = async (text: string, runAt: Date) => {
    const body = { text, blocks: [] };
    await enqueuePost(db, { workspaceId, programId: program.id, dedupeKey: text, channel: outside.id, body, runAt });
  };
  await post('Digest of last month', new Date(MONDAY.getTime() - 30 * DAY_MS));
  await post('Digest of this week', MONDAY);
  await running.pass(1_000);
  await ana.sees('invite', { in: 'burndown' });
  await expect
    .poll(async () => (await listDead(db, workspaceId)).map(({ error }) => error))
    .toEqual(['not_in_channel', 'not_in_channel']);

  await ana.invite('#general', sandbox.app.botUserId);
  await ana.sees('Digest of this week', { in: '#general' });
  expect((await listDead(db, workspaceId)).map(({ text }) => text)).toEqual(['Digest of last month']);
});
