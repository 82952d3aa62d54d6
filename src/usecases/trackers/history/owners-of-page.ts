import { listTrackerPeople } from '../../../db/trackers/tracker-people.ts';
import type { Account } from '../../../domain/trackers/assigning.ts';
import type { Chosen } from '../../../domain/trackers/choose-past.ts';
import type { Db } from '../../doing.ts';
import type { SlackPeople } from '../people/slack-people.ts';
import { accountHome, type Finding, findPersonOf } from '../people/who-is-who.ts';
import { must, Stopped } from '../sync/stopped.ts';
import type { Opened } from '../sync/work-on-tickets.ts';

/** Who in Slack works on a ticket, by its address. */
export type Owners = ReadonlyMap<string, string>;

/** Finds out whom the tickets of a page are assigned to: by what is known of accounts, and else by their e-mail. */
export async function ownersOfPage(
  { db, slack }: { db: Db; slack: SlackPeople },
  { row, program, tracker }: Opened,
  chosen: readonly Chosen[],
  now: Date,
): Promise<Owners> {
  const { assigning } = tracker;
  const owners = new Map<string, string>();
  if (!assigning) return owners;
  const finding: Finding = { db, program, at: accountHome(program, row), assigning, slack, now };
  const userOf = new Map<string, string | null>();
  for (const { ticket } of chosen) {
    const account = ticket.assignees?.[0];
    if (!account) continue;
    const known = userOf.get(account.id);
    const userId = known === undefined ? await ownerOf(finding, account) : known;
    userOf.set(account.id, userId);
    if (userId !== null) owners.set(ticket.url, userId);
  }
  return owners;
}

/** Null where nobody knows whose account it is, or where they may not see the program. */
async function ownerOf(finding: Finding, account: Account): Promise<string | null> {
  const { db, program, at, slack } = finding;
  // Slack gave no answer: whoever would be taken for nobody is looked for again.
  if (!(await must(findPersonOf(finding, account)))) throw new Stopped({ kind: 'later' });
  const userId = (await listTrackerPeople(db, at)).find((one) => one.account === account.id)?.userId;
  if (!userId) return null;
  const answer = await slack.maySee(program, userId);
  if (answer === 'unknown') throw new Stopped({ kind: 'later' });
  return answer === 'yes' ? userId : null;
}
