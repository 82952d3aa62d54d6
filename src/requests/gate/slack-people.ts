import { Refusal } from '../../domain/errors/refusal.ts';
import { personOf } from '../../domain/people/standing.ts';
import type { SlackPeople } from '../../usecases/trackers/people/slack-people.ts';
import { CannotFindOut } from './cannot-find-out.ts';
import type { Gate } from './gate.ts';
import type { Asking } from './who-reads.ts';

// Whoever installs the app may leave the scope out that e-mails need.
const SAYS_NOBODY = ['users_not_found', 'user_not_found', 'user_not_visible', 'missing_scope', 'no_permission'];

/** What Slack says of people to whoever works on tickets. It throws nothing. */
export function slackPeople({ clientOf, gate }: { clientOf: Asking['clientOf']; gate: Gate }): SlackPeople {
  return {
    findByEmail: async (workspaceId, email) => {
      const client = await clientOf(workspaceId);
      return askFor(async () => {
        if (!client) return 'unknown';
        const { user } = await client.users.lookupByEmail({ email });
        const person = user?.id ? personOf(user, user.id, workspaceId) : null;
        return person && (person.standing === 'member' || person.standing === 'guest') ? person.userId : null;
      });
    },
    emailOf: async (workspaceId, userId) => {
      const client = await clientOf(workspaceId);
      return askFor(async () => {
        if (!client) return 'unknown';
        const { user } = await client.users.info({ user: userId });
        return user?.profile?.email ?? null;
      });
    },
    maySee: async (program, userId) => {
      const { workspaceId } = program;
      const client = await clientOf(workspaceId);
      if (!client) return 'unknown';
      return gate.mustSee({ client, workspaceId }, program, userId).then(
        () => 'yes',
        (error: unknown) => (error instanceof Refusal && !(error instanceof CannotFindOut) ? 'no' : 'unknown'),
      );
    },
  };
}

async function askFor(ask: () => Promise<string | null>): Promise<string | null | 'unknown'> {
  try {
    return await ask();
  } catch (error) {
    const { error: code } = (error as { data?: { error?: unknown } }).data ?? {};
    return SAYS_NOBODY.includes(String(code)) ? null : 'unknown';
  }
}
