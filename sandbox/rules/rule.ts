/**
 * How well a rule is known: `official` Slack docs or method metadata, `sdk` source or behaviour of the @slack packages,
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
