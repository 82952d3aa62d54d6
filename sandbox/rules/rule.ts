/**
 * How well a rule is known: `official` Slack docs or method metadata, `sdk` source or behaviour of Slack's open packages,
 * `issue` a GitHub thread, `third-party` somebody else's measurement, `assumed` our stricter guess.
 */
export type Evidence = 'official' | 'sdk' | 'issue' | 'third-party' | 'assumed';

export interface Rule<Value = unknown> {
  rule: string;
  value: Value;
  source: string;
  evidence: Evidence;
}

export type Rules = Record<string, Rule>;

type Cited = <const Value>(rule: string, value: Value, source: string) => Rule<Value>;

function citing(evidence: Evidence, prefix = ''): Cited {
  return (rule, value, source) => ({ rule, value, source: `${prefix}${source}`, evidence });
}

/** `source` is a page of docs.slack.dev. */
export const official = citing('official', 'https://docs.slack.dev/');
/** `source` is a method whose metadata (errors, scopes, tiers) slack-ruby/slack-api-ref collects. */
export const metadata = citing('official', 'slack-ruby/slack-api-ref: ');
export const sdk = citing('sdk');
export const issue = citing('issue');
export const thirdParty = citing('third-party');
export const assumed = citing('assumed');
