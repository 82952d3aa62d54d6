import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Quiet, quietWorkspace, refusal } from '../support/quiet-workspace.ts';

const STABILITY = 'CENGSTABILITY';
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
let quiet: Quiet;

beforeEach(async () => {
  quiet = await quietWorkspace();
});
afterEach(() => quiet.sandbox.close());

async function upload(args: object = {}) {
  const answer = await quiet.client.files.uploadV2({ filename: 'heat.png', file: PNG, ...args } as never);
  const nested = (answer as unknown as { files: { files: { id: string }[] }[] }).files;
  return nested[0]?.files[0]?.id ?? '';
}

test('the SDK uploads a file, which is shared in the channel once it is processed', async () => {
  const id = await upload({ channel_id: STABILITY, initial_comment: 'This week' });
  await quiet.sandbox.settled();
  const { file } = await quiet.client.files.info({ file: id });
  expect(file).toMatchObject({ name: 'heat.png', mimetype: 'image/png', size: PNG.length });
  const shared = await quiet.sandbox.person('ana').sees('This week', { in: 'eng-stability' });
  expect(shared.files).toEqual([id]);
  expect(file?.shares?.public).toEqual({ [STABILITY]: [{ ts: shared.ts }] });
  const { messages } = await quiet.client.conversations.history({ channel: STABILITY });
  expect(messages?.[0]?.files).toMatchObject([{ id, mimetype: 'image/png' }]);
});

test('its bytes are read with the bot token alone', async () => {
  const id = await upload({ channel_id: STABILITY });
  await quiet.sandbox.settled();
  const { file } = await quiet.client.files.info({ file: id });
  const url = String(file?.url_private);
  expect((await fetch(url)).status).toBe(403);
  const response = await fetch(url, { headers: { authorization: `Bearer ${quiet.sandbox.botToken}` } });
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
});

test('an image is refused in a block until it is processed', async () => {
  quiet.sandbox.setFileProcessing(5_000);
  const id = await upload();
  const post = () =>
    quiet.client.chat.postMessage({
      channel: STABILITY,
      text: 'Heat by week',
      blocks: [{ type: 'image', slack_file: { id }, alt_text: 'Heat falls from 30 to 12' }],
    });
  expect((await quiet.client.files.info({ file: id })).file?.mimetype).toBe('');
  await expect(post()).rejects.toMatchObject({
    data: { error: 'invalid_blocks', errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'] },
  });
  await quiet.sandbox.clock.step(5_000);
  expect((await post()).ok).toBe(true);
});

test('a text file is no image for a block', async () => {
  const id = await upload({ filename: 'a.csv', file: Buffer.from('a,b') });
  await quiet.sandbox.settled();
  const blocks = [{ type: 'image' as const, slack_file: { id }, alt_text: 'x' }];
  expect(await refusal(quiet.client.chat.postMessage({ channel: STABILITY, text: 'x', blocks }))).toBe(
    'invalid_blocks',
  );
});

test('the bytes have to be as many as announced, and come once', async () => {
  const { upload_url: url } = await quiet.client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
  const send = async (body: string) => (await fetch(String(url), { method: 'POST', body })).status;
  expect(await send('four')).toBe(400);
  expect(await send('abc')).toBe(200);
  expect(await send('abc')).toBe(404);
});

test('a file whose bytes never came cannot be completed', async () => {
  const { file_id: id } = await quiet.client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
  const files: [{ id: string }] = [{ id: String(id) }];
  expect(await refusal(quiet.client.files.completeUploadExternal({ files }))).toBe('file_not_found');
});

test.each([0, -1, 1.5])('a length of %s is refused', async (length) => {
  expect(await refusal(quiet.client.files.getUploadURLExternal({ filename: 'a', length }))).toBe('invalid_arguments');
});

test('a deleted file leaves its message if there was more to it', async () => {
  const id = await upload({ channel_id: STABILITY, initial_comment: 'Keep me' });
  await quiet.sandbox.settled();
  await quiet.client.files.delete({ file: id });
  const message = await quiet.sandbox.person('ana').sees('Keep me');
  expect(message.files).toEqual([]);
  expect(await refusal(quiet.client.files.info({ file: id }))).toBe('file_not_found');
});
