import type { MethodFacts } from '../rules/method-facts.ts';
import { methods as rules } from '../rules/methods.ts';
import { appMethods } from './apps.ts';
import { assistantMethods } from './assistant.ts';
import { authMethods } from './auth.ts';
import { validateMethods } from './blocks-validate.ts';
import { bookmarkMethods } from './bookmarks.ts';
import { changingMethods } from './chat-change.ts';
import { postingMethods } from './chat-post.ts';
import { schedulingMethods } from './chat-schedule.ts';
import { conversationMethods } from './conversations.ts';
import { channelChangeMethods } from './conversations-change.ts';
import { membershipMethods } from './conversations-members.ts';
import { entityMethods } from './entities.ts';
import { fileMethods } from './files.ts';
import { functionMethods } from './functions.ts';
import { historyMethods } from './history.ts';
import type { Handler, Handlers } from './method.ts';
import { oauthMethods } from './oauth.ts';
import { pinMethods } from './pins.ts';
import { reactionMethods } from './reactions.ts';
import { streamMethods } from './streams.ts';
import { unfurlMethods } from './unfurl.ts';
import { userGroupMethods } from './usergroups.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';
import { workspaceMethods } from './workspace.ts';

/** Every method that the sandbox models; the rest of Slack's answer unknown_method. */
export const handlers: Handlers = {
  ...appMethods,
  ...assistantMethods,
  ...authMethods,
  ...bookmarkMethods,
  ...changingMethods,
  ...channelChangeMethods,
  ...conversationMethods,
  ...entityMethods,
  ...fileMethods,
  ...functionMethods,
  ...historyMethods,
  ...membershipMethods,
  ...oauthMethods,
  ...pinMethods,
  ...postingMethods,
  ...reactionMethods,
  ...schedulingMethods,
  ...streamMethods,
  ...unfurlMethods,
  ...userGroupMethods,
  ...userMethods,
  ...validateMethods,
  ...viewMethods,
  ...workspaceMethods,
};

export type TokenKind = 'bot' | 'app' | 'none';

export type Method = MethodFacts & { token: TokenKind; handle: Handler };

const TOKENS: { [name: string]: TokenKind } = {
  'api.test': 'none',
  'blocks.validate': 'none',
  'oauth.v2.access': 'none',
  'oauth.v2.exchange': 'none',
  'apps.connections.open': 'app',
  'apps.event.authorizations.list': 'app',
};

export function findMethod(name: string): Method | undefined {
  const handle = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  const facts = rules[name]?.value;
  return handle && facts && { ...facts, token: TOKENS[name] ?? 'bot', handle };
}
