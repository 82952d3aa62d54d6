import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  bugStreamMapping,
  bugzillaMapping,
  genericMapping,
  githubMapping,
  jiraMapping,
} from '../../../src/domain/import/built-in-mappings.ts';
import { detectMapping } from '../../../src/domain/import/detect-mapping.ts';
import { badRowText, importRow, rowImporter } from '../../../src/domain/import/import-row.ts';
import type { Mapping } from '../../../src/domain/import/mapping.ts';

const now = new Date('2026-06-01T12:00:00Z');

const aRecord = (change: Record<string, unknown> = {}) => ({
  id: 'T-1',
  title: 'Invoices are sent twice',
  created: '2026-05-01T10:00:00Z',
  ...change,
});

const read = (record: Record<string, unknown>, mapping: Mapping = genericMapping) =>
  importRow({ line: 17, record }, { mapping, now });

function reasonOf(change: Record<string, unknown>): string {
  const outcome = read(aRecord(change));
  return 'bad' in outcome ? badRowText(outcome.bad) : 'imported';
}

describe('an export', () => {
  test.each<[string, Mapping, Record<string, unknown>, object]>([
    [
      'of Jira as CSV',
      jiraMapping,
      {
        'Issue key': 'OPS-7',
        Summary: 'Sync stalls',
        Description: 'Since\r\nMonday',
        Priority: 'Major',
        Created: '31/Dec/20 2:05 PM',
        Resolved: '2021-01-02 08:00',
        Resolution: 'Fixed',
        Reporter: 'ana',
        'Component/s': ['', 'connectivity'],
        'Outward issue link (Duplicate)': 'OPS-3',
      },
      {
        sourceId: 'OPS-7',
        title: 'Sync stalls',
        description: 'Since\nMonday',
        severity: 'S3',
        reportedAt: new Date('2020-12-31T14:05:00Z'),
        resolvedAt: new Date('2021-01-02T08:00:00Z'),
        resolution: 'Fixed',
        reporter: 'ana',
        area: 'connectivity',
        duplicateOf: 'OPS-3',
      },
    ],
    [
      'of Jira as JSON',
      jiraMapping,
      {
        key: 'OPS-8',
        fields: {
          summary: 'Deploy hangs',
          description: {
            type: 'doc',
            content: [
              { type: 'paragraph', content: [{ type: 'text', text: 'First' }] },
              { type: 'paragraph', content: [{ type: 'text', text: 'Second' }] },
            ],
          },
          priority: { name: 'Highest' },
          created: '2020-12-31T10:00:00.500+0530',
          resolutiondate: null,
          resolution: null,
          reporter: { displayName: 'Ana P.' },
          components: [{ name: 'deployment' }],
        },
      },
      {
        sourceId: 'OPS-8',
        description: 'First\nSecond',
        severity: 'S1',
        reportedAt: new Date('2020-12-31T04:30:00.500Z'),
        resolvedAt: undefined,
        reporter: 'Ana P.',
        area: 'deployment',
      },
    ],
    [
      'of GitHub issues',
      githubMapping,
      {
        number: 12,
        title: 'Webhook lost',
        body: null,
        created_at: '2026-05-01T10:00:00Z',
        closed_at: null,
        labels: [{ name: 'bug' }, { name: 'area: billing' }, { name: 'severity/S2' }],
        user: { login: 'ana' },
        html_url: 'https://example.com/o/r/issues/12',
      },
      {
        sourceId: '12',
        description: '',
        area: 'billing',
        severity: 'S2',
        reporter: 'ana',
        link: 'https://example.com/o/r/issues/12',
      },
    ],
    [
      'of Bugzilla',
      bugzillaMapping,
      {
        'Bug ID': '4711',
        Summary: 'Crash on start',
        Severity: 'critical',
        Component: 'launch integration',
        Opened: '2004-02-29 23:59:59 -0800',
        'Dup ID': '17',
      },
      {
        sourceId: '4711',
        severity: 'S1',
        area: 'launch integration',
        reportedAt: new Date('2004-03-01T07:59:59Z'),
        duplicateOf: '17',
      },
    ],
    [
      'of a bug stream',
      bugStreamMapping,
      {
        id: 123,
        seq: 0,
        created: '2020-01-01T02:52:00',
        title: 'Timeout',
        description: '',
        priority: 'Blocker',
        status: 'Resolved',
        class: 99,
        duplicate_of: [99, 98],
      },
      {
        sourceId: '123',
        severity: 'S1',
        reportedAt: new Date('2020-01-01T02:52:00Z'),
        classKey: '99',
        duplicateOf: '99',
      },
    ],
    [
      'in our own form',
      genericMapping,
      {
        source_id: 'a',
        title: 'b',
        reported_at: '2026-05-01',
        affected: '12',
        support_tickets: 3,
        severity: 'S4',
        environment: 'production',
      },
      { sourceId: 'a', affected: 12, supportTickets: 3, severity: 'S4', environment: 'production' },
    ],
  ])('%s is recognised and read', (_what, mapping, record, expected) => {
    expect(detectMapping(record)).toEqual({ ok: mapping });
    expect(read(record, mapping)).toMatchObject({ ok: expected, notes: [] });
  });

  it('of another kind is asked for a mapping', () => {
    expect(detectMapping({ Ticket: 1, Betreff: 'x' })).toEqual({
      bad: expect.stringMatching(/^no column for title.*the file has Ticket, Betreff\. Name them in a mapping/),
    });
    expect(detectMapping({})).toEqual({ bad: expect.stringContaining('the file has no columns') });
  });
});

describe('a bad row says what is wrong and what would be right', () => {
  test.each<[Record<string, unknown>, string]>([
    [
      { created: '32/13/2020' },
      'line 17: created "32/13/2020" is no date I can read; use 2020-12-31 or 2020-12-31T10:00:00Z',
    ],
    [{ created: 20200101 }, 'line 17: created 20200101 is no date I can read; use 2020-12-31 or 2020-12-31T10:00:00Z'],
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
    [{ affected: '1,200' }, 'line 17: affected "1,200" is no whole number from 0 to 10000000'],
    [{ affected: '=1+1' }, 'line 17: affected "=1+1" is no whole number from 0 to 10000000'],
    [{ affected: 1e12 }, 'line 17: affected 1000000000000 is no whole number from 0 to 10000000'],
    [{ tickets: '1e3' }, 'line 17: tickets "1e3" is no whole number from 0 to 10000000'],
    [{ tickets: true }, 'line 17: tickets true is no whole number from 0 to 10000000'],
    [{ id: '', affected: -1 }, 'line 17: id is empty; affected -1 is no whole number from 0 to 10000000'],
  ])('%j', (change, expected) => {
    expect(reasonOf(change)).toBe(expected);
  });

  it('names the columns it looked for when there is none', () => {
    expect(read({ key: 'A-1', fields: {} }, jiraMapping)).toEqual({
      bad: {
        line: 17,
        reason:
          'has no title (looked for Summary, fields.summary); has no reportedAt (looked for Created, fields.created)',
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

  it('loses control characters and marks that reverse the text, and keeps line breaks in the description only', () => {
    const text = 'a\u0000b\u0007\u202Ec\r\nd\u009f\uFEFF\tdone\uD800';
    expect(read(aRecord({ title: text, description: text }))).toMatchObject({
      ok: { title: 'abc d done\uFFFD', description: 'abc\nd\tdone\uFFFD' },
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
