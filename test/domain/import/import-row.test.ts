import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  bugStreamMapping,
  bugzillaMapping,
  genericMapping,
  githubMapping,
  jiraMapping,
} from '../../../src/domain/import/built-in-mappings.ts';
import { badRowText, importRow, rowImporter } from '../../../src/domain/import/import-row.ts';
import { now, read } from './read-record.ts';

const aRecord = (change: Record<string, unknown> = {}) => ({
  id: 'T-1',
  title: 'Invoices are sent twice',
  created: '2026-05-01T10:00:00Z',
  ...change,
});

function reasonOf(change: Record<string, unknown>): string {
  const outcome = read(aRecord(change));
  return 'bad' in outcome ? badRowText(outcome.bad) : 'imported';
}

describe('a bad row says what is wrong and what would be right', () => {
  test.each<[Record<string, unknown>, string]>([
    [
      { created: '32/13/2020' },
      'line 17: created "32/13/2020" is no date I can read; use 2020-12-31 or 2020-12-31T10:00:00Z',
    ],
    [{ created: 2020010 }, 'line 17: created 2020010 is no date I can read; use 2020-12-31 or 2020-12-31T10:00:00Z'],
    [{ created: '' }, 'line 17: created is empty'],
    [{ created: null }, 'line 17: created is empty'],
    [
      { created: '2026-06-01T12:00:01Z' },
      'line 17: created "2026-06-01T12:00:01Z" is in the future; now is 2026-06-01T12:00:00Z',
    ],
    [{ resolved: 'soon' }, 'line 17: resolved "soon" is no date I can read; use 2020-12-31 or 2020-12-31T10:00:00Z'],
    [
      { resolved: '2026-04-30' },
      'line 17: resolved 2026-04-30T00:00:00Z is before it was reported, 2026-05-01T10:00:00Z',
    ],
    [{ title: ' \u0000\u200b' }, 'line 17: title is empty'],
    [{ title: undefined }, 'line 17: title is empty'],
    [{ title: true }, 'line 17: title true is no text'],
    [{ title: { a: 1 } }, 'line 17: title {"a":1} is no text'],
    [{ id: '' }, 'line 17: id is empty'],
    [{ id: 'x'.repeat(201) }, `line 17: id "${'x'.repeat(59)}…" is longer than 200 characters`],
    [{ description: { a: 1 } }, 'line 17: description {"a":1} is no text'],
    [{ affected: '-3' }, 'line 17: affected "-3" is no whole number from 0 to 10000000'],
    [{ affected: 1.5 }, 'line 17: affected 1.5 is no whole number from 0 to 10000000'],
    [{ affected: '1,20' }, 'line 17: affected "1,20" is no whole number from 0 to 10000000'],
    [{ affected: '=1+1' }, 'line 17: affected "=1+1" is no whole number from 0 to 10000000'],
    [{ affected: 1e12 }, 'line 17: affected 1000000000000 is no whole number from 0 to 10000000'],
    [{ tickets: '1e3' }, 'line 17: tickets "1e3" is no whole number from 0 to 100000'],
    [{ tickets: true }, 'line 17: tickets true is no whole number from 0 to 100000'],
    [{ id: '', affected: -1 }, 'line 17: id is empty; affected -1 is no whole number from 0 to 10000000'],
  ])('%j', (change, expected) => {
    expect(reasonOf(change)).toBe(expected);
  });

  it('names the columns it looked for when there is none', () => {
    expect(read({ key: 'A-1', fields: {} }, jiraMapping)).toEqual({
      bad: {
        line: 17,
        reason:
          'has no title (looked for Summary, fields.summary, Zusammenfassung); has no reportedAt (looked for Created, fields.created, Erstellt); add Created to the export, or date such rows with --assume-date 2024-03-31 or changed',
      },
    });
  });

  it('refuses a pull request among the issues', () => {
    const record = { number: 1, title: 'x', created_at: '2026-05-01', pull_request: { url: 'x' } };
    expect(read(record, githubMapping)).toEqual({ bad: { line: 17, reason: 'is a pull request, not an issue' } });
  });

  it('refuses the second row with the same source id, and names the first', () => {
    const next = rowImporter({ mapping: genericMapping, now });
    expect(next({ line: 2, record: aRecord() })).toHaveProperty('ok');
    expect(next({ line: 3, record: aRecord({ id: ' T-1\n' }) })).toEqual({
      bad: { line: 3, reason: 'source id "T-1" is already on line 2' },
    });
    expect(next({ line: 4, record: aRecord({ id: 'T-2', title: '' }) })).toHaveProperty('bad');
    expect(next({ line: 5, record: aRecord({ id: 'T-2' }) })).toHaveProperty('ok');
  });
});

describe('a row that is not quite right is imported with a note', () => {
  test.each<[Record<string, unknown>, object, string]>([
    [{ title: 'x'.repeat(300) }, { title: `${'x'.repeat(249)}…` }, 'title was cut from 300 to 250 characters'],
    [
      { description: '漢'.repeat(1_000_000) },
      { description: `${'漢'.repeat(19_999)}…` },
      'description was cut from 1000000 to 20000 characters',
    ],
    [{ severity: 'Terrible' }, { severity: undefined }, 'severity "Terrible" is no severity I know; left open'],
    [{ severity: 'constructor' }, { severity: undefined }, 'severity "constructor" is no severity I know; left open'],
    [{ link: 'javascript:alert(1)' }, { link: undefined }, 'link "javascript:alert(1)" is no web address; left out'],
    [
      { link: 'https://a.b/|<!channel>' },
      { link: undefined },
      'link "https://a.b/|<!channel>" is no web address; left out',
    ],
  ])('%#', (change, expected, note) => {
    expect(read(aRecord(change))).toMatchObject({ ok: expected, notes: [note] });
  });

  it('has no control characters and no marks that reverse the text, and line breaks in the description only', () => {
    const text = 'a\u0000b\u0007\u202Ec\r\nd\u009f\uFEFF\tdone\uD800';
    expect(read(aRecord({ title: text, description: text }))).toMatchObject({
      ok: { title: 'a b c d done\uFFFD', description: 'a b c\nd \tdone\uFFFD' },
    });
  });

  it('keeps a spreadsheet formula as the text that it is', () => {
    const formula = '=HYPERLINK("https://evil.example","ok")';
    expect(read(aRecord({ title: formula }))).toMatchObject({ ok: { title: formula }, notes: [] });
  });

  it('takes an unset severity, an open resolution and a repeat of itself for nothing', () => {
    const record = aRecord({ severity: '--', resolution: 'Unresolved', duplicate_of: 'T-1', affected: '' });
    const outcome = read(record);
    expect(outcome).toMatchObject({ ok: { affected: 0, supportTickets: 0 }, notes: [] });
    for (const field of ['severity', 'resolution', 'duplicateOf'])
      expect(outcome).toHaveProperty(`ok.${field}`, undefined);
  });

  it('reads dates without a zone in the zone of the tracker', () => {
    const context = { mapping: genericMapping, now, timeZone: 'America/New_York' };
    const outcome = importRow({ line: 2, record: aRecord({ created: '2026-03-08 02:30' }) }, context);
    expect(outcome).toHaveProperty('ok.reportedAt', new Date('2026-03-08T07:00:00Z'));
  });
});

describe('whatever a record holds', () => {
  it('becomes a clean report or a reason, never a crash', () => {
    const keys = fc.constantFrom(
      'id',
      'title',
      'created',
      'resolved',
      'affected',
      'severity',
      'link',
      'description',
      'class',
    );
    const value = fc.oneof(
      fc.anything(),
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom('2026-05-01', '2020-02-30', '99', 'T-1', 'https://a.b/c', 'S1'),
    );
    fc.assert(
      fc.property(fc.dictionary(keys, value), (record) => {
        for (const mapping of [genericMapping, jiraMapping, githubMapping, bugzillaMapping, bugStreamMapping]) {
          const outcome = read(record, mapping);
          if ('bad' in outcome) {
            expect(outcome.bad.reason).toMatch(/^[^\n]+$/);
            continue;
          }
          const { title, sourceId, affected, description, reportedAt } = outcome.ok;
          // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
          expect(`${title}${sourceId}${description}`).not.toMatch(/[\u0000-\u0008\u202e\ufeff]/);
          expect(title.length > 0 && title.length <= 250 && sourceId.length > 0).toBe(true);
          expect(Number.isInteger(affected) && affected >= 0).toBe(true);
          expect(reportedAt <= now).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
