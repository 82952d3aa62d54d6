import { type TicketRow, updateTicket } from '../../../db/trackers/tickets.ts';
import { listTrackerPeople } from '../../../db/trackers/tracker-people.ts';
import type { Account } from '../../../domain/trackers/assigning.ts';
import { hasSameMembers } from '../../../domain/trackers/same-members.ts';
import type { Ticket } from '../../../domain/trackers/tracker.ts';
import type { Db } from '../../doing.ts';
import { tellNotGiven } from '../people/take-assignee.ts';
import { accountHome, type Finding, findAccountOf, findPersonOf } from '../people/who-is-who.ts';
import {
  type AssignedTicket,
  agreeOn,
  bringOwnerTogether,
  compareOwners,
  type Learnt,
  type OwnerFacts,
} from './bring-owner-together.ts';
import { must, mustHold, Stopped } from './stopped.ts';
import type { TicketWork } from './sync-ticket.ts';

/** Gives both sides the owner who was named last, where the tracker has assignees. */
export async function syncOwner(work: TicketWork, { id: ticketId }: TicketRow, fresh: Ticket): Promise<void> {
  const { db, program, tracker, row, slack, now } = work;
  const { assigning } = tracker;
  if (!assigning || !hasAssignees(fresh)) return;
  const at = accountHome(program, row);
  const facts: OwnerFacts = { db, program, at, now, ticketId, fresh };
  const finding: Finding = { db, program, at, assigning, slack, now };
  const learnt = await learn(finding, facts);
  if (!learnt) return;
  const give = await bringOwnerTogether(facts, learnt, row);
  if (!give) return;
  // Somebody may have given it to another since it was read, and then both sides are compared anew soon.
  const latest = await must(tracker.readTicket(fresh.externalId));
  const idsOf = ({ assignees = [] }: Ticket) => assignees.map(({ id }) => id);
  if (!hasSameMembers(idsOf(latest), idsOf(fresh))) throw new Stopped({ kind: 'later' });
  await mustHold(work);
  const after = await must(assigning.assign(fresh.externalId, give));
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const seen = (after.assignees ?? []).map(({ id, name }) => ({ id, name }));
    const ticket = await updateTicket(tx, ticketId, { changedAt: after.changedAt });
    await agreeOn(tx, ticket, { ownerId: give.ownerId, ownerAt: give.ownerAt, assignedAt: after.changedAt, seen });
    const compared = await compareOwners(
      tx,
      { ...facts, fresh: { ...after, assignees: after.assignees ?? [] } },
      undefined,
    );
    const account = give.add;
    // Whom a tracker does not let be assigned, it may leave out without a word.
    if (!compared || account === null || give.ownerId === null || seen.some(({ id }) => id === account)) return;
    const who = compared.people.find((one) => one.account === account);
    const about = { program, tracker: row, defect: compared.defect, ticket, facts, account, who };
    await tellNotGiven(tx, about, give.ownerId, 'not_assignable');
  });
}

/** Asks the tracker and Slack what the comparison of both sides depends on; null where there is nothing to compare. */
async function learn(finding: Finding, facts: OwnerFacts): Promise<Learnt | null> {
  const { db, at, program, slack } = finding;
  const { fresh } = facts;
  const first = await compareOwners(db, facts, undefined);
  if (!first) return null;
  // What a person has changed and changed back looks as if it had not been.
  const isAsked = first.isNews || (first.step.kind === 'give' && fresh.assignees.length > 0);
  const last = isAsked ? await must(finding.assigning.lastAssigned(fresh.externalId)) : undefined;
  const compared = last === undefined ? first : await compareOwners(db, facts, last);
  if (!compared) return null;
  const { step, defect } = compared;
  const nothing: Learnt = { last, mayOwn: null, byUserId: null };
  if (step.kind !== 'take') {
    if (!step.isWhole && defect.ownerId !== null) await mustFind(findAccountOf(finding, defect.ownerId));
    return nothing;
  }
  const account = fresh.assignees.find(({ id }) => id === step.account);
  if (!account) return nothing;
  const userId = await personOf(finding, account);
  if (userId === null || userId === defect.ownerId) return nothing;
  const answer = await slack.maySee(program, userId);
  if (answer === 'unknown') throw new Stopped({ kind: 'later' });
  return { last, mayOwn: { userId, answer }, byUserId: await whoDid(db, at, last) };
}

async function personOf(finding: Finding, account: Account): Promise<string | null> {
  await mustFind(findPersonOf(finding, account));
  const people = await listTrackerPeople(finding.db, finding.at);
  return people.find((one) => one.account === account.id)?.userId ?? null;
}

/** Slack gave no answer: what would be taken for nobody is looked for again. */
async function mustFind(finding: ReturnType<typeof findPersonOf>): Promise<void> {
  if (!(await must(finding))) throw new Stopped({ kind: 'later' });
}

/** Who made the change there, as far as they are known here: nobody is asked about that. */
async function whoDid(db: Db, at: Finding['at'], last: Learnt['last']): Promise<string | null> {
  if (!last?.by || last.isOwn) return null;
  return (await listTrackerPeople(db, at)).find(({ account }) => account === last.by?.id)?.userId ?? null;
}

function hasAssignees(ticket: Ticket): ticket is AssignedTicket {
  return ticket.assignees !== undefined;
}
