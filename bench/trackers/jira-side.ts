import type { TicketStatus } from '../../src/domain/trackers/ticket-status.ts';
import type { Sent } from './fault-proxy.ts';
import { jiraTokenOf, startJira } from './jira-server.ts';
import { nextOf, type Place, type Seen, type Side, type Write } from './side.ts';

type Issue = {
  key: string;
  fields: {
    summary: string;
    description: string | null;
    duedate: string | null;
    resolution: { name: string } | null;
    assignee: { displayName: string } | null;
    labels: string[];
  };
};

const RESOLUTIONS = { done: 'Fixed', not_planned: "Won't Do", duplicate: 'Duplicate' } as const;

/** Projects of a small Jira Cloud of our own. */
export async function startJiraSide(projects: readonly string[]): Promise<Side> {
  const jira = await startJira({ projects: [...projects] });
  const placeOf = (project: string): Place => ({
    name: project,
    connection: (url) => ({
      connection: {
        ...{ kind: 'jira', place: project, site: url, webUrl: `${url}/browse/${project}` },
        ...{ account: 'account-of-burndown-bot', accountName: 'burndown-bot' },
      },
      token: jiraTokenOf('burndown-bot'),
    }),
    addHook: async (url, secret) => {
      jira.hooks.push({ url, secret, project });
    },
    statusOf: async (key) => statusOf(((await jira.as('ana', 'GET', `/issue/${key}`)) as unknown as Issue).fields),
    setStatus: (key, status) =>
      status === 'open' ? jira.move('ana', key, 'In Progress') : jira.move('ana', key, 'Closed', RESOLUTIONS[status]),
    rename: async (key, summary) => {
      await jira.as('ana', 'PUT', `/issue/${key}`, { fields: { summary } });
    },
    setDue: async (key, duedate) => {
      await jira.as('ana', 'PUT', `/issue/${key}`, { fields: { duedate } });
    },
    giveOn: async (key) => {
      const { fields } = (await jira.as('ana', 'GET', `/issue/${key}`)) as unknown as Issue;
      const who = nextOf(assigneesOf(fields));
      await jira.as('ana', 'PUT', `/issue/${key}/assignee`, { accountId: `account-of-${who}` });
      return who;
    },
    addLabel: async (key, label) => {
      await jira.as('ana', 'PUT', `/issue/${key}`, { update: { labels: [{ add: label }] } });
    },
    list: async () => {
      const seen: Seen[] = [];
      for (let nextPageToken: string | undefined; ; ) {
        const wanted = { jql: `project = "${project}" ORDER BY created DESC`, maxResults: 100, nextPageToken };
        const found = (await jira.as('ana', 'POST', '/search/jql', wanted)) as {
          issues: Issue[];
          nextPageToken?: string;
        };
        seen.push(...found.issues.map((issue) => see(issue, jira.comments(issue.key))));
        nextPageToken = found.nextPageToken;
        if (!nextPageToken) return seen;
      }
    },
  });
  return {
    ...{ kind: 'jira', url: jira.url, places: projects.map(placeOf), close: jira.close },
    writeOf,
  };
}

function writeOf({ method, path, body }: Sent): Write | null {
  const [, key = '', rest = ''] = /\/issue(?:\/([A-Z0-9]+-\d+)([^?]*))?(?:\?.*)?$/.exec(path) ?? [];
  if (method === 'GET' || path.includes('/search')) return null;
  const ticket = `${key.split('-')[0]} ${key}`;
  if (key === '') return { what: 'ticket', ticket };
  if (rest === '') return { what: body.includes('"labels"') ? 'labels' : 'due', ticket };
  if (rest === '/assignee') return { what: 'assignee', ticket };
  if (rest === '/transitions') return { what: 'status', ticket };
  return { what: method === 'PUT' ? 'edit of a comment' : 'comment', ticket };
}

function see({ key, fields }: Issue, comments: readonly string[]): Seen {
  const { summary: title, description, duedate: dueOn } = fields;
  return {
    ...{ key, title, text: description ?? '', dueOn, comments, assignees: assigneesOf(fields), labels: fields.labels },
    status: statusOf(fields),
  };
}

function assigneesOf({ assignee }: Issue['fields']): string[] {
  return assignee ? [assignee.displayName] : [];
}

function statusOf({ resolution }: Issue['fields']): TicketStatus {
  const [status] = Object.entries(RESOLUTIONS).find(([, name]) => name === resolution?.name) ?? ['open'];
  return status as TicketStatus;
}
