import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Channel, Message } from '../state/model.ts';

/** The links that stand in a text, as they were typed. */
export function linksIn(text: string): string[] {
  const links = [...text.matchAll(/<(https?:\/\/[^|>]+)(?:\|[^>]*)?>/g)].map(([, url = '']) =>
    url.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
  return [...new Set(links)];
}

function domainOf(engine: Engine, url: string): string | undefined {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const domains = engine.state.app.manifest.features?.unfurl_domains ?? [];
  return domains.find((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** The links of a message that lead to the app's own domains. */
export function appLinks(engine: Engine, text: string): { url: string; domain: string }[] {
  return linksIn(text).flatMap((url) => {
    const domain = domainOf(engine, url);
    return domain === undefined ? [] : [{ url, domain }];
  });
}

/** Tells the app of links to its domains that a person posted, wherever that was. */
export function announceLinks(engine: Engine, channel: Channel, message: Message): void {
  const links = appLinks(engine, message.text);
  if (links.length === 0 || message.botId) return;
  emitEvent(engine, 'link_shared', {
    type: 'link_shared',
    channel: channel.id,
    is_bot_user_member: channel.members.has(engine.state.app.botUserId),
    user: message.user,
    message_ts: message.ts,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    links,
    unfurl_id: `${message.channel}.${message.ts}`,
    source: 'conversations_history',
    event_ts: message.ts,
  });
}
