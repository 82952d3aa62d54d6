import { cleanLine } from '../../domain/text/clean-text.ts';
import { type Account, type Assigning, NAME_LIMIT } from '../../domain/trackers/assigning.ts';
import type { Ticket, TrackerAnswer } from '../../domain/trackers/tracker.ts';
import type { AskLinear } from './ask-linear.ts';
import * as linear from './linear-documents.ts';

type Issues = {
  /** Our own account, as people see it; null where it is not known. */
  account: string | null;
  update: (id: string, input: Record<string, unknown>) => Promise<TrackerAnswer<Ticket>>;
};

/** An issue has one assignee, or none; who changed that, and when, stands in its history alone. */
export function createLinearAssigning(ask: AskLinear, { account, update }: Issues): Assigning {
  return {
    assign: (externalId, { add }) => update(externalId, { assigneeId: add }),
    lastAssigned: async (externalId) => {
      const changes = await listAssignments(ask, externalId);
      if ('trouble' in changes) return changes;
      const last = changes.ok.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt)).at(-1);
      if (!last) return { ok: null };
      const by = last.actor ? accountOf(last.actor) : null;
      return { ok: { at: new Date(last.createdAt), by, isOwn: by === null || by.name === account } };
    },
    findAccount: async (named) => {
      const document = named.includes('@') ? linear.BY_EMAIL : linear.BY_NAME;
      const found = await ask(document, { named }, linear.accounts, ({ users }) => users.nodes);
      if ('trouble' in found) return found;
      const [only, other] = found.ok;
      return { ok: only && !other ? accountOf(only) : null };
    },
  };
}

async function listAssignments(ask: AskLinear, id: string) {
  const all: { createdAt: string; actor?: linear.LinearAccount | null | undefined }[] = [];
  for (let after: string | null = null; ; ) {
    const variables: Record<string, unknown> = { id, after };
    const found = await ask(linear.ASSIGNED, variables, linear.assignments, ({ issue }) => issue.history);
    if ('trouble' in found) return found;
    const { nodes, pageInfo } = found.ok;
    all.push(...nodes.filter(({ fromAssignee, toAssignee }) => fromAssignee?.id !== toAssignee?.id));
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) return { ok: all };
    after = pageInfo.endCursor;
  }
}

export function accountOf({ id, displayName, email }: linear.LinearAccount): Account {
  return { id, name: cleanLine(displayName, NAME_LIMIT) || id, email: email ?? null };
}
