import { z } from 'zod';
import type { Account, Assigning } from '../../domain/trackers/assigning.ts';
import type { Ticket, TrackerAnswer } from '../../domain/trackers/tracker.ts';
import type { AskTracker } from '../ask-tracker.ts';
import { reading } from '../reading.ts';
import { lastEvent } from './github-events.ts';

const person = z.object({ login: z.string(), email: z.string().nullish() });
const found = z.object({ items: z.array(z.object({ login: z.string() })) });

type Issues = {
  at: (externalId: string) => string;
  /** Our own account; null where it is not known. */
  account: string | null;
  read: (answer: Promise<TrackerAnswer<unknown>>) => Promise<TrackerAnswer<Ticket>>;
};

/** https://docs.github.com/en/rest/issues/assignees. An issue may have several assignees; an account is known by its login. */
export function createGithubAssigning(ask: AskTracker, { at, account, read }: Issues): Assigning {
  const readPerson = async (login: string): Promise<TrackerAnswer<Account | null>> => {
    const answer = await ask({ method: 'GET', path: `/users/${encodeURIComponent(login)}` });
    if ('trouble' in answer && answer.trouble.kind === 'missing') return { ok: null };
    return reading(answer, person, ({ login: id, email }) => ({ id, name: id, email: email ?? null }));
  };
  return {
    assign: async (externalId, { add, remove }) => {
      const path = `${at(externalId)}/assignees`;
      // The new one first: cut short here, it has one too many, and not nobody.
      const added = add === null ? null : await read(ask({ method: 'POST', path, body: { assignees: [add] } }));
      const isDone = remove.length === 0;
      if (added && ('trouble' in added || isDone)) return added;
      if (isDone) return read(ask({ method: 'GET', path: at(externalId) }));
      return read(ask({ method: 'DELETE', path, body: { assignees: remove } }));
    },
    lastAssigned: async (externalId) => {
      const last = await lastEvent(ask, at(externalId), ['assigned', 'unassigned']);
      if ('trouble' in last || !last.ok) return last as TrackerAnswer<null>;
      const { created_at: when, actor, assigner } = last.ok;
      // The actor of an assignment may be whoever was assigned.
      const login = (assigner ?? actor)?.login ?? null;
      const by = login === null ? null : { id: login, name: login, email: null };
      return { ok: { at: new Date(when), by, isOwn: login === null || login === account } };
    },
    findAccount: async (named) => {
      if (!named.includes('@')) return readPerson(named);
      const query = encodeURIComponent(`${named} in:email type:user`);
      const hits = reading(
        await ask({ method: 'GET', path: `/search/users?q=${query}&per_page=2` }),
        found,
        (all) => all,
      );
      if ('trouble' in hits) return hits;
      const [only, other] = hits.ok.items;
      const known = only && !other ? await readPerson(only.login) : { ok: null };
      // What is alike is found, too.
      const isTheirs = 'ok' in known && known.ok?.email?.toLowerCase() === named.toLowerCase();
      return 'trouble' in known || isTheirs ? known : { ok: null };
    },
  };
}
