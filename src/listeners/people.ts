import type { WebClient } from '@slack/web-api';
import { knowPerson, type PersonFacts } from '../usecases/know-person.ts';
import type { Deps } from './deps.ts';

/** Makes sure that the bot knows somebody's name, zone and rights, asking Slack at most once a day. */
export async function refreshPerson(deps: Deps, client: WebClient, workspaceId: string, userId: string): Promise<void> {
  await knowPerson(deps.db, workspaceId, userId, deps.clock.now(), (id) => askSlack(client, id));
}

export async function askSlack(client: WebClient, userId: string): Promise<PersonFacts | null> {
  const answered = await client.users.info({ user: userId }).catch(() => null);
  const user = answered?.user;
  if (!user) return null;
  return {
    name: user.real_name || user.name || userId,
    timeZone: user.tz || 'UTC',
    isAdmin: Boolean(user.is_admin || user.is_owner),
    isActive: !user.deleted,
  };
}
