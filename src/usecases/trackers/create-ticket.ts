import type { Defect } from '../../db/defects/defects.ts';
import { lastEventIds } from '../../db/reminders/live-messages.ts';
import { insertTicket, listTickets } from '../../db/trackers/tickets.ts';
import { findTracker, listTrackers } from '../../db/trackers/trackers.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type Db, type Doing, holdDefect, type Program } from '../doing.ts';
import { linkOf } from './link-ticket.ts';

/** An accepted defect without a ticket gets one where the program wants that of every one. For the transaction that accepts it. */
export async function createWhereAlways(tx: Db, program: Program, defect: Defect, doing: Doing): Promise<void> {
  // An import brings its tickets along, and a sample has none.
  if (defect.isSample || doing.actor?.kind === 'bot') return;
  const tracker = (await listTrackers(tx, program.id)).find(({ creation }) => creation === 'always');
  if (!tracker || (await listTickets(tx, defect.id)).length > 0) return;
  await intendTicket(tx, tracker, defect, doing);
}

/** A decider asks for a ticket of a defect that has none. It is there soon after. */
export async function createTicket(
  tx: Db,
  program: Program,
  number: number,
  trackerId: number,
  doing: Doing,
): Promise<{ place: string }> {
  const defect = await holdDefect(tx, program, number);
  const tracker = await findTracker(tx, program.id, trackerId);
  if (!tracker) throw new Refusal('This tracker is no longer connected.');
  if (defect.isSample) throw new Refusal(`${defectKey(number)} is part of the sample data, so it gets no ticket.`);
  if (defect.state !== 'accepted')
    throw new Refusal(`${defectKey(number)} is not on the burn-down list, so it gets no ticket yet. Accept it first.`);
  if ((await listTickets(tx, defect.id)).length > 0)
    throw new Refusal(`${defectKey(number)} has a ticket already. \`/defect show ${number}\` names it.`);
  await intendTicket(tx, tracker, defect, doing);
  return { place: tracker.place };
}

/** Writes down that there will be a ticket; whoever works on tickets creates it, once. */
export async function intendTicket(
  tx: Db,
  tracker: Parameters<typeof linkOf>[0],
  defect: Defect,
  doing: Doing,
): Promise<void> {
  await insertTicket(tx, {
    ...linkOf(tracker, defect, doing),
    agreedOurs: 'open',
    agreedOursAt: doing.now,
    agreedTheirs: 'open',
    toldEventId: (await lastEventIds(tx, [defect.id]))[0] ?? 0,
  });
}
