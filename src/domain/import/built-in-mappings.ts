import type { Severity } from '../vocabulary.ts';
import type { Mapping } from './mapping.ts';
import { azureMapping, linearMapping, redmineMapping, sentryMapping, youtrackMapping } from './more-mappings.ts';

const own: Record<string, Severity> = {
  s1: 'S1',
  s2: 'S2',
  s3: 'S3',
  s4: 'S4',
  sev1: 'S1',
  sev2: 'S2',
  sev3: 'S3',
  sev4: 'S4',
};
const numbered: Record<string, Severity> = { p0: 'S1', p1: 'S1', p2: 'S2', p3: 'S3', p4: 'S4', p5: 'S4' };
const spoken: Record<string, Severity> = {
  critical: 'S1',
  urgent: 'S1',
  high: 'S2',
  medium: 'S3',
  normal: 'S3',
  low: 'S4',
};

// Jira's five steps, the old names and the new ones, on our four. Most issues keep the default, Major or Medium.
const jiraPriorities: Record<string, Severity> = {
  ...own,
  ...numbered,
  blocker: 'S1',
  critical: 'S2',
  major: 'S3',
  minor: 'S4',
  trivial: 'S4',
  highest: 'S1',
  high: 'S2',
  medium: 'S3',
  low: 'S4',
  lowest: 'S4',
};

// Bugzilla's "critical" is a crash or lost data; "normal" is the default.
const bugzillaSeverities: Record<string, Severity> = {
  ...own,
  blocker: 'S1',
  critical: 'S1',
  major: 'S2',
  normal: 'S3',
  minor: 'S4',
  trivial: 'S4',
  enhancement: 'S4',
};

const words: Record<string, Severity> = {
  ...jiraPriorities,
  ...numbered,
  ...spoken,
  ...own,
  '0': 'S1',
  '1': 'S1',
  '2': 'S2',
  '3': 'S3',
  '4': 'S4',
};

export const jiraMapping: Mapping = {
  name: 'Jira',
  columns: {
    sourceId: ['Issue key', 'key', 'Vorgangsschlüssel', 'Issue id', 'id'],
    title: ['Summary', 'fields.summary', 'Zusammenfassung'],
    description: ['Description', 'fields.description', 'Beschreibung'],
    area: ['Component/s', 'Components', 'Component', 'fields.components', 'Komponenten', 'Komponente(n)'],
    severity: ['Custom field (Severity)', 'Severity', 'Priority', 'fields.priority.name', 'Priorität'],
    affected: ['Custom field (Affected accounts)', 'Affected accounts'],
    supportTickets: ['Custom field (Support tickets)', 'Support tickets'],
    environment: ['Environment', 'fields.environment'],
    reporter: ['Reporter', 'fields.reporter.displayName', 'fields.reporter.name', 'Creator', 'Autor', 'Ersteller'],
    reportedAt: ['Created', 'fields.created', 'Erstellt'],
    resolvedAt: ['Resolved', 'Resolution date', 'fields.resolutiondate', 'Erledigt', 'Gelöst'],
    resolution: ['Resolution', 'fields.resolution.name', 'Lösung'],
    status: ['Status', 'fields.status.name'],
    statusCategory: ['Status Category', 'Statuskategorie', 'fields.status.statusCategory.name'],
    updatedAt: [
      'Status Category Changed',
      'fields.statuscategorychangedate',
      'Updated',
      'fields.updated',
      'Aktualisiert',
    ],
    issueType: ['Issue Type', 'fields.issuetype.name', 'Vorgangstyp'],
    assignee: [
      'Assignee',
      'fields.assignee.emailAddress',
      'fields.assignee.displayName',
      'Zugewiesene Person',
      'Bearbeiter',
    ],
    link: ['Link', 'URL', 'Issue link'],
    duplicateOf: ['Outward issue link (Duplicate)', 'Duplicate of'],
  },
  severities: jiraPriorities,
};

export const githubMapping: Mapping = {
  name: 'GitHub issues',
  columns: {
    sourceId: ['number'],
    title: ['title'],
    description: ['body'],
    area: ['labels[area]', 'labels[component]'],
    severity: ['labels[severity]', 'labels[priority]', 'labels'],
    reporter: ['user.login', 'author.login'],
    reportedAt: ['created_at', 'createdAt'],
    resolvedAt: ['closed_at', 'closedAt'],
    resolution: ['state_reason', 'stateReason'],
    status: ['state'],
    updatedAt: ['updated_at', 'updatedAt'],
    issueType: ['type.name', 'issueType.name'],
    assignee: ['assignee.login', 'assignees.0.login'],
    link: ['html_url', 'url'],
  },
  severities: words,
  refuse: { column: 'pull_request', reason: 'is a pull request, not an issue' },
};

export const bugzillaMapping: Mapping = {
  name: 'Bugzilla',
  columns: {
    sourceId: ['bug_id', 'id'],
    title: ['short_desc', 'Summary'],
    description: ['Description', 'comments.0.text', 'comment'],
    area: ['Component', 'Product'],
    severity: ['bug_severity', 'Severity'],
    environment: ['op_sys', 'OS', 'rep_platform', 'Platform'],
    reporter: ['Reporter', 'creator'],
    reportedAt: ['opendate', 'Opened', 'creation_ts', 'creation_time'],
    resolvedAt: ['cf_last_resolved', 'Last Resolved'],
    resolution: ['Resolution'],
    status: ['bug_status', 'Status'],
    updatedAt: ['changeddate', 'last_change_time', 'delta_ts', 'Changed'],
    issueType: ['bug_type', 'Type'],
    assignee: ['assigned_to', 'Assignee'],
    duplicateOf: ['dupe_of', 'dup_id'],
  },
  severities: bugzillaSeverities,
};

export const bugStreamMapping: Mapping = {
  name: 'bug stream',
  columns: {
    sourceId: ['id'],
    title: ['title'],
    description: ['description'],
    area: ['component'],
    severity: ['priority'],
    reportedAt: ['created'],
    resolvedAt: ['resolved'],
    resolution: ['resolution'],
    duplicateOf: ['duplicate_of'],
    classKey: ['class'],
  },
  severities: jiraPriorities,
};

export const genericMapping: Mapping = {
  name: 'generic',
  columns: {
    sourceId: ['source_id', 'id', 'key', 'number', 'ticket', 'reference'],
    title: ['title', 'summary', 'subject', 'name'],
    description: ['description', 'details', 'body', 'text', 'what_happened'],
    area: ['area', 'component', 'module', 'product'],
    severity: ['severity', 'priority'],
    affected: ['affected', 'affected_accounts', 'accounts_affected', 'accounts', 'customers'],
    supportTickets: ['support_tickets', 'tickets'],
    environment: ['environment', 'env', 'platform'],
    reporter: ['reporter', 'reported_by', 'author', 'created_by'],
    reportedAt: ['reported_at', 'seen_at', 'created_at', 'created', 'opened_at', 'opened', 'date'],
    resolvedAt: ['resolved_at', 'resolved', 'closed_at', 'closed'],
    resolution: ['resolution'],
    status: ['status', 'state'],
    updatedAt: ['updated_at', 'updated', 'changed_at', 'changed'],
    issueType: ['issue_type', 'type', 'kind', 'tracker'],
    assignee: ['assignee', 'assigned_to', 'owner'],
    occurrences: ['occurrences', 'count'],
    lastSeenAt: ['last_seen_at', 'last_seen'],
    link: ['link', 'url'],
    duplicateOf: ['duplicate_of'],
    classKey: ['class_key', 'class', 'group', 'fingerprint'],
  },
  severities: words,
};

export const builtInMappings = {
  jira: jiraMapping,
  github: githubMapping,
  bugzilla: bugzillaMapping,
  linear: linearMapping,
  sentry: sentryMapping,
  azure: azureMapping,
  youtrack: youtrackMapping,
  redmine: redmineMapping,
  stream: bugStreamMapping,
  generic: genericMapping,
} as const;
