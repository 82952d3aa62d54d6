import type { DeliveryKind, DeliveryRecord } from '../audit/records.ts';
import type { Engine } from '../engine/engine.ts';
import type { Ack } from './transport.ts';

export type Delivered = { record: DeliveryRecord; ack: Ack };

type ToDeliver = {
  kind: DeliveryKind;
  type: string;
  payload: { [key: string]: unknown };
  attempt?: number;
  retryReason?: string;
  acceptsResponse?: boolean;
  unsigned?: boolean;
};

/** Sends one request to the app and writes down how it went. */
export async function deliver(engine: Engine, what: ToDeliver): Promise<Delivered> {
  const { kind, type, payload, attempt = 0, retryReason, acceptsResponse = false, unsigned = false } = what;
  const end = engine.activity.begin();
  const record: DeliveryRecord = {
    id: engine.audit.nextId(),
    team: engine.state.team.id,
    kind,
    type,
    payload,
    at: engine.clock.now(),
    attempt,
    outcome: 'pending',
  };
  engine.audit.deliveries.add(record);
  engine.changed({ kind: 'delivery', id: record.id });
  const startedAt = performance.now();
  try {
    const ack = await engine.transport.send({
      kind,
      payload,
      attempt,
      retryReason,
      acceptsResponse,
      unsigned,
      deadlineMs: engine.ackDeadlineMs,
    });
    record.outcome = ack.outcome;
    record.ackMs = performance.now() - startedAt;
    record.httpStatus = ack.httpStatus;
    record.ackBody = ack.body;
    record.detail = ack.detail;
    engine.changed({ kind: 'delivery', id: record.id });
    return { record, ack };
  } finally {
    end();
  }
}
