import { describe, expect, it, test } from 'vitest';
import {
  bugStreamMapping,
  bugzillaMapping,
  genericMapping,
  githubMapping,
  jiraMapping,
} from '../../../src/domain/import/built-in-mappings.ts';
import { detectMapping } from '../../../src/domain/import/detect-mapping.ts';
import type { Mapping } from '../../../src/domain/import/mapping.ts';
import { read } from './read-record.ts';

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
