import { wordMessageViolations } from '../block-kit/errors.ts';
import { validateSurface } from '../block-kit/validate.ts';
import type { Engine } from '../engine/engine.ts';
import { addMessage } from '../messages/add-message.ts';
import { changeMessage } from '../messages/change-message.ts';
import { limits } from '../rules/limits.ts';
import type { Entity, Message } from '../state/model.ts';
import { textOrEmpty } from '../text/in-text.ts';
import { appLinks } from '../unfurls/announce-links.ts';
import { ApiError, worded } from './api-error.ts';
import type { Args } from './args.ts';
import type { Answer, Handlers } from './method.ts';
import { readEntities } from './read-entities.ts';

function linked(engine: Engine, args: Args): Message {
  const unfurlId = args.string('unfurl_id');
  if (unfurlId !== undefined && args.string('source') !== limits.unfurlSource.value)
    throw new ApiError('invalid_source');
  const [id, ...rest] = unfurlId?.split('.') ?? [args.string('channel'), args.string('ts') ?? ''];
  if (!id) throw new ApiError('missing_channel');
  const ts = rest.join('.');
  if (!ts) throw new ApiError('missing_ts');
  const channel = engine.state.channels.get(id);
  if (!channel) throw new ApiError('cannot_find_channel');
  const message = engine.state.message({ channel: channel.id, ts });
  if (!message || message.ephemeralTo) throw new ApiError('cannot_find_message');
  return message;
}

type Attachment = NonNullable<Message['attachments']>[number];

function readUnfurls(args: Args): [string, Attachment][] {
  const given = args.json('unfurls', 'invalid_unfurls_format');
  if (given === undefined) return [];
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new ApiError('invalid_unfurls_format');
  const unfurls = Object.entries(given) as [string, Attachment][];
  for (const [, unfurl] of unfurls)
    if (typeof unfurl !== 'object' || unfurl === null) throw new ApiError('cannot_parse_attachment');
  const violations = validateSurface('message', { attachments: unfurls.map(([, unfurl]) => unfurl) });
  if (violations.length > 0) throw worded(wordMessageViolations(violations));
  return unfurls;
}

function requireLinked(engine: Engine, message: Message, urls: string[]): void {
  const links = appLinks(engine, message.text).map(({ url }) => url);
  for (const url of urls) {
    if (!message.text.includes(url.replaceAll('&', '&amp;'))) throw new ApiError('cannot_unfurl_message');
    if (!links.includes(url)) throw new ApiError('cannot_unfurl_url');
  }
}

/** Asks the person who posted the link to connect their account first. */
function askForAuth(engine: Engine, message: Message, args: Args): void {
  const { app } = engine.state;
  const channel = engine.state.channels.get(message.channel);
  if (!channel) return;
  const url = args.string('user_auth_url');
  const words = args.string('user_auth_message') ?? `${app.name} would like to show more of this link.`;
  const blocks = args.json('user_auth_blocks', 'invalid_blocks_format') as Message['blocks'];
  addMessage(engine, channel, {
    user: app.botUserId,
    botId: app.botId,
    appId: app.id,
    text: url ? `${words} <${url}|Connect>` : words,
    ...(blocks ? { blocks } : {}),
    threadTs: message.threadTs,
    ephemeralTo: message.user,
  });
}

function unfurl(engine: Engine, args: Args): Answer {
  const message = linked(engine, args);
  const unfurls = readUnfurls(args);
  const entities: Entity[] = readEntities(args);
  const asks = args.boolean('user_auth_required') || args.has('user_auth_message') || args.has('user_auth_blocks');
  if (unfurls.length === 0 && entities.length === 0 && !asks) throw new ApiError('missing_unfurls');
  const entityUrls = entities.map(({ app_unfurl_url: url }) => textOrEmpty(url));
  requireLinked(engine, message, [...unfurls.map(([url]) => url), ...entityUrls]);
  if (asks) askForAuth(engine, message, args);
  const { app } = engine.state;
  const shown = unfurls.map(([url, attachment]) => ({
    ...attachment,
    from_url: url,
    original_url: url,
    app_unfurl_url: url,
    is_app_unfurl: true,
    app_id: app.id,
    bot_id: app.botId,
  }));
  const urls = new Set(unfurls.map(([url]) => url));
  const kept = (message.attachments ?? []).filter(({ from_url: url }) => !urls.has(textOrEmpty(url)));
  if (entities.length > 0) message.entities = entities;
  if (shown.length > 0 || entities.length > 0) changeMessage(engine, message, { attachments: [...kept, ...shown] });
  return {};
}

export const unfurlMethods: Handlers = { 'chat.unfurl': unfurl };
