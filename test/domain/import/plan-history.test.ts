import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportedReport } from '../../../src/domain/import/imported-report.ts';
import { planHistory } from '../../../src/domain/import/plan-history.ts';
import { readResolution } from '../../../src/domain/import/read-resolution.ts';

function aRow(sourceId: string, day: number, over: Partial<ImportedReport> = {}): ImportedReport {
  return {
    sourceId,
    title: `Row ${sourceId}`,
    description: '',
    affected: 0,
    supportTickets: 0,
    reportedAt: new Date(Date.UTC(2026, 0, day)),
    ...over,
  };
}

const told = (reports: ImportedReport[]) =>
  planHistory(reports).happenings.map((one) =>
    one.kind === 'report'
      ? `${one.report.sourceId}${one.joins ? ` joins ${one.joins}` : ''}`
      : `${one.sourceId} ${one.means}`,
  );

describe('the history that a file tells', () => {
  it('is told in the order of time, whatever the order of the rows', () => {
    const rows = [
      aRow('C', 9),
      aRow('A', 1, { resolvedAt: new Date(Date.UTC(2026, 0, 5)), resolution: 'Fixed' }),
      aRow('B', 5),
    ];
    expect(told(rows)).toEqual(['A', 'B', 'A fixed', 'C']);
  });

  it('joins a row of the same class, or marked as a repeat of an earlier one, and nothing else', () => {
    const rows = [
      aRow('A', 1, { classKey: 'timeout' }),
      aRow('B', 2, { title: 'Row A' }),
      aRow('C', 3, { classKey: 'timeout' }),
      aRow('D', 4, { duplicateOf: 'C' }),
      aRow('E', 5, { duplicateOf: 'elsewhere' }),
      aRow('F', 6, { duplicateOf: 'elsewhere' }),
    ];
    expect(told(rows)).toEqual(['A', 'B', 'C joins A', 'D joins A', 'E', 'F joins E']);
  });

  it('waits with a repeat of a later row until the tracker says so', () => {
    const rows = [
      aRow('A', 1, { duplicateOf: 'B', resolution: 'Duplicate', resolvedAt: new Date(Date.UTC(2026, 0, 8)) }),
      aRow('B', 3),
    ];
    expect(planHistory(rows).happenings.at(-1)).toMatchObject({ kind: 'resolution', duplicateOf: 'B', isLone: false });
  });

  it('closes what the tracker closed, at no known time too, and says which of its words were taken for fixed', () => {
    const rows = [
      aRow('A', 1, { resolution: 'Fixed' }),
      aRow('B', 2, { resolution: 'Blimey', resolvedAt: new Date(Date.UTC(2026, 0, 8)) }),
    ];
    expect(planHistory(rows).happenings).toMatchObject([
      { kind: 'report' },
      { kind: 'resolution', sourceId: 'A', at: new Date(Date.UTC(2026, 0, 1)), means: 'fixed' },
      { kind: 'report' },
      { kind: 'resolution', sourceId: 'B', means: 'fixed' },
    ]);
    expect(planHistory(rows).notes).toEqual(['1 closed as "Blimey", which is taken for fixed.']);
  });

  it('never joins a row to one that comes later or that opened no defect', () => {
    const row = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      of: fc.nat(9),
      group: fc.option(fc.nat(2), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), (rows) => {
        const reports = rows.map(({ day, of, group }, i) =>
          aRow(`${i}`, day, {
            ...(of === i ? {} : { duplicateOf: `${of}` }),
            ...(group === undefined ? {} : { classKey: `${group}` }),
          }),
        );
        const opened = new Set<string>();
        for (const one of planHistory(reports).happenings) {
          if (one.kind !== 'report') continue;
          if (one.joins === undefined) opened.add(one.report.sourceId);
          else expect(opened).toContain(one.joins);
        }
      }),
    );
  });

  it.each([
    ['Fixed', 'fixed'],
    ['completed', 'fixed'],
    [undefined, 'fixed'],
    ["Won't Fix", 'risk_accepted'],
    ['WONTFIX', 'risk_accepted'],
    ['not_planned', 'risk_accepted'],
    ['Cannot Reproduce', 'not_a_defect'],
    ['Not A Bug', 'not_a_defect'],
    ['WORKSFORME', 'not_a_defect'],
    ['DUPLICATE', 'duplicate'],
    ['constructor', undefined],
  ])('reads the resolution %s as %s', (words, means) => {
    expect(readResolution(words)).toBe(means);
  });
});
