import type { Sent } from './linear-server.ts';

type Answer = { status: number; text: string };
type Entry = {
  createdAt: string;
  actor: { displayName: string };
  fromState: { type: string };
  toState: { type: string };
};

const HISTORY = /history\(first: 50, after: \$after\) \{[\s\S]*?pageInfo \{ hasNextPage endCursor \}\s*\}/;
const STATE = 'query State($id: String!) { issue(id: $id) { state { type } } }';

/** Keeps what Linear calls the history of an issue: who moved it from which state to which, and when. */
export function createIssueHistory(ask: (query: string, variables: Sent['variables']) => Promise<Answer>) {
  const entries = new Map<string, Entry[]>();
  const typeOf = async (id: string) => {
    const { text } = await ask(STATE, { id });
    return (JSON.parse(text) as { data?: { issue?: { state: { type: string } } } }).data?.issue?.state.type ?? '';
  };
  // Linear changes an issue and its history at once, so what concerns one issue goes one after the other here.
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    if (id === '') return work();
    const done = (turns.get(id) ?? Promise.resolve()).then(work);
    turns.set(
      id,
      done.catch(() => {}),
    );
    return done;
  };
  const watch = async (by: string, sent: Sent, pass: () => Promise<Answer>): Promise<Answer> => {
    const { query, variables } = sent;
    const id = String(variables.id ?? '');
    if (query.includes('issueUpdate(')) {
      const from = await typeOf(id);
      const answer = await pass();
      const to = await typeOf(id);
      const entry = { createdAt: new Date().toISOString(), actor: { displayName: by } };
      if (from !== to)
        entries.set(id, [...(entries.get(id) ?? []), { ...entry, fromState: { type: from }, toState: { type: to } }]);
      return answer;
    }
    if (!HISTORY.test(query)) return pass();
    sent.query = query.replace(HISTORY, '').replace(', $after: String', '');
    delete variables.after;
    const answer = await pass();
    const given = JSON.parse(answer.text) as { data?: { issue?: Record<string, unknown> } };
    const nodes = [...(entries.get(id) ?? [])].reverse();
    if (given.data?.issue) given.data.issue.history = { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
    return { status: answer.status, text: JSON.stringify(given) };
  };
  return {
    /** Passes a request on, remembers a move of an issue, and tells of its moves where that is asked for. */
    watching: (by: string, sent: Sent, pass: () => Promise<Answer>): Promise<Answer> =>
      inTurn(String(sent.variables.id ?? ''), () => watch(by, sent, pass)),
  };
}
