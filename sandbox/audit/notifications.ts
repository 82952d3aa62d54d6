import type { Block } from '../blocks/block.ts';
import type { Engine } from '../engine/engine.ts';
import type { Notification } from '../page/server/screen.ts';
import type { Message } from '../state/model.ts';
import { inText, textOrEmpty } from '../text/in-text.ts';

const MENTION = /<(?:@([UW][A-Z0-9]+)|!(channel|here|everyone)|!subteam\^(S[A-Z0-9]+))(?:\|[^<>]*)?>/g;

type Mention = { because: string; user?: string; group?: string; everybody: boolean };

function fromMrkdwn(text: string): Mention[] {
  return [...text.matchAll(MENTION)].map(([because, user, , group]) => ({
    because,
    user,
    group,
    everybody: user === undefined && group === undefined,
  }));
}

/** With parse: 'full', bare words notify too. */
function fromBareNames(text: string): Mention[] {
  return [...text.matchAll(/(?:^|[^\w<])@([a-z0-9][a-z0-9._-]*)/gi)].map(([, name = '']) => ({
    because: `@${name}`,
    user: name,
    everybody: ['channel', 'here', 'everyone'].includes(name),
  }));
}

function fromRichText(node: { [key: string]: unknown }): Mention[] {
  if (node.type === 'user') {
    const user = textOrEmpty(node.user_id);
    return [{ because: `<@${user}>`, user, everybody: false }];
  }
  if (node.type === 'broadcast') return [{ because: `<!${inText(node.range)}>`, everybody: true }];
  if (node.type === 'usergroup') {
    const group = textOrEmpty(node.usergroup_id);
    return [{ because: `<!subteam^${group}>`, group, everybody: false }];
  }
  return children(node).flatMap(fromRichText);
}

function children(node: { [key: string]: unknown }): { [key: string]: unknown }[] {
  return Object.values(node)
    .flat()
    .filter((entry): entry is { [key: string]: unknown } => typeof entry === 'object' && entry !== null);
}

/** mrkdwn text objects, markdown blocks and rich text mention; plain_text never does. */
function fromBlock(node: { [key: string]: unknown }): Mention[] {
  if (node.type === 'rich_text') return fromRichText(node);
  if (node.type === 'mrkdwn' || node.type === 'markdown') return fromMrkdwn(textOrEmpty(node.text));
  return children(node).flatMap(fromBlock);
}

/** Everybody a message would notify, with the mention that does it. A group that nobody knows counts for all members. */
export function notificationsOf(engine: Engine, message: Message): Notification[] {
  const blocks = (message.blocks ?? []) as (Block & { [key: string]: unknown })[];
  const mentions = [...fromMrkdwn(message.text), ...blocks.flatMap(fromBlock)];
  for (const attachment of message.attachments ?? [])
    mentions.push(...fromMrkdwn(textOrEmpty(attachment.text)), ...fromBlock(attachment));
  if (message.parse === 'full') mentions.push(...fromBareNames(message.text));
  const members = engine.state.channels.get(message.channel)?.members ?? new Set<string>();
  const found = new Map<string, Notification>();
  for (const { because, user, group, everybody } of mentions) {
    const ofGroup = group === undefined ? undefined : (engine.state.userGroups.get(group)?.users ?? [...members]);
    const ids = ofGroup ?? (everybody ? [...members] : [engine.state.userByNameOrId(user ?? '')?.id]);
    for (const id of ids) {
      if (id === undefined || id === message.user || engine.state.users.get(id)?.isBot) continue;
      found.set(`${id} ${because}`, { user: id, because });
    }
  }
  return [...found.values()];
}
