import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryRecord } from '../../audit/records.ts';
import type { MessageRef } from '../../state/model.ts';
import { type Quiet, quietWorkspace } from '../support/quiet-workspace.ts';
import { rawApp } from '../support/raw-app.ts';

let app: Awaited<ReturnType<typeof rawApp>>;
let quiet: Quiet;
let answer: object | undefined;
beforeEach(async () => {
  answer = undefined;
  const headers = { 'content-type': 'application/json' };
  app = await rawApp(() => (answer ? { headers, body: JSON.stringify(answer) } : {}));
  quiet = await quietWorkspace({ delivery: { kind: 'http', url: app.url } });
});
afterEach(async () => {
  await quiet.sandbox.close();
  await app.stop();
});

const GAME = {
  text: 'Choose a game to play',
  fallback: 'You cannot choose one',
  callback_id: 'wopr',
  actions: [
    { name: 'game', text: 'Chess', type: 'button', value: 'chess' },
    {
      name: 'war',
      text: 'Thermonuclear War',
      type: 'button',
      value: 'war',
      confirm: { title: 'Sure?', text: 'Nobody wins.', ok_text: 'Yes', dismiss_text: 'No' },
    },
    { name: 'list', text: 'Pick one', type: 'select', options: [{ text: 'Hearts', value: 'hearts' }] },
    { name: 'who', text: 'With whom', type: 'select', data_source: 'users' },
  ],
};

async function post(): Promise<MessageRef> {
  const { channel, ts } = await quiet.client.chat.postMessage({
    channel: quiet.sandbox.channel('eng-stability')?.id ?? '',
    text: 'A game?',
    attachments: [GAME as never],
  });
  return { channel: String(channel), ts: String(ts) };
}
const ana = () => quiet.sandbox.person('ana');
const sent = (record: DeliveryRecord | undefined) => record?.payload;

describe('the buttons and menus of a legacy attachment', () => {
  test('attachmentActionType: tell the app who pressed what, with the message that they stand in', async () => {
    const message = await post();
    expect(sent(await ana().press(message, { name: 'game' }))).toMatchObject({
      type: 'interactive_message',
      callback_id: 'wopr',
      actions: [{ name: 'game', type: 'button', value: 'chess' }],
      attachment_id: '1',
      message_ts: message.ts,
      channel: { id: message.channel, name: 'eng-stability' },
      user: { id: ana().id, name: 'ana' },
      original_message: { text: 'A game?', attachments: [{ id: 1, callback_id: 'wopr' }] },
      response_url: expect.stringContaining('/actions/'),
      trigger_id: expect.any(String),
      token: expect.any(String),
    });
  });

  test.each([
    [{ name: 'list', value: 'Hearts' }, 'hearts'],
    [{ name: 'list', value: 'hearts' }, 'hearts'],
    [{ name: 'who', value: 'ben' }, 'UBEN00000'],
  ])('picking %j chooses %s', async (target, value) => {
    expect(sent(await ana().press(await post(), target))).toMatchObject({
      actions: [{ name: target.name, type: 'select', selected_options: [{ value }] }],
    });
  });

  test('attachmentAckReplaces: what the app answers at once takes the place of the message', async () => {
    answer = { text: 'A strange game.', attachments: [] };
    const message = await post();
    await ana().press(message, { name: 'game' });
    expect(quiet.sandbox.message(message)?.text).toBe('A strange game.');
  });

  test('an answer that does not replace stands beside it, for whom it is meant', async () => {
    answer = { text: 'Only you read this.', response_type: 'ephemeral', replace_original: false };
    const message = await post();
    await ana().press(message, { name: 'game' });
    expect(quiet.sandbox.message(message)?.text).toBe('A game?');
    expect((await ana().sees('Only you read this.', { in: 'eng-stability' })).ephemeralTo).toBe(ana().id);
  });

  test('attachmentReplyType: an answer beside it is for the whole channel unless it says otherwise', async () => {
    answer = { text: 'All of you read this.', replace_original: false };
    await ana().press(await post(), { name: 'game' });
    expect(
      (await quiet.sandbox.person('ben').sees('All of you read this.', { in: 'eng-stability' })).text,
    ).toBeTruthy();
  });

  test('an empty answer leaves the message as it is', async () => {
    const message = await post();
    await ana().press(message, { name: 'game' });
    expect(quiet.sandbox.message(message)?.text).toBe('A game?');
    expect(quiet.sandbox.audit.brokenRules()).toEqual([]);
  });

  test('that ask first send nothing unless the answer is yes', async () => {
    const message = await post();
    await expect(ana().press(message, { name: 'war' })).rejects.toThrow('a dialog asks "Sure?: Nobody wins."');
    expect(await ana().press(message, { name: 'war' }, { confirm: false })).toBeUndefined();
    expect(app.received).toEqual([]);
    expect(await ana().press(message, { name: 'war' }, { confirm: true })).toMatchObject({ outcome: 'acked' });
  });

  test.each([
    [{ name: 'chess' }, '0 controls match'],
    [{ name: 'list', value: 'Bridge' }, 'list does not offer "Bridge"; it offers Hearts'],
  ])('%j is not there to be pressed', async (target, words) => {
    await expect(ana().press(await post(), target)).rejects.toThrow(words);
    expect(app.received).toEqual([]);
  });
});
