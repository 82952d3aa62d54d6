import { cleanLine } from '../../domain/text/clean-text.ts';
import { type Account, type Assigning, NAME_LIMIT } from '../../domain/trackers/assigning.ts';
import type { Ticket, TrackerAnswer } from '../../domain/trackers/tracker.ts';
import type { AskTracker } from '../ask-tracker.ts';
import { reading } from '../reading.ts';
import * as jira from './jira-schemas.ts';

type Issues = {
  project: string;
  isCloud: boolean;
  /** Our own account; null where it is not known. */
  account: string | null;
  at: (externalId: string) => string;
  read: (externalId: string) => Promise<TrackerAnswer<Ticket>>;
};

/** An issue has one assignee, or none. Jira Cloud knows an account by its id, Data Center by its name. */
export function createJiraAssigning(ask: AskTracker, issues: Issues): Assigning {
  const { project, isCloud, account, at, read } = issues;
  return {
    assign: async (externalId, { add }) => {
      const body = isCloud ? { accountId: add } : { name: add };
      const set = await ask({ method: 'PUT', path: `${at(externalId)}/assignee`, body });
      return 'trouble' in set ? set : read(externalId);
    },
    lastAssigned: async (externalId) => {
      const path = `${at(externalId)}?fields=${jira.FIELDS.join(',')}&expand=changelog`;
      const known = reading(
        await ask({ method: 'GET', path }),
        jira.issue,
        ({ changelog }) => changelog?.histories ?? [],
      );
      if ('trouble' in known) return known;
      const last = known.ok
        .filter(({ items }) => items.some(({ field }) => field === 'assignee'))
        .sort((a, b) => a.created.getTime() - b.created.getTime())
        .at(-1);
      if (!last) return { ok: null };
      const [by = null] = accountsOf(last.author);
      return { ok: { at: last.created, by, isOwn: by === null || by.id === account } };
    },
    findAccount: async (named) => {
      const query = new URLSearchParams({ project, [isCloud ? 'query' : 'username']: named, maxResults: '20' });
      const found = reading(
        await ask({ method: 'GET', path: `/user/assignable/search?${query}` }),
        jira.accounts,
        (all) => all.flatMap(accountsOf),
      );
      if ('trouble' in found) return found;
      const [only, other] = named.includes('@') ? byEmail(named, found.ok) : byName(named, found.ok);
      return { ok: only && !other ? only : null };
    },
  };
}

/** A search finds what begins like that, too. Where Jira hides e-mails, whom it finds by one has that one. */
function byEmail(named: string, found: readonly Account[]): readonly Account[] {
  const same = found.filter(({ email }) => email?.toLowerCase() === named.toLowerCase());
  return same.length > 0 ? same : found.filter(({ email, name }) => email === null && !name.includes('@'));
}

function byName(named: string, found: readonly Account[]): readonly Account[] {
  return found.filter(({ id, name }) => [id, name].some((one) => one.toLowerCase() === named.toLowerCase()));
}

export function idOf(by: jira.Account): string | null {
  return by?.accountId ?? by?.name ?? null;
}

/** The one account, or none. */
export function accountsOf(by: jira.Account): Account[] {
  const id = idOf(by);
  const name = cleanLine(by?.displayName, NAME_LIMIT) || id;
  return id === null || name === null ? [] : [{ id, name, email: by?.emailAddress ?? null }];
}
