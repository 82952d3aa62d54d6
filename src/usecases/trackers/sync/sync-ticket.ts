import { findDefect, listDefects } from '../../../db/defects/defects.ts';
import { type DefectEvent, listEvents } from '../../../db/defects/events.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { listCriteria } from '../../../db/proof/criteria.ts';
import { listReports } from '../../../db/reports/reports.ts';
import { findLink, findTicket, type TicketRow, updateTicket } from '../../../db/trackers/tickets.ts';
import type { TrackerRow } from '../../../db/trackers/trackers.ts';
import { isComeback } from '../../../domain/defects/lifecycle.ts';
import type { TicketText } from '../../../domain/trackers/ticket-text.ts';
import type { Ticket, Tracker, TrackerTrouble } from '../../../domain/trackers/tracker.ts';
import type { Db } from '../../doing.ts';
import type { SlackPeople } from '../people/slack-people.ts';
import { factsText, newTicketText, verdictText } from '../ticket-words.ts';
import { bringDueTogether } from './bring-due-together.ts';
import { bringTogether } from './bring-together.ts';
import { commentOnce, longBefore } from './comment-once.ts';
import { must, mustHold, Stopped } from './stopped.ts';
import { syncLabels } from './sync-labels.ts';
import { syncOwner } from './sync-owner.ts';

/** A ticket that is worked on, with its tracker opened. */
export type TicketWork = {
  db: Db;
  program: Program;
  tracker: Tracker;
  /** What the settings hold of the tracker. */
  row: TrackerRow;
  slack: SlackPeople;
  now: Date;
  /** Called before each request that writes: false where another may be at work on the ticket by now. */
  hold: () => Promise<boolean>;
};

export type SyncEnd = { kind: 'done' } | { kind: 'trouble'; trouble: TrackerTrouble };

/**
 * Brings one ticket and its defect together, for whoever holds its lease. Each step is committed before the next, so that
 * one that is cut short goes on where it was.
 * 1. A ticket that was intended is created. Where an answer may have been lost, it is looked for by its marker first.
 * 2. Both sides are compared as they stand now, whatever happened in between and in whatever order it was told.
 * 3. What the data said of the fix since is told in a comment each, once.
 * 4. The one comment with the defect's facts is written anew where they have changed.
 * 5. Both get the due date that was set last, where the tracker has such dates, and the owner who was named last.
 * 6. Severity and harm stand as labels there, where the tracker has labels and the program wants that.
 */
export async function syncTicket(work: TicketWork, ticketId: number): Promise<SyncEnd> {
  try {
    const intended = await findTicket(work.db, ticketId);
    if (!intended || intended.unlinkedAt) return { kind: 'done' };
    const ticket = intended.externalId === null ? await create(work, intended) : intended;
    if (!ticket) return { kind: 'done' };
    const fresh = await bringStatusTogether(work, ticket);
    await tellNews(work, ticket);
    const dated = await bringDue(work, ticket, fresh);
    await syncOwner(work, ticket, dated);
    await syncLabels(work, ticket, dated);
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof Stopped) return { kind: 'trouble', trouble: error.trouble };
    throw error;
  }
}

async function create(work: TicketWork, intended: TicketRow): Promise<TicketRow | null> {
  const { db, program, tracker } = work;
  const [defect] = await listDefects(db, program.id, [intended.defectId]);
  if (!defect) return null;
  const { triedAt } = intended;
  if (triedAt) {
    // One that cannot be found yet is not missing.
    const sinceMs = Math.max(0, work.now.getTime() - triedAt.getTime());
    const afterMs = tracker.abilities.findsAfterMs - sinceMs;
    if (afterMs > 0) throw new Stopped({ kind: 'later', afterMs });
    const found = await must(tracker.findCreated(intended.marker, longBefore(intended.linkedAt)));
    if (found) return keepCreated(db, intended, found);
  }
  await updateTicket(db, intended.id, { triedAt: work.now });
  const [latest] = await listReports(db, defect.id, 1);
  const text = written(tracker, newTicketText(program, defect, latest));
  await mustHold(work);
  const created = await tracker.createTicket({ title: defect.title, text, marker: intended.marker });
  // What is known not to be there need not be looked for.
  if ('trouble' in created && created.trouble.kind !== 'lost') await updateTicket(db, intended.id, { triedAt: null });
  return keepCreated(db, intended, await must(Promise.resolve(created)));
}

/** Null where somebody has linked the new ticket to another defect before it was known here. */
async function keepCreated(db: Db, intended: TicketRow, created: Ticket): Promise<TicketRow | null> {
  if (await findLink(db, intended.trackerId, created.externalId)) {
    await updateTicket(db, intended.id, { unlinkedAt: created.changedAt, dueAt: null });
    return null;
  }
  const { externalId, key, url, title, status, statusAt, changedAt } = created;
  const known = { externalId, key, url, title, status, statusAt, changedAt, agreedTheirsAt: statusAt, triedAt: null };
  // It was made with no date and given to nobody, so that what both have since is news.
  const bare = { dueAgreedAt: intended.linkedAt, agreedDueTheirsAt: statusAt, agreedAssignees: [] };
  return updateTicket(db, intended.id, { ...known, ...bare });
}

async function bringStatusTogether(work: TicketWork, ticket: TicketRow): Promise<Ticket> {
  const { db, tracker, program, now } = work;
  const { account } = work.row;
  const externalId = ticket.externalId ?? '';
  const fresh = await must(tracker.readTicket(externalId));
  const give = await bringTogether(db, program, { ticketId: ticket.id, fresh, account }, now);
  if (!give) return fresh;
  await mustHold(work);
  const after = await must(tracker.setStatus(externalId, give.status));
  const { status, statusAt, changedAt } = after;
  await updateTicket(db, ticket.id, {
    ...{ status, statusAt, changedAt },
    agreedOurs: give.status,
    agreedOursAt: give.oursAt,
    // As the tracker holds it now: it may not tell all ends apart.
    agreedTheirs: status,
    agreedTheirsAt: statusAt,
    given: null,
  });
  // What a tracker answers to a move does not tell when it got its date.
  const { dueSaid } = fresh;
  return after.dueOn === fresh.dueOn && dueSaid ? { dueSaid, ...after } : after;
}

async function bringDue(work: TicketWork, ticket: TicketRow, fresh: Ticket): Promise<Ticket> {
  const { db, tracker, program, row, now } = work;
  if (!tracker.setDue) return fresh;
  const externalId = ticket.externalId ?? '';
  const compare = (as: Ticket) =>
    bringDueTogether(db, program, { ticketId: ticket.id, fresh: as, account: row.account }, now);
  if (!(await compare(fresh))) return fresh;
  // Comments were sent since it was read, and somebody may have given it another date meanwhile.
  const latest = await must(tracker.readTicket(externalId));
  const give = await compare(latest);
  if (!give) return latest;
  await mustHold(work);
  const after = await must(tracker.setDue(externalId, give.dueOn));
  await updateTicket(db, ticket.id, {
    ...{ changedAt: after.changedAt, dueAgreedAt: give.oursAt, dueGiven: null },
    ...{ agreedDueOurs: give.dueOn, agreedDueTheirs: give.dueOn, agreedDueTheirsAt: after.changedAt },
  });
  return after;
}

async function tellNews(work: TicketWork, before: TicketRow): Promise<void> {
  const { db } = work;
  const news = (await listEvents(db, before.defectId)).filter(({ id }) => id > before.toldEventId);
  const last = news.at(-1);
  // First of all comments: what may have been sent already has to be the next that is looked for.
  if (before.factsCommentId === null) await renewFacts(work, before, last);
  for (const event of news) await tellVerdict(work, before, event);
  const after = (await findTicket(db, before.id)) ?? before;
  if (last) await renewFacts(work, after, last);
  if (last) await updateTicket(db, before.id, { toldEventId: last.id });
}

/** In a comment of its own, once: an event that was told is not told again. */
async function tellVerdict(work: TicketWork, ticket: TicketRow, event: DefectEvent): Promise<void> {
  const { kind } = event;
  if (kind !== 'proven' && !isComeback(kind)) return;
  const defect = await findDefect(work.db, work.program.id, ticket.defectId);
  if (!defect) return;
  const text = written(work.tracker, verdictText(defect.number, kind, event.why));
  const comment = { text, marker: `${ticket.marker}-${event.id}` };
  await tellOnce(work, ticket, comment, () => ({ toldEventId: event.id }));
}

async function renewFacts(work: TicketWork, ticket: TicketRow, last: DefectEvent | undefined): Promise<void> {
  const { db, program, tracker } = work;
  const [defect] = await listDefects(db, program.id, [ticket.defectId]);
  if (!defect) return;
  const criteria = await listCriteria(db, defect.id);
  const text = written(tracker, factsText(program, defect, criteria, last?.at ?? ticket.linkedAt));
  if (text === ticket.factsText) return;
  const comment = { text, marker: ticket.marker };
  const { factsCommentId } = ticket;
  if (factsCommentId === null) {
    await tellOnce(work, ticket, comment, (id) => ({ factsCommentId: id, factsText: text }));
    return;
  }
  await mustHold(work);
  const edited = await tracker.editComment(ticket.externalId ?? '', factsCommentId, comment);
  // Whoever deleted it wants no other one.
  const isGone = 'trouble' in edited && edited.trouble.kind === 'missing';
  if (!isGone) await must(Promise.resolve(edited));
  await updateTicket(db, ticket.id, { factsText: text });
}

async function tellOnce(
  { db, tracker, now, hold }: TicketWork,
  ticket: TicketRow,
  comment: { text: string; marker: string },
  known: (commentId: string) => Parameters<typeof updateTicket>[2],
): Promise<void> {
  const { triedAt } = (await findTicket(db, ticket.id)) ?? ticket;
  const begin = () => updateTicket(db, ticket.id, { triedAt: now });
  const id = await must(commentOnce({ tracker, externalId: ticket.externalId ?? '', triedAt, begin, hold }, comment));
  await updateTicket(db, ticket.id, { ...known(id), triedAt: null });
}

function written({ abilities }: Tracker, text: TicketText): string {
  return abilities.write(text, abilities.textLimit);
}
