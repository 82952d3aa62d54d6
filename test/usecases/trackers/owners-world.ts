import { type GithubServer, startGithub, tokenOf } from '../../../bench/trackers/github-server.ts';
import { NO_TRACKERS } from '../../../bench/trackers/no-trackers.ts';
import { trackerOpener } from '../../../src/trackers/open-tracker.ts';
import { startConnectedJira, startConnectedLinear } from './tracker-servers.ts';

type Fetch = typeof fetch;

/** A tracker in which Ana assigns tickets; an account is named as people see it there. */
async function githubPlace() {
  const server: GithubServer = await startGithub();
  const path = (key: string) => `/repos/ana/api/issues/${key.split('#').at(-1)}`;
  const namesOf = (issue: Record<string, unknown>) =>
    (issue.assignees as { login: string }[]).map(({ login }) => login);
  return {
    connection: { kind: 'github', place: 'ana/api', webUrl: `${server.url}/ana/api`, account: 'burndown-bot' } as const,
    token: tokenOf('burndown-bot'),
    open: (through: Fetch) => trackerOpener({ fetch: through, hosts: { ...NO_TRACKERS, github: server.url } }),
    assignees: async (key: string) => namesOf(await server.as('ana', 'GET', path(key))),
    assign: async (key: string, who: string | null) => {
      const assignees = namesOf(await server.as('ana', 'GET', path(key)));
      await server.as('ana', 'DELETE', `${path(key)}/assignees`, { assignees });
      if (who) await server.as('ana', 'POST', `${path(key)}/assignees`, { assignees: [who] });
    },
    labels: async (key: string) =>
      ((await server.as('ana', 'GET', path(key))).labels as { name: string }[]).map(({ name }) => name),
    addLabel: async (key: string, label: string) => {
      await server.as('ana', 'POST', `${path(key)}/labels`, { labels: [label] });
    },
    removeLabel: async (key: string, label: string) => {
      await server.as('ana', 'DELETE', `${path(key)}/labels/${encodeURIComponent(label)}`);
    },
    make: async (title: string) => {
      const { number } = await server.as('ana', 'POST', '/repos/ana/api/issues', { title, body: 'As Ana saw it.' });
      return `ana/api#${number}`;
    },
    makeStory: async (title: string) => {
      await server.as('ana', 'POST', '/repos/ana/api/issues', { title, labels: ['enhancement'] });
    },
    end: async (key: string) => {
      await server.as('ana', 'PATCH', path(key), { state: 'closed', state_reason: 'completed' });
    },
    cancel: async (key: string) => {
      await server.as('ana', 'PATCH', path(key), { state: 'closed', state_reason: 'not_planned' });
    },
    reopen: async (key: string) => {
      await server.as('ana', 'PATCH', path(key), { state: 'open' });
    },
    /** How an export calls it. */
    exported: (key: string) => key.split('#').at(-1) ?? '',
    page: 100,
    before: 0,
    close: server.close,
  };
}

const UPDATE =
  'mutation U($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input) { success } }';

async function linearPlace() {
  const { server, bot } = await startConnectedLinear();
  const ask = async (document: string, variables: object) =>
    (await server.as('ana', document, variables)) as {
      issue: { assignee: { displayName: string } | null; labels: { nodes: { id: string; name: string }[] } };
      users: { nodes: { id: string; displayName: string }[] };
      teams: { nodes: { id: string }[] };
      issueLabelCreate: { issueLabel: { id: string } };
    };
  const look = async (key: string) =>
    (
      await ask('query L($id: String!) { issue(id: $id) { assignee { displayName } labels { nodes { id name } } } }', {
        id: key,
      })
    ).issue;
  const setLabels = (key: string, labelIds: string[]) => server.as('ana', UPDATE, { id: key, input: { labelIds } });
  const makeIn = async (input: object) => {
    const { teams } = await ask('query T { teams { nodes { id } } }', {});
    const create = 'mutation C($i: IssueCreateInput!) { issueCreate(input: $i) { issue { identifier } } }';
    const made = await ask(create, { i: { teamId: teams.nodes[0]?.id, ...input } });
    return (made as unknown as { issueCreate: { issue: { identifier: string } } }).issueCreate.issue.identifier;
  };
  const addLabel = async (key: string, label: string) => {
    const { teams } = await ask('query T { teams { nodes { id } } }', {});
    const create = 'mutation C($i: IssueLabelCreateInput!) { issueLabelCreate(input: $i) { issueLabel { id } } }';
    const made = await ask(create, { i: { teamId: teams.nodes[0]?.id, name: label } });
    const { labels } = await look(key);
    await setLabels(key, [...labels.nodes.map(({ id }) => id), made.issueLabelCreate.issueLabel.id]);
  };
  return {
    ...bot,
    make: (title: string) => makeIn({ title, description: 'As Ana saw it.' }),
    makeStory: async (title: string) => addLabel(await makeIn({ title }), 'Feature'),
    end: (key: string) => server.move('ana', key, 'Done'),
    cancel: (key: string) => server.move('ana', key, 'Canceled'),
    reopen: (key: string) => server.move('ana', key, 'In Progress'),
    exported: (key: string) => key,
    page: 50,
    /** The emulator begins with one of its own. */
    before: 1,
    assignees: async (key: string) => {
      const { assignee } = await look(key);
      return assignee ? [assignee.displayName] : [];
    },
    assign: async (key: string, who: string | null) => {
      const { users } = await ask('query U { users { nodes { id displayName } } }', {});
      const id = users.nodes.find(({ displayName }) => displayName === who)?.id ?? null;
      await server.as('ana', UPDATE, { id: key, input: { assigneeId: id } });
    },
    labels: async (key: string) => (await look(key)).labels.nodes.map(({ name }) => name),
    addLabel,
    removeLabel: async (key: string, label: string) => {
      const { labels } = await look(key);
      await setLabels(
        key,
        labels.nodes.filter(({ name }) => name !== label).map(({ id }) => id),
      );
    },
  };
}

async function jiraPlace() {
  const { server, bot } = await startConnectedJira();
  const look = async (key: string) =>
    (await server.as('ana', 'GET', `/issue/${key}`)) as {
      fields: { assignee: { displayName: string } | null; labels: string[] };
    };
  const change = (key: string, labels: object[]) => server.as('ana', 'PUT', `/issue/${key}`, { update: { labels } });
  const makeAs = async (type: string, title: string) => {
    const fields = { project: { key: 'OPS' }, issuetype: { id: type }, summary: title, description: 'As Ana saw it.' };
    return String((await server.as('ana', 'POST', '/issue', { fields })).key);
  };
  return {
    ...bot,
    make: (title: string) => makeAs('12', title),
    makeStory: async (title: string) => {
      await makeAs('11', title);
    },
    end: (key: string) => server.move('ana', key, 'Closed', 'Fixed'),
    cancel: (key: string) => server.move('ana', key, 'Closed', "Won't Do"),
    reopen: (key: string) => server.move('ana', key, 'In Progress'),
    exported: (key: string) => key,
    page: 100,
    before: 0,
    assignees: async (key: string) => {
      const { assignee } = (await look(key)).fields;
      return assignee ? [assignee.displayName] : [];
    },
    assign: async (key: string, who: string | null) => {
      await server.as('ana', 'PUT', `/issue/${key}/assignee`, { accountId: who && `account-of-${who}` });
    },
    labels: async (key: string) => (await look(key)).fields.labels,
    addLabel: async (key: string, label: string) => {
      await change(key, [{ add: label }]);
    },
    removeLabel: async (key: string, label: string) => {
      await change(key, [{ remove: label }]);
    },
  };
}

export const PLACES = [
  ['GitHub', githubPlace],
  ['Linear', linearPlace],
  ['Jira', jiraPlace],
] as const;
