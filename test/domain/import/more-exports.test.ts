import { describe, expect, it } from 'vitest';
import { bugzillaMapping, githubMapping, jiraMapping } from '../../../src/domain/import/built-in-mappings.ts';
import { parseDateFormat } from '../../../src/domain/import/date-format.ts';
import { OrderOfColumn } from '../../../src/domain/import/date-order.ts';
import { detectMapping } from '../../../src/domain/import/detect-mapping.ts';
import { importRow } from '../../../src/domain/import/import-row.ts';
import type { ImportedReport } from '../../../src/domain/import/imported-report.ts';
import { chooseTypes } from '../../../src/domain/import/issue-types.ts';
import {
  azureMapping,
  linearMapping,
  redmineMapping,
  sentryMapping,
  youtrackMapping,
} from '../../../src/domain/import/more-mappings.ts';
import { personOf } from '../../../src/domain/import/person-of.ts';
import { planHistory } from '../../../src/domain/import/plan-history.ts';
import { readDate } from '../../../src/domain/import/read-date.ts';
import { now, read } from './read-record.ts';

const LINEAR = {
  ID: 'CORE-3',
  Team: 'Core',
  Title: 'Export is empty',
  Status: 'Done',
  Priority: 'Urgent',
  Assignee: 'ana@acme.example',
  Labels: 'Bug',
  'Cycle Number': '',
  Created: '2026-03-02T08:00:00.000Z',
  Updated: '2026-03-09T08:00:00.000Z',
  Completed: '2026-03-08T08:00:00.000Z',
  Canceled: '',
};
const SENTRY = {
  id: '77',
  shortId: 'APP-7',
  title: 'RangeError: too far',
  culprit: 'pay/checkout in submit',
  permalink: 'https://acme.example/issues/77/',
  level: 'warning',
  status: 'unresolved',
  project: { id: '1', name: 'app', slug: 'app' },
  count: '40',
  userCount: 9,
  firstSeen: '2026-03-02T08:00:00Z',
  lastSeen: '2026-03-05T08:00:00Z',
};
const AZURE = {
  ID: '12',
  'Work Item Type': 'Bug',
  Title: 'Export is empty',
  'Assigned To': 'Ana Diaz <ana@acme.example>',
  State: 'Closed',
  Severity: '2 - High',
  Reason: 'Moved out of state New',
  'Created Date': '25/03/2026 09:00:00',
  'Closed Date': '26/03/2026 09:00:00',
};
const YOUTRACK = {
  'Issue Id': 'APP-3',
  Project: 'App',
  Summary: 'Export is empty',
  Created: '2026-03-02 08:00',
  Updated: '2026-03-09 08:00',
  Resolved: '',
  Priority: 'Show-stopper',
  Type: 'Bug',
  State: 'Open',
  Assignee: 'ana',
};
const REDMINE = {
  '#': '41',
  Project: 'App',
  Tracker: 'Bug',
  Status: 'Rejected',
  Priority: 'Immediate',
  Subject: 'Export is empty',
  Author: 'Ana Diaz',
  Assignee: '',
  Updated: '2026-03-09 08:00',
  Created: '2026-03-02 08:00',
  Closed: '2026-03-08 08:00',
};
const BUGZILLA = {
  bug_id: '9',
  product: 'App',
  component: 'billing',
  assigned_to: 'ana@acme.example',
  bug_status: 'RESOLVED',
  resolution: 'FIXED',
  short_desc: 'Export is empty',
  changeddate: '2026-03-09 08:00:00',
};

function reportOf(record: Record<string, unknown>, mapping: Parameters<typeof read>[1]): ImportedReport {
  const outcome = read(record, mapping);
  if ('bad' in outcome) throw new Error(outcome.bad.reason);
  return outcome.ok;
}

describe('the export of another tracker', () => {
  it.each([
    [
      'Linear',
      LINEAR,
      linearMapping,
      { severity: 'S1', assignee: 'ana@acme.example', resolvedAt: new Date('2026-03-08T08:00:00Z') },
    ],
    [
      'Sentry',
      SENTRY,
      sentryMapping,
      { sourceId: 'APP-7', severity: 'S3', affected: 9, occurrences: 40, resolvedAt: undefined },
    ],
    [
      'Azure DevOps',
      AZURE,
      azureMapping,
      { severity: 'S2', resolution: undefined, reportedAt: new Date('2026-03-25T09:00:00Z') },
    ],
    ['YouTrack', YOUTRACK, youtrackMapping, { severity: 'S1', area: 'App', resolvedAt: undefined }],
    [
      'Redmine',
      REDMINE,
      redmineMapping,
      { severity: 'S1', resolution: 'Rejected', resolvedAt: new Date('2026-03-08T08:00:00Z') },
    ],
  ])('of %s is recognised and read', (_, record, mapping, expected) => {
    expect(detectMapping(record)).toEqual({ ok: mapping });
    expect(reportOf(record, mapping)).toMatchObject(expected);
  });

  it.each([
    [
      'Linear as its API gives it',
      {
        id: '7d1c',
        identifier: 'CORE-4',
        title: 'Export is empty',
        priority: 1,
        priorityLabel: 'Urgent',
        state: { name: 'Shipped', type: 'completed' },
        team: { key: 'CORE', name: 'Core' },
        assignee: { email: 'ana@acme.example', name: 'Ana' },
        createdAt: '2026-03-02T08:00:00Z',
        completedAt: '2026-03-08T08:00:00Z',
        canceledAt: null,
      },
      linearMapping,
      { sourceId: 'CORE-4', severity: 'S1', area: 'Core', assignee: 'ana@acme.example' },
    ],
    [
      'Azure DevOps as its API gives it',
      {
        id: 12,
        fields: {
          'System.Title': 'Export is empty',
          'System.State': 'Removed',
          'System.WorkItemType': 'Bug',
          'System.CreatedDate': '2026-03-02T08:00:00.1Z',
          'System.ChangedDate': '2026-03-08T08:00:00.1Z',
          'System.AssignedTo': { displayName: 'Ana', uniqueName: 'ana@acme.example' },
          'Microsoft.VSTS.Common.Severity': '1 - Critical',
        },
      },
      azureMapping,
      { severity: 'S1', assignee: 'ana@acme.example', resolution: 'Removed', issueType: 'Bug' },
    ],
    [
      'a table of Sentry with thousands',
      { ...SENTRY, count: '1,204', status: 'resolved' },
      sentryMapping,
      { occurrences: 1204, resolvedAt: new Date('2026-03-05T08:00:00Z') },
    ],
    [
      'Jira in German',
      {
        Vorgangsschlüssel: 'A-1',
        Zusammenfassung: 'Export ist leer',
        Vorgangstyp: 'Fehler',
        Status: 'Fertig',
        Priorität: 'Höchste',
        Erstellt: '02.03.2026 08:00',
        Erledigt: '08.03.2026 08:00',
      },
      jiraMapping,
      { severity: 'S1', issueType: 'Fehler', resolvedAt: new Date('2026-03-08T08:00:00Z') },
    ],
    [
      'GitHub with labels in one text',
      { number: 4, title: 'x', state: 'open', created_at: '2026-03-02T08:00:00Z', labels: 'bug, sev: 2', url: '' },
      githubMapping,
      { severity: 'S2' },
    ],
  ])('of %s is read, too', (_, record, mapping, expected) => {
    expect(detectMapping(record)).toEqual({ ok: mapping });
    expect(reportOf(record, mapping)).toMatchObject(expected);
  });

  it('of Bugzilla without a date of opening says what to do, or is dated as was assumed', () => {
    expect(detectMapping(BUGZILLA)).toEqual({ ok: bugzillaMapping });
    expect(read(BUGZILLA, bugzillaMapping)).toMatchObject({
      bad: { reason: expect.stringContaining('--assume-date') },
    });
    const assumed = (date: Date | 'changed') =>
      importRow({ line: 2, record: BUGZILLA }, { mapping: bugzillaMapping, now, assumed: date });
    const changedAt = new Date('2026-03-09T08:00:00Z');
    expect(assumed(new Date('2026-01-01T00:00:00Z'))).toMatchObject({
      ok: { reportedAt: new Date('2026-01-01T00:00:00Z'), resolvedAt: changedAt },
      notes: [
        'it has no date of opening, so one was assumed',
        'it is closed without a date, so when it changed last was taken',
      ],
    });
    expect(assumed('changed')).toMatchObject({ ok: { reportedAt: changedAt, resolvedAt: changedAt } });
    expect(assumed(new Date('2026-05-01T00:00:00Z'))).toMatchObject({ ok: { reportedAt: changedAt } });
  });
});

describe('what a tracker has closed', () => {
  const jira = { 'Issue key': 'A-1', Summary: 'x', Created: '2026-03-02', Updated: '2026-03-09' };
  it.each([
    [{ Status: 'Done' }],
    [{ Status: 'Shipped', 'Status Category': 'Done' }],
    [{ Status: 'Erledigt' }],
    [{ Status: 'Closed - Fixed' }],
    [{ Status: 'Released to production' }],
    [{ Status: '完了' }],
    [{ Status: 'Auf Prod', 'Status Category': 'Fertig' }],
    [{ Status: 'Anything', Resolution: 'Blimey' }],
    [{ Status: 'Anything', Resolved: '2026-03-04' }],
  ])('is closed here: %j', (over) => {
    expect(reportOf({ ...jira, ...over }, jiraMapping).resolvedAt).toBeInstanceOf(Date);
  });

  it.each([
    [{ Status: 'In Progress' }],
    [{ Status: 'To verify' }],
    [{ Status: 'Ready for release' }],
    [{ Status: 'Reopened', Resolution: 'Fixed', Resolved: '2026-03-04' }],
    [{ Status: 'To Do', Resolution: 'Unresolved' }],
  ])('and nothing else is: %j', (over) => {
    expect(reportOf({ ...jira, ...over }, jiraMapping).resolvedAt).toBeUndefined();
  });

  it.each(['Canceled', 'Not doing'])('is dismissed where it was canceled, called %s', (Status) => {
    const record = { ...LINEAR, Status, Completed: '', Canceled: '2026-03-08T08:00:00.000Z' };
    const { happenings } = planHistory([reportOf(record, linearMapping)]);
    expect(happenings[1]).toMatchObject({ kind: 'resolution', means: 'not_a_defect' });
  });
});

describe('dates whose day and month could be taken for each other', () => {
  it('are refused with the choice to make', () => {
    const record = { 'Issue key': 'A-1', Summary: 'x', Created: '3/12/24 3:41 PM' };
    expect(read(record, jiraMapping)).toMatchObject({
      bad: { reason: expect.stringContaining('--date-format d/M/yy or M/d/yy') },
    });
  });

  it('are read as the one date shows that can be read in one way only', () => {
    const column = new OrderOfColumn(2026);
    for (const text of ['3/12/24', '1/2/24']) column.note(text);
    expect(column.order()).toBeUndefined();
    column.note('25/12/24');
    expect(column.order()).toBe('dmy');
    column.note('12/25/24');
    expect(column.order()).toBeUndefined();
  });

  it.each([
    ['M/d/yy h:mm a', '3/12/24 3:41 PM', '2024-03-12T14:41:00.000Z'],
    ['d/M/yy', '3/12/24 3:41 PM', '2024-12-03T14:41:00.000Z'],
    ['ymd', '24-03-12', '2024-03-11T23:00:00.000Z'],
    ['yy/MM/dd', '24/03/12 15:41', '2024-03-12T14:41:00.000Z'],
    ['DD.MM.YYYY HH:mm', '12.03.2024 15:41', '2024-03-12T14:41:00.000Z'],
    ['mdy', '03-12-2024', '2024-03-11T23:00:00.000Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", '2024-03-12T15:41:07.123+0100', '2024-03-12T14:41:07.123Z'],
    ['%d.%m.%Y %H:%M', '12.03.2024 15:41', '2024-03-12T14:41:00.000Z'],
    ['EEE, d MMM yyyy HH:mm', 'Di, 12 März 2024 15:41', '2024-03-12T14:41:00.000Z'],
    ['d/MMM/yy h:mm a', '12/Mär/24 3:41 PM', '2024-03-12T14:41:00.000Z'],
  ])('are read by the format %s', (written, text, expected) => {
    const format = parseDateFormat(written);
    if ('bad' in format) throw new Error(format.bad);
    expect(readDate(text, { timeZone: 'Europe/Vienna', format: format.ok })?.toISOString()).toBe(expected);
  });

  it.each(['', 'HH:mm', 'dd.MM', 'yyyy-yyyy-dd', 'date'])('%j is no format', (written) => {
    expect(parseDateFormat(written)).toMatchObject({ bad: expect.stringContaining('is no format of dates') });
  });
});

it('stories, epics and their like are left out and counted, unless they are asked for', () => {
  const row = (issueType?: string) => ({ ...reportOf(LINEAR, linearMapping), ...(issueType ? { issueType } : {}) });
  const rows = [row('Bug'), row('Story'), row('Story'), row('Epic'), row('Sub Task'), row('Unteraufgabe'), row()];
  expect(chooseTypes(rows)).toMatchObject({
    reports: { length: 2 },
    leftOut: new Map([
      ['Story', 2],
      ['Epic', 1],
      ['Sub Task', 1],
      ['Unteraufgabe', 1],
    ]),
  });
  expect(chooseTypes(rows, ['epic']).reports).toHaveLength(2);
  expect(chooseTypes(rows, ['all']).reports).toHaveLength(7);
});

it('what was counted is a report of the first time and one of the last', () => {
  const { happenings } = planHistory([reportOf(SENTRY, sentryMapping)]);
  expect(happenings).toMatchObject([
    { at: new Date('2026-03-02T08:00:00Z'), report: { sourceId: 'APP-7', occurrences: 1, affected: 0 } },
    { at: new Date('2026-03-05T08:00:00Z'), report: { occurrences: 39, affected: 9 }, joins: 'APP-7' },
  ]);
});

it('who works on something is known by the address', () => {
  const people = new Map([['ana@acme.example', 'UANA']]);
  expect(personOf('Ana Diaz <Ana@acme.example>', people)).toBe('UANA');
  expect(personOf('ben@acme.example', people)).toBeUndefined();
  expect(personOf('Ana Diaz', people)).toBeUndefined();
});
