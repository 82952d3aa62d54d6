import { describe, expect, it } from 'vitest';
import { parseSetup, type WantedSetup } from '../../../src/domain/reliability/metrics-setup.ts';
import { expressionsOf, withSpan } from '../../../src/domain/reliability/promql.ts';

const EMPTY: WantedSetup = {
  ...{ target: '', periodDays: '', thresholdSeconds: '', how: 'none', labels: '' },
  ...{ bad: '', total: '', uptime: '', latency: '' },
};
const read = (over: Partial<WantedSetup>) => parseSetup({ ...EMPTY, ...over });

describe('what is set for the metrics of an area', () => {
  it('is an objective in percent, a period and a threshold, each left out or told', () => {
    expect(read({})).toEqual({ ok: { target: null, periodDays: 30, thresholdSeconds: null, question: null } });
    const told = read({ target: ' 99,95 %', periodDays: '28', thresholdSeconds: '0.5 s' });
    expect(told).toMatchObject({ ok: { target: 0.9995, periodDays: 28, thresholdSeconds: 0.5 } });
  });

  it('asks by the usual names, with labels that are taken apart', () => {
    const setup = read({ how: 'istio', labels: 'destination_app="billing"' });
    if (!('ok' in setup) || !setup.ok.question) throw new Error('There should be a question.');
    const { bad, latency, boundSeconds, missingIsNone } = expressionsOf(setup.ok.question);
    expect(withSpan(bad ?? '', 604_800)).toBe(
      'sum(increase(istio_requests_total{destination_app="billing",response_code=~"5.."}[604800s]))',
    );
    expect(withSpan(latency ?? '', 608_400)).toContain('sum by (le)');
    expect({ boundSeconds, missingIsNone }).toEqual({ boundSeconds: 0.001, missingIsNone: true });
  });

  it('or by PromQL of one’s own, with the span where it stands', () => {
    const total = 'sum(increase(jobs_total[ $span ]))';
    const bad = 'sum(max_over_time(failed[$span:5m])) or vector(0)';
    const setup = read({ how: 'own', total, bad });
    expect(setup).toEqual({
      ok: expect.objectContaining({ question: { kind: 'own', total, bad, uptime: null, latency: null } }),
    });
    expect(withSpan(total, 86_400)).toBe('sum(increase(jobs_total[86400s ]))');
    expect(withSpan(bad, 86_400)).toContain('[86400s:5m]');
  });

  it.each([
    [{ target: '100' }, 'target'],
    [{ target: 'three nines' }, 'target'],
    [{ target: '9.9e1' }, 'target'],
    [{ target: '49.9' }, 'target'],
    [{ periodDays: '0' }, 'periodDays'],
    [{ periodDays: '1.5' }, 'periodDays'],
    [{ periodDays: 'month' }, 'periodDays'],
    [{ periodDays: '91' }, 'periodDays'],
    [{ thresholdSeconds: '-1' }, 'thresholdSeconds'],
    [{ thresholdSeconds: '0' }, 'thresholdSeconds'],
    [{ how: null }, 'how'],
    [{ how: 'http://169.254.169.254/' }, 'how'],
    [{ how: 'http_code' }, 'labels'],
    [{ how: 'http_code', labels: 'a="b"}) or up{' }, 'labels'],
    [{ how: 'own' }, 'total'],
    [{ how: 'own', bad: 'sum(increase(x[$span]))' }, 'total'],
    [{ how: 'own', total: 'sum(increase(x[$span]))' }, 'bad'],
    [{ how: 'own', uptime: 'avg_over_time(up[7d])' }, 'uptime'],
    [{ how: 'own', uptime: '$span' }, 'uptime'],
    [{ how: 'own', uptime: `up[$span]${' '.repeat(500)}${'x'.repeat(500)}` }, 'uptime'],
    [{ how: 'own', uptime: 'up[$span]\0' }, 'uptime'],
  ] as const)('refuses %j at its field', (over, field) => {
    expect(read(over)).toMatchObject({ field });
  });
});
