import { describe, expect, it } from 'vitest';
import {
  bucketWords,
  percentWords,
  secondsWords,
  uptimeWords,
  wholePercentWords,
} from '../../../src/blocks/kit/figures.ts';
import { sparkline } from '../../../src/blocks/kit/sparkline.ts';
import { type Burnt, budgetsSentence, budgetWords } from '../../../src/blocks/reliability/budget-words.ts';
import { reliabilityBlocks, spokenReliability } from '../../../src/blocks/reliability/reliability-blocks.ts';
import { areaSentences, withoutWords } from '../../../src/blocks/reliability/reliability-words.ts';
import type { AreaReliability, ReliabilityReading } from '../../../src/domain/reliability/reliability.ts';
import { assembleReliability, type ReliabilityReport } from '../../../src/domain/reliability/reliability-report.ts';
import { anArea, NO_READING, weeksOfErrors } from '../../reliability-world.ts';

const ENDS_AT = new Date('2026-11-20T14:00:00Z');
const USUAL = [4, 5, 4, 3, 5, 4, 12, 5, 3, 4, 5, 4].map((n) => n / 10_000);
const RELEASES = [
  { version: 'v4.15', link: null, releasedAt: new Date('2026-10-01T10:00:00Z') },
  { version: 'v4.16', link: null, releasedAt: new Date('2026-10-14T10:00:00Z') },
];

function report(areas: readonly Partial<AreaReliability>[], names: readonly string[] = []): ReliabilityReport {
  const found = assembleReliability(areas.map(anArea), names);
  if (!found) throw new Error('expected a report');
  return found;
}

function said(of: ReliabilityReport, burners: readonly Burnt[] = []): string[] {
  return reliabilityBlocks(of, { releases: RELEASES, burners, timeZone: 'Europe/Berlin' }).map((block) => {
    if (block.type === 'section') return block.text?.text.replaceAll('\u00A0', ' ') ?? '';
    return block.type === 'context' ? block.elements.map((one) => ('text' in one ? one.text : '')).join() : '';
  });
}

const weeks = (ratios: readonly (number | null)[], over: Partial<ReliabilityReading> = {}) =>
  weeksOfErrors(ENDS_AT, ratios, over);

describe('the reliability of a digest', () => {
  it('begins with the budgets, then says of each area what was measured beside last week', () => {
    const p99 = { seconds: 0.24, above: 0.1, upTo: 0.25 };
    const billing = { weeks: weeks(USUAL, { uptime: 0.9995, p99, slow: { bad: 12_000, total: 1e6 } }) };
    const checkout = {
      area: 'checkout',
      weeks: weeks([...USUAL.slice(0, 11), 0.0042], {
        p99: { seconds: 12, above: 10, upTo: Number.POSITIVE_INFINITY },
      }),
      period: { bad: 5600, total: 4e6 },
    };
    expect(said(report([billing, checkout], ['billing', 'checkout', 'sync']))).toEqual([
      '*Reliability*\nThe error budget of checkout is spent. The other one holds.',
      '*checkout*  error budget 140 % used, was 47 %; this week at 4.2 times the allowed pace\n' +
        'Worse: errors 0.42 % (was 0.05 %). p99 over 10 s (same bucket).\n' +
        '▁▁▁▁▁▁▃▁▁▁▁█  errors in 12 weeks, 0.03 to 0.42 %, worst this week',
      '*billing*  error budget 40 % used, was 42 %; this week at 0.4 times the allowed pace\n' +
        'No clear change: errors 0.04 % (was 0.05 %), 1.2 % of requests over 0.3 s (as last week), up 99.95 % (as last week). p99 0.24 s (same bucket, 0.1 to 0.25 s).\n' +
        '▃▄▃▂▄▃█▄▂▃▄▃  errors in 12 weeks, 0.03 to 0.12 %, worst week to 16 Oct (v4.16 shipped)',
      'sync is not measured.',
    ]);
  });

  it('says in a sentence what could not be read, and never a figure in its place', () => {
    const trouble = 'No data from Prometheus since Tue 14:00.';
    const gone = { trouble, weeks: weeks([...USUAL.slice(0, 11), null]) };
    const all = said(
      report([
        { ...gone, area: 'billing' },
        { ...gone, area: 'sync' },
        { area: 'free', objective: null },
      ]),
    );
    expect(all.join('\n')).not.toContain(' 0 %');
    expect(all[0]).toBe('*Reliability*\nNo error budget can be worked out this week.');
    expect(said(report([{ area: 'free', objective: null }]))[0]).toBe('*Reliability*\nNo error budget is set.');
    expect(all.at(-1)).toBe('billing and sync: No data from Prometheus since Tue 14:00.\nfree has no objective.');
  });

  it('has words of its own for no traffic, for what was not read and for a past too short to compare', () => {
    const idle = { weeks: weeks(USUAL, { requests: { bad: 0, total: 0 } }), period: { bad: 0, total: 0 } };
    expect(said(report([idle]))[1]).toBe('*billing*  no traffic, so no error budget is used\nNo traffic this week.');
    const young = { weeks: weeks([0.0004, 0.0005]) };
    expect(said(report([young]))[1]).toContain('Too early to tell: errors 0.05 % (was 0.04 %).');
    const first = { weeks: weeks([0.0005]) };
    expect(said(report([first]))[1]).toContain('Errors 0.05 %, with no week to compare with.');
    const half = {
      weeks: weeks(USUAL).map((week, i) => (i < 11 ? week : { ...week, reading: { ...NO_READING, uptime: 1 } })),
    };
    expect(said(report([half]))[1]).toContain(
      'Errors could not be read this week, up 100 %, with no week to compare with.',
    );
    const gaps = { weeks: weeks([null, ...USUAL.slice(1, 5), null, ...USUAL.slice(7), 0.0004]) };
    expect(said(report([gaps]))[1]).toContain('·▄▄▃▄·▄▃▄▄▄▄  errors in 12 weeks (2 without figures)');
  });

  it('says a move to another bucket with both, since only buckets are known', () => {
    const moved = weeks(USUAL).map((week, i) => ({
      ...week,
      reading: week.reading && {
        ...week.reading,
        p99: i === 11 ? { seconds: 0.31, above: 0.25, upTo: 0.5 } : { seconds: 0.24, above: 0.1, upTo: 0.25 },
      },
    }));
    expect(said(report([{ weeks: moved }]))[1]).toContain('p99 0.31 s (0.25 to 0.5 s; last week 0.1 to 0.25 s).');
  });

  it('names the defects that used the most behind the budgets', () => {
    const burners = [
      { number: 1, area: 'billing', share: 0.64, badEvents: 3622 },
      { number: 3, area: 'sync', share: 0.23, badEvents: 445 },
    ];
    const [first] = said(report([{}]), burners);
    expect(first).toBe(
      "*Reliability*\nThe error budget holds. D-1 used 64 % of billing's error budget this quarter, D-3 23 % of sync's.",
    );
    expect(spokenReliability(report([{}]), burners)).toContain('holds. D-1 used 64 %');
  });

  it('shows five areas whole and the others in a line, worst first, and is heard in one go', () => {
    const areas = Array.from({ length: 8 }, (_, i) => ({ area: `area ${i}`, period: { bad: 500 * i, total: 4e6 } }));
    const many = report(areas);
    expect(said(many)).toHaveLength(7);
    expect(said(many)[1]).toContain('*area 7*  error budget 87 % used');
    expect(said(many).at(-1)).toBe('3 more areas with less of the budget used.');
    expect(spokenReliability(many, [])).toMatch(
      /^Reliability: area 7 has used 87 % of its error budget\. The other 7 hold\. area 7: error budget 87 % used[^;]*; errors 0\.04 % \(was 0\.05 %\), no clear change\. area 6/,
    );
    expect(areaSentences(many)).toHaveLength(6);
  });
});

describe('the sentence about budgets', () => {
  const budgets = (...bad: number[]) =>
    budgetsSentence(report(bad.map((count, i) => ({ area: 'abcdef'[i] ?? '', period: { bad: count, total: 4e6 } }))));

  it.each([
    [[0], 'The error budget holds.'],
    [[0, 0], 'All 2 error budgets hold.'],
    [[4000, 9000, 0], 'The error budgets of b and a are spent. The other one holds.'],
    [[3990, 100], 'a has used 99 % of its error budget. The other one holds.'],
  ])('of %j', (bad, sentence) => expect(budgets(...bad)).toBe(sentence));

  it('names what is used too fast though much is left, and what allows nothing', () => {
    const fast = { weeks: weeks([...USUAL.slice(0, 11), 0.0023]), period: { bad: 2300, total: 4e6 } };
    expect(budgetsSentence(report([fast]))).toBe('billing uses its error budget at 2.3 times the allowed pace.');
    const strict = { objective: { target: 1, periodDays: 28, thresholdSeconds: null } };
    expect(budgetWords(report([strict]).areas[0]?.budget ?? null)).toContain('no failure was allowed, and some came');
    expect(withoutWords(report([strict]))).toBeUndefined();
  });
});

describe('figures', () => {
  it.each([
    [0, '0 %'],
    [0.0042, '0.42 %'],
    [0.000_042, '0.0042 %'],
    [0.1234, '12.3 %'],
    [1, '100 %'],
    [1e-9, 'under 0.0001 %'],
  ])('a share of %d is %s', (share, words) => expect(percentWords(share)).toBe(words));

  it.each([
    [0, '100 %'],
    [0.0005, '99.95 %'],
    [0.000_04, '99.996 %'],
    [1e-9, '99.9999 %'],
    [1, '0 %'],
  ])('a downtime of %d is up %s', (down, words) => expect(uptimeWords(down)).toBe(words));

  it('never rounds onto all or nothing', () => {
    expect([0, 0.004, 0.614, 0.996, 1, 1.4].map(wholePercentWords)).toEqual([
      '0 %',
      'under 1 %',
      '61 %',
      '99 %',
      '100 %',
      '140 %',
    ]);
    expect([0.0042, 0.248, 2.5, 12.4].map(secondsWords)).toEqual(['4.2 ms', '0.25 s', '2.5 s', '12 s']);
    expect(bucketWords({ seconds: 0.004, above: 0, upTo: 0.005 })).toBe('under 5 ms');
    expect(bucketWords({ seconds: 0.007, above: 0.005, upTo: 0.01 })).toBe('5 to 10 ms');
  });

  it('draws a line from nothing to the most, or to what is allowed, with dots where nothing is known', () => {
    expect(sparkline([0, 1, 2, 4, 8])).toBe('▁▁▂▄█');
    expect(sparkline([1, null, 1], 8)).toBe('▁·▁');
    expect(sparkline([0, 0])).toBe('▁▁');
    expect(sparkline([])).toBe('');
  });
});
