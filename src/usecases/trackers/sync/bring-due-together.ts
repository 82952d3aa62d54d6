import { dayWords } from '../../../blocks/kit/words.ts';
import type { Defect } from '../../../db/defects/defects.ts';
import { listEvents } from '../../../db/defects/events.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { type TicketRow, updateTicket } from '../../../db/trackers/tickets.ts';
import { isComeback } from '../../../domain/defects/lifecycle.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { agreedSince, mergeDue } from '../../../domain/trackers/merge-due.ts';
import type { Ticket } from '../../../domain/trackers/tracker.ts';
import { THE_BOT } from '../../../domain/vocabulary.ts';
import { changeDue } from '../../defects/change-defect.ts';
import type { Db } from '../../doing.ts';
import { holdBothSides } from './both-sides.ts';

/**
 * The due date that a ticket is to be given, null for none; undefined where it keeps what it has. That it will be given is
 * remembered first, so that it is known again as our own.
 */
export async function bringDueTogether(
  db: Db,
  program: Program,
  { ticketId, fresh, account }: { ticketId: number; fresh: Ticket; account: string },
  now: Date,
): Promise<{ dueOn: string | null; oursAt: Date } | undefined> {
  const { dueOn: theirs } = fresh;
  if (theirs === undefined) return undefined;
  return db.transaction(async (tx) => {
    const sides = await holdBothSides(tx, { programId: program.id, ticketId, fresh });
    if (!sides) return undefined;
    const { defect, ticket } = sides;
    const ours = { dueOn: defect.dueOn, at: await dueSince(tx, defect) };
    const { dueGiven } = ticket;
    const { at, by } = fresh.dueSaid ?? { at: fresh.changedAt, by: null };
    const there = { dueOn: theirs, at, isOwn: by === null || by === account };
    const agreed = agreedSince(agreedOf(ticket), dueGiven, there);
    const step = mergeDue(agreed, ours, there);
    if (step === 'give') {
      const known = agreed && {
        ...{ agreedDueOurs: agreed.ours, dueAgreedAt: agreed.oursAt },
        ...{ agreedDueTheirs: agreed.theirs, agreedDueTheirsAt: agreed.theirsAt },
      };
      await updateTicket(tx, ticketId, { ...known, dueGiven: { dueOn: ours.dueOn } });
      return { dueOn: ours.dueOn, oursAt: ours.at };
    }
    const taken =
      step === 'take' && theirs !== null ? await take(tx, program, { defect, ticket, dueOn: theirs }, now) : defect;
    await updateTicket(tx, ticketId, {
      ...{ agreedDueOurs: taken.dueOn, dueAgreedAt: await dueSince(tx, taken) },
      ...{ agreedDueTheirs: theirs, agreedDueTheirsAt: fresh.dueSaid?.at ?? null, dueGiven: null },
    });
    return undefined;
  });
}

function agreedOf({ agreedDueOurs, dueAgreedAt, agreedDueTheirs, agreedDueTheirsAt }: TicketRow) {
  if (!dueAgreedAt) return null;
  return { ours: agreedDueOurs, oursAt: dueAgreedAt, theirs: agreedDueTheirs, theirsAt: agreedDueTheirsAt };
}

/** A date that cannot be taken, since it has passed or the defect is closed, stays the tracker's alone. */
async function take(
  tx: Db,
  program: Program,
  { defect, ticket, dueOn }: { defect: Defect; ticket: TicketRow; dueOn: string },
  now: Date,
): Promise<Defect> {
  const doing = { by: ticket.linkedBy, now, actor: THE_BOT };
  const reason = `${ticket.key} is due ${dayWords(dueOn)} now.`;
  try {
    return await changeDue(tx, program, defect.number, { dueOn, reason }, doing);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return defect;
  }
}

/** Acceptance gives a defect its date and a comeback takes it away; what else moves it leaves it alone. */
async function dueSince(tx: Db, defect: Defect): Promise<Date> {
  const changing = (await listEvents(tx, defect.id)).filter(
    ({ kind }) => kind === 'due_changed' || kind === 'accepted' || isComeback(kind),
  );
  return changing.at(-1)?.at ?? defect.createdAt;
}
