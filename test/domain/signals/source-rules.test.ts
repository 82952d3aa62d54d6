import { describe, expect, it } from 'vitest';
import type { ReportSignal } from '../../../src/domain/signals/signal.ts';
import { applyRules, rulesOf, type SourceRules } from '../../../src/domain/signals/source-rules.ts';

function aSignal(over: Partial<ReportSignal> = {}): ReportSignal {
  return {
    kind: 'report',
    key: 'key',
    event: 'issues:opened',
    fingerprint: 'json:x',
    title: 'Launch fails',
    description: '',
    facts: [],
    labels: [],
    severity: null,
    areaNamed: null,
    account: null,
    affected: 0,
    environment: null,
    vendor: null,
    link: null,
    seenAt: new Date('2026-11-23T09:00:00Z'),
    ...over,
  };
}

const passes = (signal: ReportSignal, rules: SourceRules | null, kind: 'github' | 'sentry' = 'github') =>
  applyRules([signal], rulesOf(kind, rules))[0]?.kind === 'report';

describe('the rules of a source', () => {
  it.each(['bug', 'Bug', 'kind/bug', 'type: bug', 'confirmed bug', 'regression'])(
    'let an issue with the label %s through where there are none of its own',
    (label) => expect(passes(aSignal({ labels: ['p2', label] }), null)).toBe(true),
  );

  it.each([[], ['enhancement'], ['debugging'], ['bug', 'not a bug'], ['bug', 'duplicate']])(
    'leave out an issue with the labels %j',
    (...labels) => expect(passes(aSignal({ labels }), null)).toBe(false),
  );

  it('let everything through of a sender without labels', () => {
    expect(passes(aSignal({ labels: null }), { labels: ['bug'] })).toBe(true);
    expect(passes(aSignal({ labels: [] }), null, 'sentry')).toBe(true);
    expect(passes(aSignal({ labels: ['question'] }), { labels: [] })).toBe(true);
  });

  it('leave out an event by its name or its beginning', () => {
    expect(passes(aSignal({ labels: null }), { events: ['issues:opened'] })).toBe(false);
    expect(passes(aSignal({ labels: null }), { events: ['ISSUES:*'] })).toBe(false);
    expect(passes(aSignal({ labels: null }), { events: ['issues'] })).toBe(true);
  });

  it('leave out what no user meets only where they say so', () => {
    const staged = aSignal({ labels: null, environment: 'Staging' });
    expect(passes(staged, null)).toBe(true);
    expect(passes(staged, { environments: 'users' })).toBe(false);
    expect(passes(aSignal({ labels: null, environment: 'production' }), { environments: 'users' })).toBe(true);
  });

  it('give the reason for what they leave out, of a revision too', () => {
    const report = aSignal({ labels: ['question'] });
    const [out] = applyRules([{ kind: 'revision', of: 'github:1:', report }], rulesOf('github', { labels: ['bug'] }));
    expect(out).toEqual({
      kind: 'ignored',
      event: 'issues:opened: Launch fails',
      why: 'It has none of the labels bug.',
      count: 1,
    });
  });
});
