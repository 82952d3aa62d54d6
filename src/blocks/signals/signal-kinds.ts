import type { SignalKind } from '../../domain/signals/signal.ts';

/** How each kind is named, where its secret comes from, and what to do with the address. */
export const SIGNAL_WORDS: Record<SignalKind, { label: string; givesSecret: boolean; setUp: string }> = {
  alertmanager: {
    label: 'Alertmanager',
    givesSecret: false,
    setUp:
      'Put the address into url of a webhook_config, and the secret into credentials of its http_config.authorization.',
  },
  cloud_monitoring: {
    label: 'Google Cloud Monitoring',
    givesSecret: false,
    setUp:
      'Add a webhook channel with this address and basic authentication: any user name, and the secret as password. Error Reporting may use the same channel.',
  },
  stripe: {
    label: 'Stripe',
    givesSecret: true,
    setUp: 'Add the address as an endpoint in Workbench, and bring back the signing secret that starts with whsec_.',
  },
  fivetran: {
    label: 'Fivetran',
    givesSecret: false,
    setUp: 'Create an account webhook with the address and this secret.',
  },
  sentry: {
    label: 'Sentry',
    givesSecret: true,
    setUp: 'Create an internal integration with the address for issues and alerts, and bring back its client secret.',
  },
  github: {
    label: 'GitHub',
    givesSecret: false,
    setUp: 'Add a webhook with the address, content type application/json and this secret, for issues and releases.',
  },
  pagerduty: {
    label: 'PagerDuty',
    givesSecret: true,
    setUp: 'Create a V3 webhook subscription with the address, and bring back the secret it shows you.',
  },
  json: {
    label: 'JSON of your own',
    givesSecret: false,
    setUp: 'Send X-Signature-256, the hex HMAC-SHA256 of the body with this secret, or the secret as bearer token.',
  },
  metrics: {
    label: 'Metrics, pushed',
    givesSecret: false,
    setUp:
      'Post {"from", "to", "total", "bad"} for each hour or day, with X-Signature-256, the hex HMAC-SHA256 of the body with this secret, or the secret as bearer token.',
  },
};
