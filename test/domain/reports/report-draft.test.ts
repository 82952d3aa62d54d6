import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReportFields, type ReportField, type ReportFields } from '../../../src/domain/reports/report-draft.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const good: ReportFields = { title: 'Webhook answers 400', area: '7', severity: 'S2' };
const parse = (fields: ReportFields) => parseReportFields(fields, [7, 8], NOW);
const errorsOf = (fields: ReportFields) => {
  const checked = parse(fields);
  return 'errors' in checked ? checked.errors : {};
};

describe('a report form', () => {
  it('needs a title, an area and a severity; the rest has a default', () => {
    expect(parse(good)).toEqual({
      draft: {
        title: 'Webhook answers 400',
        description: '',
        areaId: 7,
        severity: 'S2',
        affected: 0,
        supportTickets: 0,
        environment: null,
        seenAt: NOW,
        link: null,
      },
    });
    expect(Object.keys(errorsOf({})).sort()).toEqual(['area', 'severity', 'title']);
  });

  it.each<[ReportField, ReportFields[ReportField]]>([
    ['title', ''],
    ['title', ' \n\t '],
    ['title', '\u0000\u0001'],
    ['title', 'x'.repeat(201)],
    ['description', 'x'.repeat(3001)],
    ['area', '99'],
    ['area', '7; drop table reports'],
    ['area', '__proto__'],
    ['severity', 'S0'],
    ['severity', 's1'],
    ['severity', 'constructor'],
    ['affected', '-1'],
    ['affected', '1.5'],
    ['affected', '1e3'],
    ['affected', 'NaN'],
    ['affected', '99999999999999999999'],
    ['affected', '٣'],
    ['supportTickets', 'many'],
    ['supportTickets', '0x10'],
    ['seenAt', new Date('2027-01-01T00:00:00Z')],
    ['link', 'javascript:alert(1)'],
    ['link', 'ftp://files.example'],
    ['link', 'not a link'],
    ['link', `https://x.example/${'a'.repeat(3000)}`],
  ])('refuses %s = %j with a sentence at that field alone', (field, value) => {
    const errors = errorsOf({ ...good, [field]: value });
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field]).toMatch(/^[A-Z].*\.$/);
  });

  it('keeps what can be kept: control characters and lone surrogates become storable text', () => {
    const checked = parse({ ...good, title: 'a\u0000b \ud800 c', description: 'line\nline\u0007' });
    expect(checked).toMatchObject({ draft: { title: 'a b \ufffd c', description: 'line\nline' } });
  });

  it('never throws, whatever the fields hold', () => {
    const anything = fc.option(fc.string({ unit: 'binary', maxLength: 50 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({ title: anything, area: anything, severity: anything, affected: anything, link: anything }),
        (fields) => {
          const checked = parse(fields);
          if ('draft' in checked)
            expect(checked.draft.title.isWellFormed() && !checked.draft.title.includes('\u0000')).toBe(true);
        },
      ),
    );
  });
});
