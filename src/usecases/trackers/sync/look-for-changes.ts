import { findDefectByNumber } from '../../../db/defects/defects.ts';
import { logChange } from '../../../db/defects/events.ts';
import type { KeyRing } from '../../../db/engine/sealed.ts';
import { isPlaceShared } from '../../../db/fixes/pull-requests.ts';
import { lastEventIds } from '../../../db/reminders/live-messages.ts';
import { insertTicket, makeDue, wasEverLinked } from '../../../db/trackers/tickets.ts';
import { claimPolls, holdTracker, lockTracker, type TrackerRow, updateTracker } from '../../../db/trackers/trackers.ts';
import { MINUTE_MS } from '../../../domain/time/durations.ts';
import { defectInLabels } from '../../../domain/trackers/defect-in-labels.ts';
import type { OpenTracker, Ticket, TrackerTrouble } from '../../../domain/trackers/tracker.ts';
import { THE_BOT } from '../../../domain/vocabulary.ts';
import type { Db, Program } from '../../doing.ts';
import { linkOf } from '../link-ticket.ts';
import { callForLabels } from './sync-labels.ts';
import { openTracker } from './work-on-tickets.ts';

export const POLL_EVERY_MS = 5 * MINUTE_MS;
const ASK_AGAIN_MS = 30_000;
// A tracker lists what changed by whole seconds, and a change may show a moment after its instant.
const OVERLAP_MS = MINUTE_MS;

type Looking = { db: Db; keys: KeyRing; open: OpenTracker };

/**
 * Asks the trackers that are due what changed: the net beneath their webhooks, of which some are always lost. What changed
 * is only made due; what it means is found out when the ticket is read.
 */
export async function lookForChanges(looking: Looking, now: Date): Promise<void> {
  const nextAt = new Date(now.getTime() + POLL_EVERY_MS);
  for (const id of await claimPolls(looking.db, { now, nextAt })) await lookAt(looking, id, now);
}

async function lookAt(looking: Looking, id: number, now: Date): Promise<void> {
  const opened = await openTracker(looking, id);
  if (!opened) return;
  const { row, program, tracker } = opened;
  const changed = await tracker.listChanged(new Date(row.seenUpTo.getTime() - OVERLAP_MS));
  if ('trouble' in changed) return remember(looking.db, row, changed.trouble, now);
  const { tickets, isWhole } = changed.ok;
  const readsKeys = !(await isPlaceShared(looking.db, row));
  const last = tickets.reduce((upTo, { changedAt }) => (changedAt > upTo ? changedAt : upTo), row.seenUpTo);
  await looking.db.transaction(async (tx) => {
    await makeDue(
      tx,
      id,
      tickets.map(({ externalId }) => externalId),
      now,
    );
    await callForLabels(tx, program, row, now);
    for (const ticket of readsKeys ? tickets : []) await linkByLabel(tx, program, id, ticket, now);
    // The rest begins where this ends.
    const rest = isWhole ? {} : { seenUpTo: new Date(last.getTime() + OVERLAP_MS), pollAt: now };
    await updateTracker(tx, id, { seenUpTo: last, trouble: null, ...rest });
  });
}

async function remember(db: Db, row: TrackerRow, trouble: TrackerTrouble, now: Date): Promise<void> {
  const isPassing = trouble.kind === 'later' || trouble.kind === 'limited';
  if (isPassing) await updateTracker(db, row.id, { pollAt: new Date(now.getTime() + ASK_AGAIN_MS) });
  if (trouble.kind === 'limited') await holdTracker(db, row.id, trouble.afterMs ?? MINUTE_MS);
  if (trouble.kind === 'refused') await updateTracker(db, row.id, { trouble: trouble.words });
  if (trouble.kind === 'missing')
    await updateTracker(db, row.id, {
      trouble: `${row.place} cannot be found, or what it is connected with does not reach it.`,
    });
}

/**
 * Somebody linked it from the other side, by a label such as D-42. A label that names no defect does nothing, and neither
 * does one on a ticket that is linked, or was until somebody ended that. It is not read in a place of two programs, of which
 * either may have a D-42.
 */
async function linkByLabel(tx: Db, program: Program, trackerId: number, ticket: Ticket, now: Date): Promise<void> {
  const number = defectInLabels(ticket.labels);
  if (number === null || (await wasEverLinked(tx, trackerId, ticket.externalId))) return;
  const tracker = await lockTracker(tx, program.id, trackerId);
  const defect = await findDefectByNumber(tx, program.id, number);
  if (!tracker || !defect || defect.isSample || defect.state === 'merged') return;
  const { externalId, key, url, title } = ticket;
  const linked = await insertTicket(tx, {
    ...linkOf(tracker, defect, { by: tracker.createdBy, now }),
    ...{ externalId, key, url, title },
    toldEventId: (await lastEventIds(tx, [defect.id]))[0] ?? 0,
  });
  if (linked)
    await logChange(tx, defect, 'ticket_linked', {
      actor: THE_BOT,
      at: now,
      why: `Linked to ${key} by a label there.`,
      data: { url },
    });
}
