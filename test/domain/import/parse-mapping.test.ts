import { describe, expect, it, test } from 'vitest';
import { detectMapping, missingColumns } from '../../../src/domain/import/detect-mapping.ts';
import { importRow } from '../../../src/domain/import/import-row.ts';
import { parseMapping } from '../../../src/domain/import/parse-mapping.ts';

const now = new Date('2026-06-01T12:00:00Z');

function mappingOf(value: object) {
  const parsed = parseMapping(JSON.stringify(value));
  if ('bad' in parsed) throw new Error(parsed.bad.join('; '));
  return parsed.ok;
}

describe("a mapping of one's own", () => {
  it('names columns and the words for severity', () => {
    const mapping = mappingOf({
      sourceId: 'Ticket',
      title: ['Betreff', 'Titel'],
      reportedAt: 'Gemeldet am',
      severity: 'Dringlichkeit',
      severities: { Sofort: 'S1' },
    });
    const record = {
      Ticket: 7,
      Betreff: '',
      Titel: 'Zahlung fehlt',
      'Gemeldet am': '2026-05-01',
      Dringlichkeit: 'sofort',
    };
    expect(detectMapping(record)).toHaveProperty('bad');
    expect(missingColumns(record, mapping)).toEqual([]);
    expect(importRow({ line: 2, record }, { mapping, now })).toMatchObject({
      ok: { sourceId: '7', title: 'Zahlung fehlt', severity: 'S1' },
      notes: [],
    });
  });

  it('can change a built-in one in a single column', () => {
    const mapping = mappingOf({ base: 'jira', severity: 'Custom field (Impact)' });
    const record = {
      key: 'A-1',
      summary: 'x',
      created: '2026-05-01',
      priority: 'Major',
      'Custom field (Impact)': 'Blocker',
    };
    expect(importRow({ line: 2, record }, { mapping, now })).toMatchObject({ ok: { sourceId: 'A-1', severity: 'S1' } });
  });

  it('tells which columns the file does not have', () => {
    const mapping = mappingOf({ sourceId: 'Ticket', title: 'Subject', reportedAt: 'Opened' });
    expect(missingColumns({ ticket: 1, opened: '' }, mapping)).toEqual(['title (looked for Subject)']);
  });

  test.each([
    ['{', 'the mapping is no valid JSON'],
    ['[]', 'a mapping is an object such as {"sourceId":"Ticket","title":"Subject","reportedAt":"Opened"}'],
    ['{"sourceId":"a","title":"b"}', 'the mapping names no column for reportedAt'],
    ['{"sourceId":"a","title":"","reportedAt":"c"}', 'title must be the name of a column, or a list of names'],
    ['{"sourceId":1,"title":"b","reportedAt":"c"}', 'sourceId must be the name of a column, or a list of names'],
    [
      '{"base":"trello"}',
      'base must be one of jira, github, bugzilla, linear, sentry, azure, youtrack, redmine, stream, generic',
    ],
    ['{"base":"jira","severities":{"Bad":"S9"}}', 'severities.Bad must be S1, S2, S3 or S4'],
  ])('%s is refused in words', (json, reason) => {
    expect(parseMapping(json)).toEqual({ bad: [reason] });
  });

  it('with a field that does not exist lists those that do', () => {
    expect(parseMapping('{"base":"jira","sumary":"x"}')).toEqual({
      bad: [expect.stringMatching(/^"sumary" is no field; the fields are sourceId, title, /)],
    });
  });
});
