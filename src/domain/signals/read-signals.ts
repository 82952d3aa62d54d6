import { readAlertmanager } from './senders/alertmanager.ts';
import { readCloudMonitoring } from './senders/cloud-monitoring.ts';
import { readFivetran } from './senders/fivetran.ts';
import { readGenericJson, type SignalMapping } from './senders/generic-json.ts';
import { readGithub } from './senders/github.ts';
import { readPagerduty } from './senders/pagerduty.ts';
import { readPushedFigures } from './senders/pushed-figures.ts';
import { readSentry } from './senders/sentry.ts';
import { readStripe } from './senders/stripe.ts';
import type { Signal, SignalDelivery, SignalKind } from './signal.ts';

const READERS: Record<Exclude<SignalKind, 'json'>, (delivery: SignalDelivery) => Signal[]> = {
  alertmanager: readAlertmanager,
  cloud_monitoring: readCloudMonitoring,
  stripe: readStripe,
  fivetran: readFivetran,
  sentry: readSentry,
  github: readGithub,
  pagerduty: readPagerduty,
  metrics: readPushedFigures,
};

/** What a delivery says, by the reader of its kind. JSON of any shape gives signals or an `ignored`; it never throws. */
export function readSignals(kind: SignalKind, delivery: SignalDelivery, mapping: SignalMapping | null): Signal[] {
  return kind === 'json' ? readGenericJson(delivery, mapping ?? {}) : READERS[kind](delivery);
}
