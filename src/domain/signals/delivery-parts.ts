import { valueAt } from './json-pointer.ts';
import type { SignalKind } from './signal.ts';

/** A megabyte holds a thousand alerts of a usual size, so that only bodies of tiny ones are cut. */
export const MOST_ALERTS = 1_000;

/** A body as it is read: each part by itself, as if it had come alone. `leftOut` counts those that are too many. */
export type DeliveryParts = { parts: readonly unknown[]; leftOut: number };

/** Alertmanager sends the alerts of a group together; of all others a delivery is one part. */
export function partsOf(kind: SignalKind, body: unknown): DeliveryParts {
  const alerts = kind === 'alertmanager' ? valueAt(body, '/alerts') : undefined;
  if (!Array.isArray(alerts) || alerts.length <= 1) return { parts: [body], leftOut: 0 };
  const group = {
    commonLabels: valueAt(body, '/commonLabels'),
    commonAnnotations: valueAt(body, '/commonAnnotations'),
    externalURL: valueAt(body, '/externalURL'),
    truncatedAlerts: valueAt(body, '/truncatedAlerts'),
  };
  return {
    parts: alerts.slice(0, MOST_ALERTS).map((alert: unknown, i) => ({ ...group, isFollowing: i > 0, alerts: [alert] })),
    leftOut: Math.max(0, alerts.length - MOST_ALERTS),
  };
}
