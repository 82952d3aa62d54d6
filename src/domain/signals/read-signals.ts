import { readAlertmanager } from './alertmanager.ts';
import { readCloudMonitoring } from './cloud-monitoring.ts';
import { readFivetran } from './fivetran.ts';
import { readGenericJson, type SignalMapping } from './generic-json.ts';
import { readGithub } from './github.ts';
import { readPagerduty } from './pagerduty.ts';
import { readPushedFigures } from './pushed-figures.ts';
import { readSentry } from './sentry.ts';
import type { Signal, SignalDelivery, SignalKind } from './signal.ts';
import { readStripe } from './stripe.ts';

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
