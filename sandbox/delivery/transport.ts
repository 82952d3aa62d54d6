import type { DeliveryKind, DeliveryOutcome } from '../audit/records.ts';

export type Outgoing = {
  kind: DeliveryKind;
  /** Slack's payload; for slash commands its flat fields. */
  payload: { [key: string]: unknown };
  /** 0 for the first try of an event. */
  attempt: number;
  retryReason?: string;
  /** Whether the ack may carry a body that Slack acts on. */
  acceptsResponse: boolean;
  deadlineMs: number;
  /** Sent over HTTP without Slack's signature. */
  unsigned?: boolean;
};

export type Ack = {
  outcome: Exclude<DeliveryOutcome, 'pending'>;
  body?: unknown;
  httpStatus?: number;
  detail?: string;
  /** The app asked not to be sent this event again. */
  noRetry?: boolean;
};

export type Transport = {
  send(outgoing: Outgoing): Promise<Ack>;
  close(): Promise<void>;
};
