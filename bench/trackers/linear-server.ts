import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import { freePort } from '../kit/free-port.ts';
import { createAssignments } from './linear-assignments.ts';
import { createIssueHistory } from './linear-history.ts';

export type LinearLogin = 'ana' | 'burndown-bot';
export const linearKeyOf = (login: LinearLogin) => `lin_api_of_${login}`;
/** Another one: the emulator lets every key ask five thousand times an hour. */
export const linearKeyFor = (login: LinearLogin, use: string) => `${linearKeyOf(login)}_for_${use}`;

/** What a person does on Linear, beside the bot. */
export type LinearServer = {
  url: string;
  as: (login: LinearLogin, document: string, variables?: object) => Promise<Record<string, unknown>>;
  /** Moves an issue to a state by its name, as somebody. */
  move: (login: LinearLogin, key: string, state: string) => Promise<void>;
  issue: (key: string) => Promise<LinearIssue>;
  close: () => Promise<void>;
};

export type LinearIssue = {
  id: string;
  title: string;
  description: string | null;
  state: { name: string; type: string };
  comments: { nodes: { body: string }[] };
};

const STATES = [
  ['Todo', 'unstarted'],
  ['In Progress', 'started'],
  ['Done', 'completed'],
  ['Canceled', 'canceled'],
  ['Duplicate', 'duplicate'],
] as const;

/**
 * A Linear of its own with teams that both accounts may write in. The emulator knows no filter by time, no order and no
 * history of an issue; what stands before it here does.
 */
export async function startLinear(teams: readonly string[] = ['ENG']): Promise<LinearServer> {
  const loginOf = new Map<string, LinearLogin>([
    [linearKeyOf('ana'), 'ana'],
    [linearKeyFor('ana', 'history'), 'ana'],
    [linearKeyFor('ana', 'assignments'), 'ana'],
    ...[linearKeyOf('burndown-bot'), ...teams.map((team) => linearKeyFor('burndown-bot', team))].map(
      (key) => [key, 'burndown-bot'] as const,
    ),
  ]);
  const person = (name: string) => ({ email: `${name}@example.com`, name, display_name: name });
  const emulator = await createEmulator({
    service: 'linear',
    port: await freePort(),
    seed: {
      tokens: Object.fromEntries([...loginOf].map(([key, login]) => [key, { login: `${login}@example.com` }])),
      linear: {
        organization: { name: 'Acme', url_key: 'acme' },
        users: [person('ana'), person('ben'), person('burndown-bot')],
        teams: teams.map((key) => ({
          ...{ key, name: `Team ${key}` },
          // Its own types of states lack the newest one.
          states: STATES.map(([name, type], position) => ({ name, type: type as 'completed', position })),
        })),
      },
    },
  });
  const ask = async (authorization: string, body: Sent) => {
    const send = () =>
      fetch(`${emulator.url}/graphql`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    // A connection that was kept open may be closed at the very moment in which it is used again.
    const response = await send().catch(send);
    return { status: response.status, text: await response.text() };
  };
  const history = createIssueHistory((query, variables) => ask(linearKeyFor('ana', 'history'), { query, variables }));
  const assignments = createAssignments((query, variables) =>
    ask(linearKeyFor('ana', 'assignments'), { query, variables }),
  );
  const server = createServer(async (request, response) => {
    const login = loginOf.get(request.headers.authorization ?? '');
    const sent = JSON.parse(await textOf(request)) as Sent;
    if (!login) return void response.writeHead(401).end('{"errors":[{"message":"Authentication required"}]}');
    const asThem = (given: Sent) => ask(request.headers.authorization ?? '', given);
    const answer = await assignments.watching(
      (query, variables) => asThem({ query, variables }),
      sent,
      () =>
        history.watching(login, sent, async () => {
          const { status, text } = await asThem(plain(sent));
          return { status, text: since(sent, text) };
        }),
    );
    return void response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const as = async (login: LinearLogin, query: string, variables: object = {}) => {
    const sent = { query, variables: variables as Sent['variables'] };
    const asThem = (given: Sent) => ask(linearKeyOf(login), given);
    const { text } = await assignments.watching(
      (asked, given) => asThem({ query: asked, variables: given }),
      sent,
      () => history.watching(login, sent, () => asThem(sent)),
    );
    const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown>; errors?: unknown };
    if (!data || errors) throw new Error(`${query}: ${text}`);
    return data;
  };
  return {
    url,
    as,
    move: async (login, key, state) => {
      const id = await stateId(as, key, state);
      await as(login, UPDATE, { id: key, input: { stateId: id } });
    },
    issue: async (key) => {
      const fields = 'id title description state { name type } comments(first: 100) { nodes { body } }';
      const { issue } = await as('ana', `query Look($id: String!) { issue(id: $id) { ${fields} } }`, { id: key });
      return issue as LinearIssue;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await emulator.close();
    },
  };
}

export type Sent = { query: string; variables: Record<string, unknown> };

const UPDATE =
  'mutation Update($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input) { success } }';

async function stateId(as: LinearServer['as'], key: string, state: string): Promise<string> {
  const document = 'query S($id: String!) { issue(id: $id) { team { states { nodes { id name } } } } }';
  const { issue } = (await as('ana', document, { id: key })) as {
    issue: { team: { states: { nodes: { id: string; name: string }[] } } };
  };
  return issue.team.states.nodes.find(({ name }) => name === state)?.id ?? '';
}

/** Without what the emulator does not know. */
function plain({ query, variables }: Sent): Sent {
  const { since: _, names: __, ...rest } = variables;
  return {
    query: query
      .replace(', $since: DateTimeOrDuration!', '')
      .replace(/, filter: \{ (?:updated|created)At: \{ gte: \$since \} \}/, '')
      .replace(', orderBy: updatedAt', '')
      .replace('{ displayName: { eqIgnoreCase', '{ name: { eqIgnoreCase')
      .replace(', $names: [String!]!', '')
      .replace(', filter: { name: { in: $names } }', ''),
    variables: rest,
  };
}

/** The issues since an instant, where that was asked for: a page may hold fewer then. */
function since({ query, variables }: Sent, text: string): string {
  const field = /\{ (updatedAt|createdAt): \{ gte: \$since/.exec(query)?.[1] as 'updatedAt' | 'createdAt' | undefined;
  if (!field) return text;
  const answer = JSON.parse(text) as {
    data?: { teams: { nodes: { issues: { nodes: Record<'updatedAt' | 'createdAt', string>[] } }[] } };
  };
  for (const { issues } of answer.data?.teams.nodes ?? [])
    issues.nodes = issues.nodes.filter((issue) => Date.parse(issue[field]) >= Date.parse(String(variables.since)));
  return JSON.stringify(answer);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
