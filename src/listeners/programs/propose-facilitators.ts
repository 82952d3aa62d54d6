import type { Lookup } from '../../requests/gate/directory.ts';
import type { Program } from '../../usecases/doing.ts';
import type { Deps } from '../deps.ts';

// Slack waits three seconds for the form that this fills.
const PATIENCE_MS = 1_200;
const MOST_ASKED = 20;
const MOST_PROPOSED = 8;

/**
 * Whom to propose while nobody but whoever installed the bot facilitates: its lead first, then full members of the channel
 * who may decide. Null where somebody was chosen, or Slack does not say in time who is there.
 */
export async function proposeFacilitators(
  { directory }: Pick<Deps, 'directory'>,
  of: Lookup,
  { channelId, leadIds, facilitatorIds, deciderIds }: Program,
): Promise<string[] | null> {
  if (facilitatorIds.some((id) => !leadIds.includes(id))) return null;
  const timedOut = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null).unref());
  const asked = async () => {
    const inside = deciderIds ?? [...((await directory.listMembers(of, channelId)) ?? [])];
    const others = inside.filter((id) => !leadIds.includes(id)).slice(0, MOST_ASKED);
    const people = await Promise.all(others.map((id) => directory.findPerson(of, id)));
    const members = people.flatMap((person) => (person?.standing === 'member' ? [person.userId] : []));
    return members.length === 0 ? null : [...facilitatorIds, ...members].slice(0, MOST_PROPOSED);
  };
  return Promise.race([asked(), timedOut]);
}
