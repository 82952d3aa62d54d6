import { appMethods } from './apps.ts';
import { authMethods } from './auth.ts';
import { changingMethods } from './chat-change.ts';
import { postingMethods } from './chat-post.ts';
import { conversationMethods } from './conversations.ts';
import { historyMethods } from './history.ts';
import type { Methods } from './method.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every method that the sandbox models; the rest of Slack's answer unknown_method. */
export const methods: Methods = {
  ...appMethods,
  ...authMethods,
  ...postingMethods,
  ...changingMethods,
  ...conversationMethods,
  ...historyMethods,
  ...userMethods,
  ...viewMethods,
};
