import type { Engine } from '../engine/engine.ts';
import { filePayload } from '../files/file-payload.ts';
import { processFile } from '../files/process-file.ts';
import type { StoredFile } from '../files/stored-file.ts';
import { addMessage } from '../messages/add-message.ts';
import { deleteMessage } from '../messages/change-message.ts';
import { limits } from '../rules/limits.ts';
import type { Channel } from '../state/model.ts';
import { textOrEmpty } from '../text/in-text.ts';
import { ApiError, invalidArguments } from './api-error.ts';
import type { Args } from './args.ts';
import { readThread } from './chat-post.ts';
import { findChannel, findTarget, requirePostable } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';
import { readContent } from './read-content.ts';

function getUploadUrl(engine: Engine, args: Args): Answer {
  const name = args.required('filename');
  const size = args.number('length');
  if (size === undefined || !Number.isInteger(size) || size <= 0)
    throw invalidArguments('must be greater than 0', '/length');
  const altText = args.string('alt_txt');
  if ((altText?.length ?? 0) > limits.uploadAltText.value) throw new ApiError('alt_txt_too_large');
  const file: StoredFile = {
    id: engine.ids.id('F'),
    name,
    title: name,
    user: engine.state.app.botUserId,
    createdAt: engine.clock.now(),
    size,
    mimetype: '',
    altText,
    state: 'awaiting_bytes',
    shares: {},
  };
  engine.state.files.set(file.id, file);
  return { upload_url: `${engine.origin}/upload/v1/${file.id}-${engine.ids.secret(24)}`, file_id: file.id };
}

type Entry = { id?: string; title?: string } | null;

function readEntries(engine: Engine, args: Args): StoredFile[] {
  const entries = args.json('files', 'invalid_arguments') as Entry[] | undefined;
  if (!Array.isArray(entries) || entries.length === 0) throw invalidArguments('must hold at least one file', '/files');
  return entries.map((entry) => {
    const { id = '', title } = entry ?? {};
    const file = engine.state.files.get(id);
    if (file?.state !== 'uploaded') throw new ApiError('file_not_found');
    file.title = textOrEmpty(title) || file.name;
    return file;
  });
}

function targets(engine: Engine, args: Args): Channel[] {
  const ids = args.list('channels') ?? [args.string('channel_id') ?? []].flat();
  if (ids.length > limits.uploadChannels.value) throw new ApiError('channels_limit_exceeded');
  return ids.map((id) => {
    const channel = findTarget(engine, id);
    requirePostable(engine, channel);
    return channel;
  });
}

function complete(engine: Engine, args: Args): Answer {
  const channels = targets(engine, args);
  const files = readEntries(engine, args);
  const [only] = channels;
  const threadTs = channels.length === 1 && only ? readThread(engine, only, args) : undefined;
  const blocks = args.has('blocks') ? readContent(engine, args).blocks : undefined;
  const text = args.string('initial_comment') ?? '';
  const share = () => {
    // A known fault of Slack's: a file with alt_txt is never shared, and nobody says so.
    if (files.some((file) => file.altText !== undefined)) {
      if (channels.length > 0)
        engine.audit.brokenRules.add({
          rule: 'uploadAltTextLosesShare',
          detail: files.map((file) => file.id).join(','),
          at: engine.clock.now(),
        });
      return;
    }
    const { botUserId, botId, id } = engine.state.app;
    for (const channel of channels) {
      const message = addMessage(engine, channel, {
        user: botUserId,
        botId,
        appId: id,
        text,
        blocks,
        threadTs,
        files: files.map((file) => file.id),
      });
      for (const file of files) file.shares[channel.id] = [...(file.shares[channel.id] ?? []), message.ts];
    }
  };
  processFile(engine, files, share);
  return { files: files.map((file) => filePayload(engine, file)) };
}

function info(engine: Engine, args: Args): Answer {
  const file = engine.state.files.get(args.required('file'));
  if (!file || file.state === 'awaiting_bytes' || file.state === 'uploaded') throw new ApiError('file_not_found');
  return { file: filePayload(engine, file), comments: [], response_metadata: { next_cursor: '' } };
}

function remove(engine: Engine, args: Args): Answer {
  const file = engine.state.files.get(args.required('file'));
  if (!file) throw new ApiError('file_not_found');
  if (file.user !== engine.state.app.botUserId) throw new ApiError('cant_delete_file');
  engine.state.files.delete(file.id);
  for (const [id, timestamps] of Object.entries(file.shares))
    for (const ts of timestamps) {
      const message = engine.state.message({ channel: findChannel(engine, id).id, ts });
      if (!message) continue;
      message.files = message.files.filter((entry) => entry !== file.id);
      if (message.files.length === 0 && message.text === '' && !message.blocks) deleteMessage(engine, message);
      else engine.changed({ kind: 'message', channel: message.channel, ts: message.ts });
    }
  return {};
}

function list(engine: Engine, args: Args): Answer {
  const { botUserId } = engine.state.app;
  const channel = args.string('channel') === undefined ? undefined : findChannel(engine, args.string('channel')).id;
  const user = args.string('user');
  if (user !== undefined && !engine.state.users.has(user)) throw new ApiError('user_not_found');
  const sees = (id: string) => engine.state.channels.get(id)?.members.has(botUserId) ?? false;
  const found = [...engine.state.files.values()].filter(
    (file) =>
      file.state === 'ready' &&
      (user === undefined || file.user === user) &&
      (channel === undefined || channel in file.shares) &&
      (file.user === botUserId || Object.keys(file.shares).some(sees)),
  );
  const count = args.number('count') ?? 100;
  const page = args.number('page') ?? 1;
  return {
    files: found.slice((page - 1) * count, page * count).map((file) => filePayload(engine, file)),
    paging: { count, total: found.length, page, pages: Math.max(1, Math.ceil(found.length / count)) },
  };
}

/** Slack took it away; the SDKs upload in three steps. */
function upload(): Answer {
  throw new ApiError(limits.uploadRetired.value);
}

export const fileMethods: Handlers = {
  'files.list': list,
  'files.upload': upload,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
  'files.info': info,
  'files.delete': remove,
};
