/** What the auditor keeps. Instants are epoch milliseconds of the sandbox clock. */

/** One Web API call as the auditor keeps it: never a token. */
export type CallRecord = {
  id: number;
  /** The workspace that it was about. */
  team: string;
  method: string;
  args: { [key: string]: unknown };
  at: number;
  durationMs: number;
  httpStatus: number;
  ok: boolean;
  error?: string;
  answer: { [key: string]: unknown };
  /** Set when a fault was injected into this call. */
  fault?: string;
};

export type DeliveryKind = 'command' | 'interactive' | 'options' | 'event';

export type DeliveryOutcome = 'pending' | 'acked' | 'timeout' | 'http_error' | 'connection_failed' | 'no_connection';

/** One request from the sandbox to the app, a retry being a record of its own. */
export type DeliveryRecord = {
  id: number;
  team: string;
  kind: DeliveryKind;
  /** 'slash_command', 'block_actions', 'view_submission', 'message.channels' ... */
  type: string;
  payload: { [key: string]: unknown };
  at: number;
  attempt: number;
  outcome: DeliveryOutcome;
  ackMs?: number;
  httpStatus?: number;
  ackBody?: unknown;
  /** Why the outcome is not 'acked', in words. */
  detail?: string;
};

/** A rule of the platform that somebody broke, with what the sandbox did about it. */
export type BrokenRule = { rule: string; detail: string; at: number; method?: string };
