import type { Sent } from './linear-server.ts';

type Answer = { status: number; text: string };
type Entry = {
  createdAt: string;
  actor: { displayName: string };
  fromState: { type: string } | null;
  toState: { type: string } | null;
  fromDueDate: string | null;
  toDueDate: string | null;
};
type Shown = { state: { type: string }; dueDate: string | null };

const HISTORY = /history\(first: 50, after: \$after\) \{[\s\S]*?pageInfo \{ hasNextPage endCursor \}\s*\}/;
const SHOWN = 'query Shown($id: String!) { issue(id: $id) { state { type } dueDate } }';

/** Keeps what Linear calls the history of an issue: who moved it from which state or due date to which, and when. */
export function createIssueHistory(ask: (query: string, variables: Sent['variables']) => Promise<Answer>) {
  const entries = new Map<string, Entry[]>();
  const shownOf = async (id: string) => {
    const { text } = await ask(SHOWN, { id });
    return (JSON.parse(text) as { data?: { issue?: Shown } }).data?.issue;
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
      const from = await shownOf(id);
      const answer = await pass();
      const to = await shownOf(id);
      if (!from || !to) return answer;
      const isMoved = from.state.type !== to.state.type;
      const [fromDueDate, toDueDate] = from.dueDate === to.dueDate ? [null, null] : [from.dueDate, to.dueDate];
      const entry: Entry = {
        ...{ createdAt: new Date().toISOString(), actor: { displayName: by }, fromDueDate, toDueDate },
        ...(isMoved ? { fromState: from.state, toState: to.state } : { fromState: null, toState: null }),
      };
      if (isMoved || fromDueDate !== toDueDate) entries.set(id, [...(entries.get(id) ?? []), entry]);
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
