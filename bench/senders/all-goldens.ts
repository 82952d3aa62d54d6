import { ALERTMANAGER } from './alertmanager.ts';
import { CLOUD_MONITORING } from './cloud-monitoring.ts';
import { FIVETRAN } from './fivetran.ts';
import { GITHUB } from './github.ts';
import type { Golden } from './golden.ts';
import { OWN_JSON } from './json.ts';
import { PAGERDUTY } from './pagerduty.ts';
import { SENTRY } from './sentry.ts';
import { STRIPE } from './stripe.ts';

export const GOLDENS: readonly Golden[] = [
  ...ALERTMANAGER,
  ...CLOUD_MONITORING,
  ...STRIPE,
  ...FIVETRAN,
  ...SENTRY,
  ...GITHUB,
  ...PAGERDUTY,
  ...OWN_JSON,
];
