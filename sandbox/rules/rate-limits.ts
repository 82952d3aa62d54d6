import { assumed, metadata, official, type Rules, sdk, thirdParty } from './rule.ts';

const page = 'apis/web-api/rate-limits';

/** Calls per minute, per method, workspace and app. */
export const rateLimitRules = {
  rateTier1: official('Tier 1: calls a minute', 1, page),
  rateTier2: official('Tier 2: calls a minute', 20, page),
  rateTier3: official('Tier 3: calls a minute', 50, page),
  rateTier4: official('Tier 4: calls a minute', 100, page),
  rateWindowMs: official('The window of a tier (ms)', 60_000, page),
  ratePosting: official('Messages a second in one channel, however they are posted', 1, page),
  ratePostingWorkspace: assumed(
    'Messages a minute in a workspace',
    300,
    'a comment of java-slack-sdk says several hundred',
  ),
  rateSpecial: sdk('auth.test, chat.getPermalink: calls a minute', 600, 'java-slack-sdk, MethodsRateLimits'),
  rateWebhook: official('Messages a second through one incoming webhook', 1, page),
  webhookErrors: official(
    'What an incoming webhook answers, as plain text',
    {
      ok: 200,
      invalid_payload: 400,
      channel_not_found: 404,
      channel_is_archived: 410,
    },
    'changelog/2016-05-17-changes-to-errors-for-incoming-webhooks',
  ),
  webhookGone: thirdParty(
    'An incoming webhook that is not there',
    { no_service: 404 },
    'routeforms.com, decoder of webhook errors',
  ),
  rateAnswer: official(
    'Answer to one call too many; the header says how many seconds to wait',
    { status: 429, header: 'retry-after', error: 'ratelimited' },
    page,
  ),
  rateScope: official('A limit stops only its', ['method', 'workspace'], page),
  rateHistoryCommercial: official(
    'conversations.history and replies for apps that are distributed outside the Marketplace: calls a minute, messages a page',
    { perMinute: 1, limit: 15 },
    'changelog/2025/05/29',
  ),
  rateProfileSet: official('users.profile.set: calls a minute per person and per token', { user: 10, token: 30 }, page),
  pageLimitAdvised: official('Advised limit of a page', 200, 'apis/web-api/pagination'),
  historyLimitMax: metadata('conversations.history: greatest limit', 999, 'conversations.history'),
} satisfies Rules;
