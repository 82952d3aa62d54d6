import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { type Quiet, quietWorkspace, refusal } from '../support/quiet-workspace.ts';

const STABILITY = 'CENGSTABILITY';
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');

let quiet: Quiet;

beforeEach(async () => {
  quiet = await quietWorkspace();
});
afterEach(() => quiet.sandbox.close());

const start = (args: object = {}) =>
  quiet.client.apiCall('files.getUploadURLExternal', { filename: 'heat.png', length: PNG.length, ...args }) as Promise<{
    upload_url?: string;
    file_id?: string;
  }>;

async function upload(args: { [name: string]: unknown } = {}, multipart = false): Promise<string> {
  const { upload_url: url, file_id: id = '' } = await start();
  const form = new FormData();
  form.set(limits.uploadPart.value, new Blob([PNG]), 'Untitled');
  await fetch(String(url), { method: 'POST', body: multipart ? form : PNG });
  await quiet.client.apiCall('files.completeUploadExternal', { files: [{ id }], ...args });
  return id;
}

const image = (id: string) => [{ type: 'image', alt_text: 'Heat', slack_file: { id } }];
const post = (blocks: object[]) => quiet.client.apiCall('chat.postMessage', { channel: STABILITY, text: 'x', blocks });

test.each([true, false])('uploadSteps, uploadPart: three steps, as a form %j', async (multipart) => {
  const id = await upload({ channel_id: STABILITY }, multipart);
  await quiet.sandbox.settled();
  expect(quiet.sandbox.file(id)?.bytes).toEqual(new Uint8Array(PNG));
  const [first, , last] = limits.uploadSteps.value;
  expect(quiet.sandbox.audit.calls().map(({ method }) => method)).toEqual([first, last]);
});

test('uploadPrivate: without a channel nobody sees it', async () => {
  const id = await upload();
  await quiet.sandbox.settled();
  const { file } = await quiet.client.files.info({ file: id });
  expect(file?.is_public).toBe(!limits.uploadPrivate.value);
  expect(quiet.sandbox.person('ana').messages('eng-stability')).toEqual([]);
});

test('uploadChannels: into a hundred channels at most', async () => {
  const channels = (count: number) => Array.from({ length: count }, () => STABILITY).join(',');
  expect(await upload({ channels: channels(limits.uploadChannels.value) })).toMatch(/^F/);
  expect(await refusal(upload({ channels: channels(limits.uploadChannels.value + 1) }))).toBe(
    'channels_limit_exceeded',
  );
});

test('uploadAltText, uploadAltTextName, uploadAltTextLosesShare: alt_txt has an end, and loses the share', async () => {
  const name = limits.uploadAltTextName.value;
  const longest = 'x'.repeat(limits.uploadAltText.value);
  expect(await refusal(start({ [name]: `${longest}x` }))).toBe('alt_txt_too_large');
  const { upload_url: url, file_id: id } = await start({ [name]: longest });
  await fetch(String(url), { method: 'POST', body: PNG });
  await quiet.client.apiCall('files.completeUploadExternal', { files: [{ id }], channel_id: STABILITY });
  await quiet.sandbox.settled();
  const lost = quiet.sandbox.person('ana').messages('eng-stability').length === 0;
  expect(lost).toBe(limits.uploadAltTextLosesShare.value);
  expect(quiet.sandbox.audit.brokenRules().map(({ rule }) => rule)).toEqual(['uploadAltTextLosesShare']);
});

test('uploadAsync, slackFileNotReady: a file is known, and usable in a block, some time after', async () => {
  quiet.sandbox.setFileProcessing(5000);
  const id = await upload();
  const { file } = await quiet.client.files.info({ file: id });
  for (const field of limits.uploadAsync.value) {
    const value = (file as { [key: string]: unknown })[field];
    expect(value === undefined || value === '' || Object.keys(value as object).length === 0, field).toBe(true);
  }
  const nested = { type: 'context', elements: image(id) };
  for (const [blocks, pointer] of [
    [image(id), '/blocks/0/slack_file'],
    [[nested], '/blocks/0/elements/0/slack_file'],
  ] as const)
    await expect(post([...blocks])).rejects.toMatchObject({
      data: { errors: [`${limits.slackFileNotReady.value} [json-pointer:${pointer}]`] },
    });
  await quiet.sandbox.clock.step(5000);
  expect((await post([...image(id), nested])).ok).toBe(true);
});

test('slackFileTypes: a picture, and nothing else', async () => {
  expect(limits.slackFileTypes.value).toContain('png');
  const { upload_url: url, file_id: id = '' } = await start({ filename: 'a.pdf', length: 4 });
  await fetch(String(url), { method: 'POST', body: '%PDF' });
  await quiet.client.apiCall('files.completeUploadExternal', { files: [{ id }] });
  await quiet.sandbox.settled();
  expect(await refusal(post(image(id)))).toBe('invalid_blocks');
});

test('uploadV2Shape: the SDK answers a list in a list', async () => {
  const answer = await quiet.client.files.uploadV2({ filename: 'heat.png', file: PNG, channel_id: STABILITY });
  expect(answer).toMatchObject({ files: [{ files: [{ id: expect.stringMatching(/^F/) }] }] });
  expect(limits.uploadV2Shape.value).toEqual({ files: [{ files: [] }] });
});
