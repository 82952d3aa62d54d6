import type { Severity } from '../vocabulary.ts';
import type { Mapping } from './mapping.ts';

const own: Record<string, Severity> = { s1: 'S1', s2: 'S2', s3: 'S3', s4: 'S4' };

export const linearMapping: Mapping = {
  name: 'Linear',
  columns: {
    sourceId: ['ID', 'identifier'],
    title: ['Title'],
    description: ['Description'],
    area: ['labels[area]', 'Project', 'Team'],
    severity: ['labels[severity]', 'Priority', 'priorityLabel'],
    reporter: ['Creator', 'creator.email', 'creator.name'],
    assignee: ['Assignee', 'assignee.email', 'assignee.name'],
    reportedAt: ['Created', 'createdAt'],
    resolvedAt: ['Completed', 'completedAt', 'Canceled', 'canceledAt'],
    updatedAt: ['Updated', 'updatedAt'],
    status: ['Status', 'state.name'],
    link: ['URL'],
  },
  severities: { ...own, urgent: 'S1', high: 'S2', medium: 'S3', low: 'S4', '1': 'S1', '2': 'S2', '3': 'S3', '4': 'S4' },
};

export const sentryMapping: Mapping = {
  name: 'Sentry',
  columns: {
    sourceId: ['shortId', 'id'],
    title: ['title', 'metadata.title'],
    description: ['culprit', 'metadata.value'],
    area: ['project.name', 'project.slug', 'project'],
    severity: ['level'],
    affected: ['userCount'],
    occurrences: ['count'],
    assignee: ['assignedTo.email', 'assignedTo.name'],
    reportedAt: ['firstSeen'],
    lastSeenAt: ['lastSeen'],
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
    title: ['Title'],
    description: ['Repro Steps', 'Description'],
    area: ['Area Path', 'Node Name'],
    severity: ['Severity', 'Priority'],
    reporter: ['Created By'],
    assignee: ['Assigned To'],
    reportedAt: ['Created Date'],
    resolvedAt: ['Closed Date', 'Resolved Date'],
    resolution: ['Resolved Reason', 'Reason'],
    updatedAt: ['State Change Date', 'Changed Date'],
    status: ['State'],
    issueType: ['Work Item Type'],
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
    title: ['Subject'],
    description: ['Description'],
    area: ['Category', 'Category.name', 'Project', 'project.name'],
    severity: ['Severity', 'Priority'],
    reporter: ['Author'],
    assignee: ['Assignee', 'assigned_to'],
    reportedAt: ['Created', 'created_on'],
    resolvedAt: ['Closed', 'closed_on'],
    updatedAt: ['Updated', 'updated_on'],
    status: ['Status'],
    issueType: ['Tracker'],
  },
  severities: { ...own, immediate: 'S1', urgent: 'S1', high: 'S2', normal: 'S3', low: 'S4' },
};
