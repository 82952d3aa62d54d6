import type { Rules } from './rule.ts';

const modals = 'https://docs.slack.dev/surfaces/modals';
const views = 'https://docs.slack.dev/reference/views';

export const viewRules = {
  viewTitle: { rule: 'modal title', value: 24, source: views, evidence: 'official' },
  viewSubmit: { rule: 'modal submit label', value: 24, source: views, evidence: 'official' },
  viewClose: { rule: 'modal close label', value: 24, source: views, evidence: 'official' },
  privateMetadata: { rule: 'private_metadata', value: 3000, source: views, evidence: 'official' },
  callbackId: { rule: 'callback_id', value: 255, source: views, evidence: 'official' },
  externalId: { rule: 'external_id', value: 255, source: views, evidence: 'assumed' },
  submitWithInput: {
    rule: 'A modal with an input block has a submit label',
    value: true,
    source: views,
    evidence: 'official',
  },
  focusOnLoad: { rule: 'Elements with focus_on_load in a view', value: 1, source: modals, evidence: 'official' },
} as const satisfies Rules;
