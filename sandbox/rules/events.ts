import { official, type Rules, sdk } from './rule.ts';

const page = 'apis/events-api';
const minute = 60_000;
const hour = 60 * minute;

/** Delivery of events over HTTP. */
export const eventRules = {
  eventAckDeadlineMs: official('An event is answered 2xx in time (ms)', 3000, page),
  eventRedirects: official('Redirects that are followed', 2, page),
  eventRetryDelaysMs: official('Waits before the retries (ms)', [0, minute, 5 * minute], page),
  eventRetryHeaders: official(
    'Headers of a retry; the event_id stays the same',
    { number: 'x-slack-retry-num', reason: 'x-slack-retry-reason' },
    page,
  ),
  eventRetryReasons: official(
    'Reasons of a retry',
    ['http_timeout', 'too_many_redirects', 'connection_failed', 'ssl_error', 'http_error', 'unknown_error'],
    page,
  ),
  eventNoRetry: official('An answer with this header is not retried', { 'x-slack-no-retry': '1' }, page),
  eventDelayedMs: official('Delayed events, when the app asks for them: every (ms)', hour, page),
  eventDelayedForMs: official('… for (ms)', 24 * hour, page),
  eventLatestMs: official('Without delayed events nothing comes later than (ms)', 2 * hour, page),
  eventDisableShare: official('Share of failures in an hour above which events are switched off', 0.95, page),
  eventDisableExempt: official('… unless the app gets fewer events in that hour', 1000, page),
  eventVolume: official('Events of a workspace for an app in an hour; more become app_rate_limited', 30_000, page),
  eventHandshake: official('url_verification is answered with its', 'challenge', page),
  eventEnvelope: official(
    'Fields of event_callback',
    ['token', 'team_id', 'api_app_id', 'event', 'type', 'event_id', 'event_time', 'authorizations', 'event_context'],
    page,
  ),
  eventAuthorizations: official(
    'authorizations in an envelope; the rest through apps.event.authorizations.list',
    1,
    page,
  ),
  eventOwnPosts: sdk('Own posts come back as message events with', ['bot_id', 'user'], '@slack/bolt 5.1 ignoreSelf'),
  eventScopes: official(
    'Scopes, any one of which an event asks for',
    {
      app_mention: ['app_mentions:read'],
      'message.channels': ['channels:history'],
      'message.groups': ['groups:history'],
      'message.im': ['im:history'],
      'message.mpim': ['mpim:history'],
      reaction_added: ['reactions:read'],
      reaction_removed: ['reactions:read'],
      member_joined_channel: ['channels:read', 'groups:read'],
      member_left_channel: ['channels:read', 'groups:read'],
      team_join: ['users:read'],
      user_change: ['users:read'],
      user_guest_status_changed: ['users:read'],
      link_shared: ['links:read'],
      file_shared: ['files:read'],
      assistant_thread_started: ['assistant:write'],
      assistant_thread_context_changed: ['assistant:write'],
      message_metadata_posted: ['metadata.message:read'],
      message_metadata_updated: ['metadata.message:read'],
      message_metadata_deleted: ['metadata.message:read'],
      entity_details_requested: [],
      function_executed: [],
      app_home_opened: [],
      app_uninstalled: [],
      tokens_revoked: [],
    },
    'reference/events',
  ),
} satisfies Rules;
