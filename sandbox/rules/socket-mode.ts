import { issue, official, type Rules, sdk } from './rule.ts';

const page = 'apis/events-api/using-socket-mode';

export const socketRules = {
  socketOpenToken: official('apps.connections.open takes the app token in this header only', 'authorization', page),
  socketTicketUses: official('Connections for one url', 1, page),
  socketHello: official('First frame', ['type', 'num_connections', 'debug_info', 'connection_info'], page),
  socketConnections: official('Connections of an app', 10, page),
  socketTooMany: sdk('Reason that turns away one connection too many', 'too_many_websockets', '@slack/socket-mode 3.1'),
  socketOneReceiver: official('A payload goes to one connection', 1, page),
  socketEnvelope: official(
    'Fields of an envelope',
    ['envelope_id', 'type', 'accepts_response_payload', 'payload'],
    page,
  ),
  socketEnvelopeTypes: official('Types of an envelope', ['events_api', 'interactive', 'slash_commands'], page),
  socketRetryFields: sdk('Fields of a retried event', ['retry_attempt', 'retry_reason'], '@slack/socket-mode 3.1'),
  socketRetryReason: issue('retry_reason of an event that was not acked', 'timeout', 'slackapi/bolt-js#2188'),
  socketAckPayload: official(
    'The payload of an ack counts only if the envelope says',
    'accepts_response_payload',
    page,
  ),
  socketDisconnectReasons: official('Reasons of a disconnect', ['warning', 'refresh_requested', 'link_disabled'], page),
  socketWarningMs: official('warning comes this long before (ms)', 10_000, page),
  socketDebugRefreshSeconds: official('Life of a connection with debug_reconnects (s)', 360, page),
  socketServerPingMs: sdk(
    'The server pings at least this often (ms)',
    30_000,
    '@slack/socket-mode 3.1 serverPingTimeout',
  ),
  socketInsteadOfHttp: official('With Socket Mode on, nothing is sent over HTTP', true, page),
  socketNobodyThere: official('An interaction with no live connection fails at once', true, page),
  socketUnsigned: official('Frames are signed, or preceded by url_verification', false, page),
} satisfies Rules;
