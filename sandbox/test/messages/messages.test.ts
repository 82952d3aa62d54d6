import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Quiet, quietWorkspace, refusal } from '../support/quiet-workspace.ts';
import { manifest } from '../support/running-app.ts';

const STABILITY = 'CENGSTABILITY';
let quiet: Quiet;

beforeEach(async () => {
  quiet = await quietWorkspace();
});
afterEach(() => quiet.sandbox.close());

const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

describe('posting', () => {
  test('every message has its own rising ts, also while the clock stands still', async () => {
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        quiet.client.chat.postMessage({ channel: STABILITY, text: `m${index}` }),
      ),
    );
    const stamps = sent.map((answer) => String(answer.ts));
    expect(new Set(stamps).size).toBe(20);
    for (const ts of stamps) expect(ts).toMatch(/^\d{10}\.\d{6}$/);
    const { messages } = await quiet.client.conversations.history({ channel: STABILITY });
    const read = messages?.map((message) => String(message.ts)) ?? [];
    expect(read).toEqual([...read].sort().reverse());
  });

  test.each([
    ['a channel that does not exist', { channel: 'CNOWHERE', text: 'hi' }, 'channel_not_found'],
    ['no channel', { channel: '', text: 'hi' }, 'channel_not_found'],
    ['a channel the bot is not in', { channel: 'CGENERAL0', text: 'hi' }, 'not_in_channel'],
    ['nothing to say', { channel: STABILITY, text: '' }, 'no_text'],
    ['only spaces', { channel: STABILITY, text: '   ' }, 'no_text'],
    ['a thread that does not exist', { channel: STABILITY, text: 'hi', thread_ts: '1.2' }, 'thread_not_found'],
    ['blocks that are no list', { channel: STABILITY, blocks: 'nonsense', text: 'hi' }, 'invalid_blocks_format'],
    ['metadata without a type', { channel: STABILITY, text: 'hi', metadata: { a: 1 } }, 'invalid_metadata_format'],
    [
      'metadata that is too large',
      { channel: STABILITY, text: 'hi', metadata: { event_type: 'x', event_payload: { a: 'x'.repeat(9000) } } },
      'metadata_too_large',
    ],
    ['markdown beside text', { channel: STABILITY, text: 'hi', markdown_text: '*hi*' }, 'markdown_text_conflict'],
  ])('%s is refused', async (_, args, error) => {
    expect(await refusal(quiet.client.apiCall('chat.postMessage', args))).toBe(error);
  });

  test('a block that is too long is refused with the pointer to it', async () => {
    const call = quiet.client.chat.postMessage({
      channel: STABILITY,
      text: 'hi',
      blocks: [section('x'.repeat(3001))],
    });
    await expect(call).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        errors: expect.arrayContaining([expect.stringContaining('[json-pointer:/blocks/0/text/text]')]),
      },
    });
    expect(quiet.sandbox.audit.brokenRules()).not.toEqual([]);
  });

  test.each([
    [4040, [4040]],
    [4041, [4000, 41]],
    [12_001, [4000, 4000, 4000, 1]],
    [40_001, Array(10).fill(4000)],
  ])('a text of %i characters becomes messages of %j', async (length, sizes) => {
    await quiet.client.chat.postMessage({ channel: STABILITY, text: 'x'.repeat(length) });
    const { messages } = await quiet.client.conversations.history({ channel: STABILITY });
    expect(messages?.map((message) => message.text?.length).reverse()).toEqual(sizes);
  });

  test("a person's id as channel means the DM with them", async () => {
    const answer = await quiet.client.chat.postMessage({ channel: 'UANA00000', text: 'psst' });
    expect(answer.channel).toMatch(/^D/);
    await quiet.sandbox.person('ana').sees('psst', { in: 'teapot' });
    const ben = quiet.sandbox.person('ben');
    await expect(ben.sees('psst', { timeoutMs: 5 })).rejects.toThrow('ben does not see');
  });

  test('a reply to a reply goes to the thread of its parent', async () => {
    const parent = await quiet.client.chat.postMessage({ channel: STABILITY, text: 'parent' });
    const reply = await quiet.client.chat.postMessage({ channel: STABILITY, text: 'one', thread_ts: parent.ts });
    await quiet.client.chat.postMessage({ channel: STABILITY, text: 'two', thread_ts: reply.ts });
    const thread = await quiet.client.conversations.replies({ channel: STABILITY, ts: String(parent.ts) });
    expect(thread.messages?.map((message) => message.text)).toEqual(['parent', 'one', 'two']);
    expect(thread.messages?.[0]).toMatchObject({ reply_count: 2, thread_ts: parent.ts });
    const { messages } = await quiet.client.conversations.history({ channel: STABILITY });
    expect(messages?.map((message) => message.text)).toEqual(['parent']);
  });

  test('a broadcast reply shows in the channel too', async () => {
    const parent = await quiet.client.chat.postMessage({ channel: STABILITY, text: 'parent' });
    const shown = { channel: STABILITY, text: 'aloud', thread_ts: String(parent.ts), reply_broadcast: true as const };
    await quiet.client.chat.postMessage(shown);
    const { messages } = await quiet.client.conversations.history({ channel: STABILITY });
    expect(messages?.map((message) => message.text)).toEqual(['aloud', 'parent']);
  });

  test('an ephemeral message is seen by one person and is not history', async () => {
    const { message_ts: ts } = await quiet.client.chat.postEphemeral({
      channel: STABILITY,
      user: 'UANA00000',
      text: 'for ana',
    });
    await quiet.sandbox.person('ana').sees('for ana', { in: 'eng-stability' });
    await expect(quiet.sandbox.person('ben').sees('for ana', { timeoutMs: 5 })).rejects.toThrow('does not see');
    const { messages } = await quiet.client.conversations.history({ channel: STABILITY });
    expect(messages).toEqual([]);
    const change = { channel: STABILITY, ts: String(ts), text: 'x' };
    expect(await refusal(quiet.client.chat.update(change))).toBe('message_not_found');
    expect(await refusal(quiet.client.chat.delete(change))).toBe('message_not_found');
  });
});

describe('changing', () => {
  test('an update replaces text and blocks, keeps metadata that is left out and drops it for {}', async () => {
    const metadata = { event_type: 'defect', event_payload: { id: 1 } };
    const sent = await quiet.client.chat.postMessage({
      channel: STABILITY,
      text: 'old',
      blocks: [section('old')],
      metadata,
    });
    const ts = String(sent.ts);
    await quiet.client.chat.update({ channel: STABILITY, ts, text: 'new' });
    expect(quiet.sandbox.message({ channel: STABILITY, ts })).toMatchObject({ text: 'new', metadata });
    expect(quiet.sandbox.message({ channel: STABILITY, ts })?.blocks).toBeUndefined();
    await quiet.client.apiCall('chat.update', { channel: STABILITY, ts, text: 'newer', metadata: {} });
    expect(quiet.sandbox.message({ channel: STABILITY, ts })?.metadata).toBeUndefined();
  });

  test('other people’s messages cannot be changed', async () => {
    const { ts } = await quiet.sandbox.person('ana').say('eng-stability', 'mine');
    const target = { channel: STABILITY, ts, text: 'x' };
    expect(await refusal(quiet.client.chat.update(target))).toBe('cant_update_message');
    expect(await refusal(quiet.client.chat.delete(target))).toBe('cant_delete_message');
  });

  test('an update of more than 4,000 characters is refused', async () => {
    const sent = await quiet.client.chat.postMessage({ channel: STABILITY, text: 'short' });
    const update = { channel: STABILITY, ts: String(sent.ts), text: 'x'.repeat(4001) };
    expect(await refusal(quiet.client.chat.update(update))).toBe('msg_too_long');
    await quiet.client.chat.update({ ...update, text: 'x'.repeat(4000) });
  });

  test('deleting the last reply leaves the parent without a thread', async () => {
    const parent = await quiet.client.chat.postMessage({ channel: STABILITY, text: 'parent' });
    const reply = await quiet.client.chat.postMessage({ channel: STABILITY, text: 'one', thread_ts: parent.ts });
    await quiet.client.chat.delete({ channel: STABILITY, ts: String(reply.ts) });
    const message = quiet.sandbox.message({ channel: STABILITY, ts: String(parent.ts) });
    expect(message).toMatchObject({ replyCount: 0, replyUsers: [] });
    expect(message?.threadTs).toBeUndefined();
  });
});

describe('scheduling', () => {
  const inSeconds = (seconds: number) => Math.floor(quiet.sandbox.clock.now() / 1000) + seconds;

  test('a scheduled message is listed, and posted when the clock reaches it', async () => {
    const { client, sandbox } = quiet;
    await client.chat.scheduleMessage({ channel: STABILITY, text: 'tea time', post_at: inSeconds(3600) });
    const listed = await client.chat.scheduledMessages.list();
    expect(listed.scheduled_messages).toMatchObject([{ channel_id: STABILITY, text: 'tea time' }]);
    await sandbox.clock.step(3_599_000);
    expect(sandbox.person('ana').messages('eng-stability')).toEqual([]);
    await sandbox.clock.step(1_000);
    await sandbox.person('ana').sees('tea time');
    expect((await client.chat.scheduledMessages.list()).scheduled_messages).toEqual([]);
  });

  test('one with metadata is never posted, and the auditor says so', async () => {
    const { client, sandbox } = quiet;
    const metadata = { event_type: 'x', event_payload: {} };
    await client.chat.scheduleMessage({ channel: STABILITY, text: 'lost', post_at: inSeconds(600), metadata } as never);
    await sandbox.clock.step(600_000);
    expect(sandbox.person('ana').messages('eng-stability')).toEqual([]);
    expect(sandbox.audit.brokenRules()).toMatchObject([{ rule: 'scheduled_message_lost' }]);
  });

  test.each([
    ['the past', () => inSeconds(-1), 'time_in_past'],
    ['121 days ahead', () => inSeconds(121 * 86_400), 'time_too_far'],
    ['no time at all', () => 'soon', 'invalid_arguments'],
  ])('%s is refused', async (_, postAt, error) => {
    const call = quiet.client.apiCall('chat.scheduleMessage', { channel: STABILITY, text: 'x', post_at: postAt() });
    expect(await refusal(call)).toBe(error);
  });

  test('thirty messages fit into five minutes of a channel, one more does not', async () => {
    const post = (second: number) =>
      quiet.client.chat.scheduleMessage({ channel: STABILITY, text: 'x', post_at: inSeconds(600 + second) });
    for (let second = 0; second < 30; second += 1) await post(second);
    expect(await refusal(post(30))).toBe('restricted_too_many');
    await post(600);
  });

  test('one that is deleted is not posted, and one about to be posted cannot be deleted', async () => {
    const { client, sandbox } = quiet;
    const first = await client.chat.scheduleMessage({ channel: STABILITY, text: 'a', post_at: inSeconds(600) });
    const id = String(first.scheduled_message_id);
    await client.chat.deleteScheduledMessage({ channel: STABILITY, scheduled_message_id: id });
    const second = await client.chat.scheduleMessage({ channel: STABILITY, text: 'b', post_at: inSeconds(59) });
    const late = { channel: STABILITY, scheduled_message_id: String(second.scheduled_message_id) };
    expect(await refusal(client.chat.deleteScheduledMessage(late))).toBe('invalid_scheduled_message_id');
    await sandbox.clock.step(600_000);
    expect(
      sandbox
        .person('ana')
        .messages('eng-stability')
        .map((message) => message.text),
    ).toEqual(['b']);
  });
});

describe('reading', () => {
  test('history pages by cursor, newest first, without gaps or repeats', async () => {
    for (let index = 0; index < 25; index += 1)
      await quiet.client.chat.postMessage({ channel: STABILITY, text: `${index}` });
    const texts: string[] = [];
    for await (const page of quiet.client.paginate('conversations.history', { channel: STABILITY, limit: 10 }))
      texts.push(...(page as unknown as { messages: { text: string }[] }).messages.map((message) => message.text));
    expect(texts).toEqual(Array.from({ length: 25 }, (_, index) => String(24 - index)));
  });

  test('oldest, latest and inclusive bound what is read', async () => {
    const stamps: string[] = [];
    for (let index = 0; index < 4; index += 1) {
      const { ts } = await quiet.client.chat.postMessage({ channel: STABILITY, text: `${index}` });
      stamps.push(String(ts));
    }
    const read = async (args: object) => {
      const { messages } = await quiet.client.conversations.history({ channel: STABILITY, ...args });
      return messages?.map((message) => message.text);
    };
    expect(await read({ oldest: stamps[1], latest: stamps[3] })).toEqual(['2']);
    expect(await read({ oldest: stamps[1], latest: stamps[3], inclusive: true })).toEqual(['3', '2', '1']);
    expect(await read({ oldest: '0' })).toEqual(['3', '2', '1', '0']);
  });

  test('a cursor that was not given out is refused', async () => {
    const call = quiet.client.conversations.history({ channel: STABILITY, cursor: 'bm9uc2Vuc2U=' });
    expect(await refusal(call)).toBe('invalid_cursor');
  });

  test('members page by cursor', async () => {
    const ids: string[] = [];
    for await (const page of quiet.client.paginate('conversations.members', { channel: STABILITY, limit: 2 }))
      ids.push(...(page as unknown as { members: string[] }).members);
    expect(ids).toHaveLength(manifest.features?.bot_user ? 9 : 8);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
