import type { TicketStatus } from '../../src/domain/trackers/ticket-status.ts';
import { linearKeyFor, startLinear } from './linear-server.ts';
import { nextOf, type Place, type Seen, type Side, type Write } from './side.ts';

type Issue = {
  identifier: string;
  title: string;
  description: string | null;
  dueDate: string | null;
  state: { type: string };
  comments: { nodes: { body: string }[] };
  assignee: { displayName: string } | null;
  labels: { nodes: { id: string; name: string }[] };
};

const STATUS = 'query Status($id: String!) { issue(id: $id) { state { type } } }';
const ASSIGNEE = 'query Assignee($id: String!) { issue(id: $id) { assignee { displayName } } }';
const CHANGE =
  'mutation Change($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input) { success } }';
const HOOK = 'mutation Hook($input: WebhookCreateInput!) { webhookCreate(input: $input) { success } }';
const LIST = `query List($team: String!, $after: String) {
  teams(filter: { key: { eqIgnoreCase: $team } }, first: 1) { nodes { id issues(first: 50, after: $after) {
    nodes {
      identifier title description dueDate state { type } comments(first: 100) { nodes { body } }
      assignee { displayName } labels { nodes { id name } }
    }
    pageInfo { hasNextPage endCursor }
  } } }
}`;
const USERS = 'query Users { users { nodes { id displayName } } }';
const ADD_LABEL =
  'mutation AddLabel($id: String!, $labelId: String!) { issueAddLabel(id: $id, labelId: $labelId) { success } }';
const MAKE_LABEL =
  'mutation Make($input: IssueLabelCreateInput!) { issueLabelCreate(input: $input) { issueLabel { id } } }';
const NAMES: Record<TicketStatus, string> = {
  open: 'In Progress',
  done: 'Done',
  not_planned: 'Canceled',
  duplicate: 'Duplicate',
};

/** Teams of a Linear that `emulate` plays. */
export async function startLinearSide(teams: readonly string[]): Promise<Side> {
  const linear = await startLinear(teams);
  const page = async (team: string, after: string | null) => {
    const { teams: found } = (await linear.as('ana', LIST, { team, after })) as {
      teams: {
        nodes: { id: string; issues: { nodes: Issue[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }[];
      };
    };
    const [node] = found.nodes;
    if (!node) throw new Error(`There is no team ${team}.`);
    return node;
  };
  const placeOf = (team: string): Place => ({
    name: team,
    connection: () => ({
      connection: {
        ...{ kind: 'linear', place: team, account: 'burndown-bot' },
        webUrl: `https://linear.app/acme/team/${team}`,
      },
      token: linearKeyFor('burndown-bot', team),
    }),
    addHook: async (url, secret) => {
      const { id: teamId } = await page(team, null);
      await linear.as('ana', HOOK, { input: { url, teamId, secret, resourceTypes: ['Issue'] } });
    },
    statusOf: async (key) => {
      const { issue } = (await linear.as('ana', STATUS, { id: key })) as { issue: Pick<Issue, 'state'> };
      return statusOf(issue);
    },
    setStatus: (key, status) => linear.move('ana', key, NAMES[status]),
    rename: async (key, title) => {
      await linear.as('ana', CHANGE, { id: key, input: { title } });
    },
    setDue: async (key, dueDate) => {
      await linear.as('ana', CHANGE, { id: key, input: { dueDate } });
    },
    giveOn: async (key) => {
      const { issue } = (await linear.as('ana', ASSIGNEE, { id: key })) as { issue: Pick<Issue, 'assignee'> };
      const who = nextOf(issue.assignee ? [issue.assignee.displayName] : []);
      const { users } = (await linear.as('ana', USERS)) as { users: { nodes: { id: string; displayName: string }[] } };
      const assigneeId = users.nodes.find(({ displayName }) => displayName === who)?.id;
      await linear.as('ana', CHANGE, { id: key, input: { assigneeId } });
      return who;
    },
    addLabel: async (key, name) => {
      const { id: teamId } = await page(team, null);
      const { issueLabelCreate } = (await linear.as('ana', MAKE_LABEL, { input: { teamId, name } })) as {
        issueLabelCreate: { issueLabel: { id: string } };
      };
      await linear.as('ana', ADD_LABEL, { id: key, labelId: issueLabelCreate.issueLabel.id });
    },
    list: async () => {
      const seen: Seen[] = [];
      for (let after: string | null = null; ; ) {
        const { issues } = await page(team, after);
        seen.push(...issues.nodes.map(see));
        if (!issues.pageInfo.hasNextPage) return seen;
        after = issues.pageInfo.endCursor;
      }
    },
  });
  return {
    ...{ kind: 'linear', url: linear.url, places: teams.map(placeOf), close: linear.close },
    writeOf: ({ body }) => writeOf(body),
  };
}

function writeOf(body: string): Write | null {
  const { query, variables } = JSON.parse(body) as { query: string; variables: { id?: string; input?: object } };
  if (!query.startsWith('mutation')) return null;
  const key = variables.id ?? '';
  const ticket = `${key.split('-')[0]} ${key}`;
  if (query.includes('issueCreate(')) return { what: 'ticket', ticket };
  if (query.includes('commentCreate(')) return { what: 'comment', ticket };
  if (query.includes('commentUpdate(')) return { what: 'edit of a comment', ticket };
  if (query.includes('Label(') || query.includes('issueLabelCreate(')) return { what: 'labels', ticket };
  const input = variables.input ?? {};
  if ('assigneeId' in input) return { what: 'assignee', ticket };
  return { what: 'stateId' in input ? 'status' : 'due', ticket };
}

function see({ identifier, title, description, dueDate, comments, assignee, labels, ...issue }: Issue): Seen {
  return {
    ...{ key: identifier, title, text: description ?? '', status: statusOf(issue), dueOn: dueDate },
    comments: comments.nodes.map(({ body }) => body),
    assignees: assignee ? [assignee.displayName] : [],
    labels: labels.nodes.map(({ name }) => name),
  };
}

function statusOf({ state: { type } }: Pick<Issue, 'state'>): TicketStatus {
  if (type === 'completed') return 'done';
  if (type === 'canceled') return 'not_planned';
  return type === 'duplicate' ? 'duplicate' : 'open';
}
