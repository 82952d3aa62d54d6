import { wordMessageViolations } from '../block-kit/errors.ts';
import { validateSurface } from '../block-kit/validate.ts';
import type { Block } from '../blocks/block.ts';
import type { Engine } from '../engine/engine.ts';
import { addMessage, threadRoot } from '../messages/add-message.ts';
import { changeMessage, deleteMessage } from '../messages/change-message.ts';
import { limits } from '../rules/limits.ts';
import type { Message } from '../state/model.ts';
import type { ResponseUrl } from '../state/pending.ts';

export type ResponseBody = {
  text?: string;
  blocks?: Block[];
  attachments?: { [key: string]: unknown }[];
  response_type?: string;
  replace_original?: boolean;
  delete_original?: boolean;
  thread_ts?: string;
  metadata?: Message['metadata'];
};

type ResponseAnswer = { status: number; body: { ok: boolean; error?: string } };

const refused = ({ status, error }: { status: number; error: string }): ResponseAnswer => ({
  status,
  body: { ok: false, error },
});

/** An answer for one person stays where they acted; one for the channel says its thread. */
function threadOf(engine: Engine, url: ResponseUrl, body: ResponseBody): string | undefined {
  if (body.response_type !== 'in_channel') return url.threadTs;
  return typeof body.thread_ts === 'string' ? threadRoot(engine, url.channel, body.thread_ts)?.ts : undefined;
}

/** What an app's message to a response_url, or in the ack of a slash command, does. */
export function applyResponse(engine: Engine, url: ResponseUrl, body: ResponseBody): string | undefined {
  const channel = engine.state.channels.get(url.channel);
  if (!channel) return 'channel_not_found';
  const original = url.messageTs ? engine.state.message({ channel: url.channel, ts: url.messageTs }) : undefined;
  if (body.delete_original && url.source !== 'command') {
    if (original) deleteMessage(engine, original);
    return undefined;
  }
  const violations = validateSurface('message', {
    text: body.text,
    blocks: body.blocks,
    attachments: body.attachments,
  });
  if (violations.length > 0) return wordMessageViolations(violations).error;
  const text = body.text ?? '';
  if (text.trim() === '' && !body.blocks?.length && !body.attachments?.length) return 'no_text';
  const textless = text.trim() === '';
  const content = { text, blocks: body.blocks, attachments: body.attachments, textless };
  if (body.replace_original && url.source !== 'command' && original) {
    changeMessage(engine, original, content);
    return undefined;
  }
  const { app } = engine.state;
  addMessage(engine, channel, {
    ...content,
    user: app.botUserId,
    botId: app.botId,
    appId: app.id,
    metadata: body.metadata,
    threadTs: threadOf(engine, url, body),
    ephemeralTo: body.response_type === 'in_channel' ? undefined : url.user,
  });
  return undefined;
}

/** Answers a POST to a response_url. */
export function answerResponseUrl(engine: Engine, id: string, text: string): ResponseAnswer {
  const url = engine.state.responseUrls.get(id);
  if (!url) return refused({ status: 404, error: 'invalid_url' });
  if (engine.clock.now() - url.createdAt > limits.responseUrlLifetimeMs.value)
    return refused(limits.responseUrlExpired.value);
  if (url.uses >= limits.responseUrlUses.value) return refused(limits.responseUrlUsedUp.value);
  let body: ResponseBody | null;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  if (typeof body !== 'object' || body === null) return refused({ status: 400, error: 'invalid_payload' });
  url.uses += 1;
  const error = applyResponse(engine, url, body);
  return error
    ? refused({ status: limits.responseUrlInvalidBlocks.value.status, error })
    : { status: 200, body: { ok: true } };
}
