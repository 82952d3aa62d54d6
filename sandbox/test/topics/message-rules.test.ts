import type { WebAPICallResult } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { type Quiet, quietWorkspace, refusal } from '../support/quiet-workspace.ts';
import { manifest } from '../support/running-app.ts';

const STABILITY = 'CENGSTABILITY';

let quiet: Quiet;

beforeEach(async () => {
  quiet = await quietWorkspace();
});
afterEach(() => quiet.sandbox.close());

type Posted = WebAPICallResult & { ts?: string; channel?: string };

const post = (args: object = {}): Promise<Posted> =>
  quiet.client.apiCall('chat.postMessage', { channel: STABILITY, text: 'x', ...args });
const update = (ts: unknown, args: object) => quiet.client.apiCall('chat.update', { channel: STABILITY, ts, ...args });
const shown = () => quiet.sandbox.person('ana').messages('eng-stability');
const read = async () => (await quiet.client.conversations.history({ channel: STABILITY })).messages ?? [];
const scoped = async (...bot: string[]) => {
  await quiet.sandbox.close();
  quiet = await quietWorkspace({ manifest: { ...manifest, oauth_config: { scopes: { bot } } } });
};

test('blockRollout: a block that has not reached the workspace is refused, however well formed', async () => {
  const data = ['Mon', 'Tue'].map((label) => ({ label, value: 1 }));
  const chart = { type: 'line', series: [{ name: 'Open', data }], axis_config: { categories: ['Mon', 'Tue'] } };
  const blocks = [{ type: 'divider' }, { type: 'data_visualization', title: 'Open', chart }];
  quiet.sandbox.setMissingBlocks(['data_visualization']);
  await expect(post({ blocks })).rejects.toMatchObject({
    data: {
      error: 'invalid_blocks',
      errors: [`${limits.blockRollout.value}: data_visualization [json-pointer:/blocks/1/type]`],
    },
  });
  quiet.sandbox.setMissingBlocks([]);
  expect((await post({ blocks })).ok).toBe(true);
});

describe('the length of a text', () => {
  test('textSplitAbove, textSplitSize: one more character makes two messages', async () => {
    await post({ text: 'a'.repeat(limits.textSplitAbove.value) });
    expect(shown()).toHaveLength(1);
    await post({ text: 'b'.repeat(limits.textSplitAbove.value + 1) });
    expect(shown().map(({ text }) => text.length)).toEqual([
      limits.textSplitAbove.value,
      limits.textSplitSize.value,
      limits.textSplitAbove.value + 1 - limits.textSplitSize.value,
    ]);
  });

  test('textTruncatedAt: what is longer is cut', async () => {
    const most = limits.textTruncatedAt.value;
    await post({ text: 'a'.repeat(most + 5) });
    expect(shown().reduce((sum, { text }) => sum + text.length, 0)).toBe(most);
  });

  test('updateTextMax: an update refuses what a post would split', async () => {
    const { ts } = await post();
    await update(ts, { text: 'a'.repeat(limits.updateTextMax.value) });
    expect(await refusal(update(ts, { text: 'a'.repeat(limits.updateTextMax.value + 1) }))).toBe('msg_too_long');
  });

  test('markdownTextMax, markdownTextConflict: markdown_text stands alone and has its own length', async () => {
    const longest = 'a'.repeat(limits.markdownTextMax.value);
    const markdown = (text: string, rest = {}) => post({ text: undefined, markdown_text: text, ...rest });
    expect((await markdown(longest)).ok).toBe(true);
    expect(await refusal(markdown(`${longest}a`))).toBe('msg_too_long');
    expect(await refusal(markdown('a', { text: 'b' }))).toBe(limits.markdownTextConflict.value);
    expect(await refusal(markdown('a', { blocks: [] }))).toBe(limits.markdownTextConflict.value);
  });
});

describe('what a message needs', () => {
  test('noText: something to show', async () => {
    for (const text of ['', ' ', undefined]) expect(await refusal(post({ text }))).toBe(limits.noText.value);
  });

  test('blocksFormat: blocks are JSON, and a list', async () => {
    for (const blocks of ['[', '{}', '"x"']) expect(await refusal(post({ blocks }))).toBe(limits.blocksFormat.value);
  });

  test('textFallback: blocks without a text are found by the auditor', async () => {
    await post({ text: undefined, blocks: [{ type: 'divider' }] });
    expect(quiet.sandbox.audit.textless()).toHaveLength(1);
    expect(limits.textFallback.value).toBe('missing_text');
  });

  test('generatedBlockId: a block without an id gets one', async () => {
    await post({ blocks: [{ type: 'divider' }] });
    expect(shown()[0]?.blocks?.[0]?.block_id).toHaveLength(limits.generatedBlockId.value);
  });

  test('metadataBytes, metadataShape: metadata has a type, a payload, and an end', async () => {
    const ofSize = (bytes: number) => {
      const empty = { event_type: 'x', event_payload: { a: '' } };
      empty.event_payload.a = 'a'.repeat(bytes - JSON.stringify(empty).length);
      return empty;
    };
    expect((await post({ metadata: ofSize(limits.metadataBytes.value) })).ok).toBe(true);
    expect(await refusal(post({ metadata: ofSize(limits.metadataBytes.value + 1) }))).toBe('metadata_too_large');
    for (const metadata of [{ event_type: 'x' }, { event_payload: {} }, [], 'x'])
      expect(await refusal(post({ metadata: JSON.stringify(metadata) }))).toBe(limits.metadataShape.value);
  });

  test('updateMetadata: left out it stays, {} takes it off', async () => {
    const { ts } = await post({ metadata: { event_type: 'x', event_payload: {} } });
    expect(limits.updateMetadata.value).toEqual({ omitted: 'keep', empty: 'remove' });
    await update(ts, { text: 'y' });
    expect(shown()[0]?.metadata?.event_type).toBe('x');
    await update(ts, { text: 'z', metadata: {} });
    expect(shown()[0]?.metadata).toBeUndefined();
  });

  test('videoScope: a video asks for its own scope', async () => {
    const video = {
      type: 'video',
      video_url: 'https://v.example/1',
      thumbnail_url: 'https://v.example/1.png',
      alt_text: 'A crane',
      title: { type: 'plain_text', text: 'Crane' },
    };
    expect(await refusal(post({ blocks: [video] }))).toBe('missing_scope');
    await scoped('chat:write', limits.videoScope.value);
    expect((await post({ blocks: [video] })).ok).toBe(true);
  });

  test('identityScope: a name of its own only with the scope', async () => {
    await post({ username: 'Santa' });
    expect(shown()[0]?.username).toBeUndefined();
    await scoped('chat:write', 'channels:history', limits.identityScope.value);
    await post({ username: 'Santa' });
    expect(shown()[0]?.username).toBe('Santa');
  });
});

describe('where a message goes', () => {
  test('postMembership, postPublicScope: into a public channel from outside with the scope alone', async () => {
    expect(await refusal(post({ channel: 'CGENERAL0' }))).toBe(limits.postMembership.value);
    await scoped('chat:write', limits.postPublicScope.value);
    expect((await post({ channel: 'CGENERAL0' })).ok).toBe(true);
  });

  test('postPrivate: a private channel without the bot is not there', async () => {
    await quiet.sandbox.close();
    const channels = [{ name: 'secret', kind: 'private' as const, id: 'GSECRET00' }];
    const users = [{ name: 'ana', realName: 'Ana', timeZone: 'UTC' }];
    quiet = await quietWorkspace({ workspace: { team: { name: 'H', domain: 'h' }, users, channels } });
    expect(await refusal(post({ channel: 'GSECRET00' }))).toBe(limits.postPrivate.value);
  });

  test('postArchived: nobody posts into an archived channel until it is back', async () => {
    const ana = quiet.sandbox.person('ana');
    await ana.archiveChannel('eng-stability');
    expect(await refusal(post())).toBe(limits.postArchived.value);
    await expect(ana.say('eng-stability', 'hello?')).rejects.toThrow('is archived');
    await ana.unarchiveChannel('eng-stability');
    expect((await post()).ok).toBe(true);
  });

  test('postToPerson: the id of a person is the way to their direct messages', async () => {
    const { channel } = await post({ channel: 'UANA00000' });
    expect(quiet.sandbox.channel(String(channel))).toMatchObject({ kind: 'im' });
    expect(limits.postToPerson.value).toBe(true);
  });

  test('threadRoot, replyRefused: a reply to a reply belongs to the parent, and to nothing else', async () => {
    const parent = await post();
    const reply = await post({ thread_ts: parent.ts });
    const deeper = (await post({ thread_ts: reply.ts })) as unknown as { message: { thread_ts: string } };
    expect(deeper.message.thread_ts).toBe(parent.ts);
    expect(limits.threadRoot.value).toBe(true);
    const ghost = await quiet.client.chat.postEphemeral({ channel: STABILITY, user: 'UANA00000', text: 'psst' });
    expect(await refusal(post({ thread_ts: ghost.message_ts }))).toBe(limits.replyRefused.value);
  });

  test('ephemeralStored, ephemeralChanged, ephemeralMembership: for one pair of eyes, and out of reach after', async () => {
    const whisper = (user: string) => quiet.client.chat.postEphemeral({ channel: STABILITY, user, text: 'psst' });
    const { message_ts: ts } = await whisper('UANA00000');
    expect(limits.ephemeralStored.value || limits.ephemeralChanged.value).toBe(false);
    expect(await read()).toEqual([]);
    expect(await refusal(update(ts, { text: 'y' }))).toBe(limits.messageUnknown.value);
    expect(await refusal(quiet.client.chat.delete({ channel: STABILITY, ts: String(ts) }))).toBe('message_not_found');
    await quiet.sandbox.person('ben').leaveChannel('eng-stability');
    expect(await refusal(whisper('UBEN00000'))).toBe(limits.ephemeralMembership.value);
  });

  test('updateForeign, deleteForeign: what others wrote is theirs', async () => {
    const { ts } = await quiet.sandbox.person('ana').say('eng-stability', 'mine');
    expect(await refusal(update(ts, { text: 'yours' }))).toBe(limits.updateForeign.value);
    expect(await refusal(quiet.client.chat.delete({ channel: STABILITY, ts }))).toBe(limits.deleteForeign.value);
  });
});

describe('reading', () => {
  test('textRewrittenOnRead: links get brackets, emoji their names', async () => {
    await post({ text: 'Up 🔥 see https://a.example/x, <https://b.example|🔥> ok' });
    const [message] = await read();
    expect(message?.text).toBe('Up :fire: see <https://a.example/x>, <https://b.example|🔥> ok');
    expect(limits.textRewrittenOnRead.value).toEqual({ url: '<url>', emoji: ':name:' });
  });

  test('formatTs: every ts has one form and none comes twice', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post()));
    const all = answers.map(({ ts }) => String(ts));
    for (const ts of all) expect(ts).toMatch(new RegExp(limits.formatTs.value));
    expect(new Set(all).size).toBe(20);
  });

  test('cursorEnd, badCursor: the last page says so, and made-up cursors are refused', async () => {
    await post();
    const page = await quiet.client.conversations.history({ channel: STABILITY, limit: 5 });
    expect(page.response_metadata?.next_cursor ?? '').toBe(limits.cursorEnd.value);
    expect(await refusal(quiet.client.conversations.history({ channel: STABILITY, cursor: 'x' }))).toBe(
      limits.badCursor.value,
    );
  });

  test('historyLimitMax: a page holds no more, whatever was asked', async () => {
    for (let count = 0; count <= limits.historyLimitMax.value; count += 1) await post();
    const page = await quiet.client.conversations.history({ channel: STABILITY, limit: 5000 });
    expect(page.messages).toHaveLength(limits.historyLimitMax.value);
    expect(page.has_more).toBe(true);
  });
});

describe('notifying', () => {
  test('notifyingSyntax, escapedCharacters: mentions notify, escaped ones do not', async () => {
    const notified = async (text: string) => {
      const { ts } = await post({ text });
      return quiet.sandbox.audit.notifications({ channel: STABILITY, ts: String(ts) }).length;
    };
    const written = limits.notifyingSyntax.value.map((syntax) => syntax.replace('U…', 'UANA00000').replace('S…', 'S1'));
    for (const syntax of written) {
      expect(await notified(`hey ${syntax}`), syntax).toBeGreaterThan(0);
      const entities: { [character: string]: string } = limits.escapedCharacters.value;
      const escaped = syntax.replace(/[&<>]/g, (character) => entities[character] ?? '');
      expect(await notified(`hey ${escaped}`), escaped).toBe(0);
    }
  });

  test('plainTextMentions: a plain_text object names nobody', async () => {
    const header = { type: 'header', text: { type: 'plain_text', text: '<@UANA00000> <!channel>' } };
    const { ts } = await post({ text: 'x', blocks: [header] });
    const notified = quiet.sandbox.audit.notifications({ channel: STABILITY, ts: String(ts) });
    expect(notified.length > 0).toBe(limits.plainTextMentions.value);
  });
});
