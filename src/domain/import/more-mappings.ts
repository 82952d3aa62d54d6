import type { Severity } from '../vocabulary.ts';
import type { Mapping } from './mapping.ts';

const own: Record<string, Severity> = { s1: 'S1', s2: 'S2', s3: 'S3', s4: 'S4' };

export const linearMapping: Mapping = {
  name: 'Linear',
  columns: {
    sourceId: ['identifier', 'ID'],
    title: ['Title'],
    description: ['Description'],
    area: ['labels[area]', 'Project', 'Team'],
    severity: ['labels[severity]', 'priorityLabel', 'Priority'],
    reporter: ['creator.email', 'Creator'],
    assignee: ['assignee.email', 'Assignee'],
    reportedAt: ['Created', 'createdAt'],
    resolvedAt: ['Completed', 'completedAt', 'Canceled', 'canceledAt'],
    updatedAt: ['Updated', 'updatedAt'],
    status: ['Status', 'state.name'],
    statusCategory: ['state.type'],
    link: ['URL'],
  },
  severities: { ...own, urgent: 'S1', high: 'S2', medium: 'S3', low: 'S4', '1': 'S1', '2': 'S2', '3': 'S3', '4': 'S4' },
};

export const sentryMapping: Mapping = {
  name: 'Sentry',
  columns: {
    sourceId: ['shortId', 'issue', 'id'],
    title: ['title', 'metadata.title'],
    description: ['culprit', 'metadata.value'],
    area: ['project.name', 'project.slug', 'project'],
    severity: ['level'],
    affected: ['userCount', 'Users', 'count_unique(user)'],
    occurrences: ['count', 'Events', 'Times Seen', 'count()'],
    assignee: ['assignedTo.email', 'assignedTo.name'],
    reportedAt: ['firstSeen', 'first_seen()', 'min(timestamp)'],
    lastSeenAt: ['lastSeen', 'last_seen()', 'max(timestamp)'],
    updatedAt: ['lastSeen'],
    status: ['status'],
    link: ['permalink'],
  },
  severities: { ...own, fatal: 'S1', error: 'S2', warning: 'S3', info: 'S4', debug: 'S4', sample: 'S4' },
};

export const azureMapping: Mapping = {
  name: 'Azure DevOps',
  columns: {
    sourceId: ['ID'],
    title: ['Title', 'fields.System.Title'],
    description: ['Repro Steps', 'Description', 'fields.System.Description'],
    area: ['Area Path', 'Node Name', 'fields.System.AreaPath'],
    severity: [
      'Severity',
      'Priority',
      'fields.Microsoft.VSTS.Common.Severity',
      'fields.Microsoft.VSTS.Common.Priority',
    ],
    reporter: ['Created By', 'fields.System.CreatedBy.uniqueName', 'fields.System.CreatedBy'],
    assignee: ['Assigned To', 'fields.System.AssignedTo.uniqueName', 'fields.System.AssignedTo'],
    reportedAt: ['Created Date', 'fields.System.CreatedDate'],
    resolvedAt: [
      'Closed Date',
      'Resolved Date',
      'fields.Microsoft.VSTS.Common.ClosedDate',
      'fields.Microsoft.VSTS.Common.ResolvedDate',
    ],
    resolution: ['Resolved Reason', 'Reason', 'fields.System.Reason'],
    updatedAt: ['State Change Date', 'Changed Date', 'fields.System.ChangedDate'],
    status: ['State', 'fields.System.State'],
    issueType: ['Work Item Type', 'fields.System.WorkItemType'],
    link: ['URL'],
  },
  severities: {
    ...own,
    '1 - critical': 'S1',
    '2 - high': 'S2',
    '3 - medium': 'S3',
    '4 - low': 'S4',
    '1': 'S1',
    '2': 'S2',
    '3': 'S3',
    '4': 'S4',
  },
  // A reason stands there for every state ("Moved out of state New"), so that only some of them say what became of it.
  isVague: 'resolution',
};

export const youtrackMapping: Mapping = {
  name: 'YouTrack',
  columns: {
    sourceId: ['Issue Id', 'idReadable'],
    title: ['Summary'],
    description: ['Description'],
    area: ['Subsystem', 'Subsystems', 'Project', 'project.name'],
    severity: ['Severity', 'Priority'],
    reporter: ['Reporter', 'reporter.email', 'reporter.login'],
    assignee: ['Assignee', 'Assignees'],
    reportedAt: ['Created'],
    resolvedAt: ['Resolved'],
    updatedAt: ['Updated'],
    status: ['State', 'Stage'],
    issueType: ['Type'],
  },
  severities: { ...own, 'show-stopper': 'S1', critical: 'S1', major: 'S2', normal: 'S3', minor: 'S4' },
};

export const redmineMapping: Mapping = {
  name: 'Redmine',
  columns: {
    sourceId: ['#', 'id'],
    title: ['Subject', 'Thema'],
    description: ['Description'],
    area: ['Category', 'Category.name', 'Kategorie', 'Project', 'project.name', 'Projekt'],
    severity: ['Severity', 'Priority', 'Priorität'],
    reporter: ['Author', 'Autor'],
    assignee: ['Assignee', 'assigned_to', 'Zugewiesen an'],
    reportedAt: ['Created', 'created_on', 'Angelegt'],
    resolvedAt: ['Closed', 'closed_on', 'Geschlossen'],
    updatedAt: ['Updated', 'updated_on', 'Aktualisiert'],
    status: ['Status'],
    issueType: ['Tracker'],
  },
  severities: { ...own, immediate: 'S1', urgent: 'S1', high: 'S2', normal: 'S3', low: 'S4' },
};
