import { assumed, official, type Rules, sdk } from './rule.ts';

const page = 'apis/web-api';

/** How Web API calls and answers travel. */
export const transportRules = {
  requestBodies: official(
    'Bodies that are read; nested values of a form are JSON in a string',
    ['application/x-www-form-urlencoded', 'application/json', 'multipart/form-data'],
    page,
  ),
  tokenPlaces: official('Where the token is read', ['authorization header', 'token in a form body'], page),
  answerStatus: official('Answers have this status, errors too (but 429 and 5xx)', 200, page),
  unknownMethod: official('A method that does not exist', 'unknown_method', page),
  noToken: official('No token', 'not_authed', page),
  badToken: official('A token that was never one', 'invalid_auth', page),
  revokedToken: official('A token that was revoked', 'token_revoked', page),
  inactiveAccount: official('A token of an app that was removed', 'account_inactive', page),
  wrongTokenType: official('A token of the wrong kind', 'not_allowed_token_type', page),
  formatTs: assumed('Form of a ts, unique in its channel', '^\\d{10}\\.\\d{6}$', 'every ts that was seen'),
  cursorEnd: official('next_cursor on the last page', '', 'apis/web-api/pagination'),
  badCursor: official('A cursor that was not given out', 'invalid_cursor', 'apis/web-api/pagination'),
  redirects: sdk('The SDK follows redirects', false, '@slack/web-api 8.2'),
  validateCharacters: official(
    'blocks.validate: characters of its argument',
    100_000,
    'reference/methods/blocks.validate',
  ),
  validateArguments: official(
    'blocks.validate takes exactly one of; else invalid_arguments',
    ['blocks', 'view', 'message'],
    'reference/methods/blocks.validate',
  ),
  validateNeedsToken: official('blocks.validate asks for a token', false, 'reference/methods/blocks.validate'),
  messageErrorWords: sdk(
    'chat.* says invalid_blocks with errors[] and response_metadata.messages, each naming its JSON pointer',
    '[ERROR] {message} [json-pointer:{pointer}]',
    'slackhq/hack-json-schema, slackapi/java-slack-sdk#1017',
  ),
  viewErrorWords: sdk(
    'views.* says invalid_arguments with response_metadata.messages, the first about /view',
    'failed to match all allowed schemas',
    'slackhq/hack-json-schema, nicklambourne/slackblocks#36',
  ),
} satisfies Rules;
