import { type Defect, findDefect } from '../../../db/defects/defects.ts';
import { listEvents } from '../../../db/defects/events.ts';
import { type TicketRow, updateTicket } from '../../../db/trackers/tickets.ts';
import { listTrackerPeople, type TrackerPersonRow } from '../../../db/trackers/tracker-people.ts';
import { isOpen } from '../../../domain/defects/lifecycle.ts';
import type { Account, LastAssigned } from '../../../domain/trackers/assigning.ts';
import { hasArrived, mergeOwner } from '../../../domain/trackers/merge-owner.ts';
import { hasSameMembers } from '../../../domain/trackers/same-members.ts';
import type { Ticket } from '../../../domain/trackers/tracker.ts';
import { accountsOf } from '../../../domain/trackers/tracker-person.ts';
import type { Db } from '../../doing.ts';
import { askWhichAccount, askWhoIs } from '../people/ask-who.ts';
import { takeAssignee } from '../people/take-assignee.ts';
import type { Finding } from '../people/who-is-who.ts';
import { holdBothSides, readBothSides } from './both-sides.ts';

export type OwnerFacts = Pick<Finding, 'db' | 'program' | 'at' | 'now'> & { ticketId: number; fresh: AssignedTicket };
export type AssignedTicket = Ticket & { assignees: readonly Account[] };

/** What was asked about before both sides are held: when the ticket was assigned, and whether somebody may own it. */
export type Learnt = {
  /** Null where the tracker tells of no change, undefined where it was not asked. */
  last: LastAssigned | null | undefined;
  mayOwn: { userId: string; answer: 'yes' | 'no' } | null;
  /** Who in Slack assigned it; null where nobody knows. */
  byUserId: string | null;
};

export type OwnerGive = { add: string | null; remove: readonly string[]; ownerId: string | null; ownerAt: Date };

/** How a ticket and its defect stand, and what that asks for; null where there is nothing to bring together. */
export async function compareOwners(db: Db, facts: Omit<OwnerFacts, 'db'>, last: Learnt['last'], isHeld = false) {
  const find = isHeld ? holdBothSides : readBothSides;
  const sides = await find(db, { programId: facts.program.id, ticketId: facts.ticketId, fresh: facts.fresh });
  if (!sides || !isOpen(sides.defect.state)) return null;
  const { defect, ticket } = sides;
  const people = await listTrackerPeople(db, facts.at);
  const assignees = facts.fresh.assignees.map(({ id }) => id);
  const agreed = ticket.agreedAssignees && {
    ...{ ownerId: ticket.agreedOwnerId, ownerAt: ticket.agreedOwnerAt, assignedAt: ticket.agreedAssignedAt },
    // To whom a tracker gives what is new by itself, nobody has given it.
    assignees: last === null ? assignees : ticket.agreedAssignees,
    ...{ given: ticket.assigneeGiven, leaving: ticket.assigneesLeaving ?? [] },
  };
  const { ownerId } = defect;
  const theirs = { assignees, at: last?.at ?? facts.fresh.changedAt, isOwn: last?.isOwn ?? true };
  const ownerAt = await ownerSince(db, defect);
  const step = mergeOwner(
    agreed,
    { ownerId, accounts: accountsOf(ownerId, people), at: ownerAt },
    theirs,
    accountsOf(ticket.agreedOwnerId, people),
  );
  const isNews = agreed !== null && !hasSameMembers(assignees, agreed.assignees);
  const arrived = agreed && hasArrived(agreed, theirs) ? people.find(({ account }) => account === agreed.given) : null;
  return { defect, ownerAt, ticket, people, step, isNews, arrived };
}

/**
 * Lets the defect follow where its ticket was given to somebody whom the program knows, asks where it does not, and answers
 * what the ticket is to be given. That it will be given is remembered first, so that it is known again as our own.
 */
export async function bringOwnerTogether(
  { db, ...facts }: OwnerFacts,
  learnt: Learnt,
  tracker: Parameters<typeof askWhoIs>[1]['tracker'],
): Promise<OwnerGive | null> {
  const { program, now, fresh } = facts;
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const compared = await compareOwners(tx, facts, learnt.last, true);
    if (!compared) return null;
    const { defect, ownerAt, people, step } = compared;
    const seen = fresh.assignees.map(({ id, name }) => ({ id, name }));
    const ticket = await updateTicket(tx, compared.ticket.id, { assignees: seen });
    const about = { program, tracker, defect, ticket };
    const agree = (ownerId: string | null, at: Date) =>
      agreeOn(tx, ticket, { ownerId, ownerAt: at, assignedAt: learnt.last?.at ?? null, seen });
    if (step.kind === 'take') {
      const who = people.find(({ account }) => account === step.account);
      const isTaken = await takeAssignee(tx, { ...about, facts, account: step.account, who, learnt });
      if (isTaken === 'asked' && who) await askWhoIs(tx, about, who, now);
      const after = (await findDefect(tx, program.id, defect.id)) ?? defect;
      if (isTaken === 'done') await agree(after.ownerId, await ownerSince(tx, after));
      return null;
    }
    if (!step.isWhole) await askOwner(tx, about, people, now);
    if (step.kind === 'give') {
      // Only the account before is still to be taken away where the new one has arrived.
      const assigneeGiven = step.add ?? ticket.assigneeGiven;
      const since = compared.arrived && {
        agreedOwnerId: compared.arrived.userId,
        agreedAssignees: seen.map(({ id }) => id),
      };
      await updateTicket(tx, ticket.id, { ...since, assigneeGiven, assigneesLeaving: step.remove });
      return { add: step.add, remove: step.remove, ownerId: step.isWhole ? defect.ownerId : null, ownerAt };
    }
    await agree(step.isWhole ? defect.ownerId : null, ownerAt);
    return null;
  });
}

/** The account of the owner is not known, so the ticket names nobody. */
async function askOwner(
  tx: Db,
  about: Parameters<typeof askWhichAccount>[1],
  people: readonly TrackerPersonRow[],
  now: Date,
): Promise<void> {
  const unknown = people.find(({ userId, account }) => userId === about.defect.ownerId && account === null);
  if (unknown) await askWhichAccount(tx, about, unknown, now);
}

export async function agreeOn(
  tx: Db,
  { id }: TicketRow,
  {
    seen,
    ...agreed
  }: { ownerId: string | null; ownerAt: Date; assignedAt: Date | null; seen: readonly { id: string; name: string }[] },
): Promise<void> {
  const agreedAssignees = seen.map((account) => account.id);
  await updateTicket(tx, id, {
    ...{ assignees: seen, agreedAssignees, agreedAssignedAt: agreed.assignedAt },
    ...{ assigneeGiven: null, assigneesLeaving: null },
    ...{ agreedOwnerId: agreed.ownerId, agreedOwnerAt: agreed.ownerAt },
  });
}

/** Whoever accepts a defect says anew who owns it. */
async function ownerSince(db: Db, defect: Defect): Promise<Date> {
  const said = (await listEvents(db, defect.id)).findLast(({ kind }) => kind === 'assigned' || kind === 'accepted');
  return said?.at ?? defect.createdAt;
}
