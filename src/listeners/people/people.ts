import type { WebClient } from '@slack/web-api';
import type { PersonFacts } from '../../usecases/people/know-person.ts';

/** What Slack says of a person; null where it gives no answer. */
export async function askSlack(client: WebClient, userId: string): Promise<PersonFacts | null> {
  const answered = await client.users.info({ user: userId }).catch(() => null);
  const user = answered?.user;
  if (!user) return null;
  const orgId = user.enterprise_user?.id;
  return {
    ...(user.id && user.id !== userId ? { becameId: user.id } : {}),
    ...(orgId && orgId !== userId ? { orgId } : {}),
    name: user.real_name || user.name || userId,
    timeZone: user.tz ?? '',
    isActive: !user.deleted,
  };
}
