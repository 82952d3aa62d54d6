import type { Sent } from './linear-server.ts';

type Answer = { status: number; text: string };
type Someone = { id: string } | null;
type Entry = { createdAt: string; actor: unknown; fromAssignee: Someone; toAssignee: Someone };

const ASSIGNEE = 'query Assignee($id: String!) { issue(id: $id) { assignee { id } } }';
const ME = 'query Me { viewer { id displayName email } }';

type Ask = (query: string, variables: Sent['variables']) => Promise<Answer>;

/** Keeps what the history of an issue tells of its assignees: who gave it to whom, and when. */
export function createAssignments(ask: Ask) {
  const entries = new Map<string, Entry[]>();
  const dataOf = async <T>(answer: Promise<Answer>) => (JSON.parse((await answer).text) as { data?: T }).data;
  const assigneeOf = async (id: string) =>
    (await dataOf<{ issue?: { assignee: Someone } }>(ask(ASSIGNEE, { id })))?.issue?.assignee ?? null;
  return {
    watching: async (askAsThem: Ask, { query, variables }: Sent, pass: () => Promise<Answer>): Promise<Answer> => {
      const id = String(variables.id ?? '');
      if (query.startsWith('query Assigned(')) {
        const history = { nodes: entries.get(id) ?? [], pageInfo: { hasNextPage: false, endCursor: null } };
        return { status: 200, text: JSON.stringify({ data: { issue: { history } } }) };
      }
      const { input } = variables as { input?: object };
      if (!query.includes('issueUpdate(') || !input || !('assigneeId' in input)) return pass();
      const fromAssignee = await assigneeOf(id);
      const answer = await pass();
      const toAssignee = await assigneeOf(id);
      const me = await dataOf<{ viewer: unknown }>(askAsThem(ME, {}));
      const entry = { createdAt: new Date().toISOString(), actor: me?.viewer ?? null, fromAssignee, toAssignee };
      if (fromAssignee?.id !== toAssignee?.id) entries.set(id, [...(entries.get(id) ?? []), entry]);
      return answer;
    },
  };
}
