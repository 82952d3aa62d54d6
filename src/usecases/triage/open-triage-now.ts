import type { Message } from '../../blocks/kit/parts.ts';
import { note } from '../../blocks/programs/help-message.ts';
import { askToOpen, triageIsOpen } from '../../blocks/triage/triage-now.ts';
import type { Db } from '../../db/engine/client.ts';
import { findSentMessage } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listSchedules } from '../../db/programs/schedules.ts';
import { findOpenTriage, listTriageItems } from '../../db/triage/triages.ts';
import { nextInstant } from '../../domain/time/cadence.ts';
import type { Doing } from '../doing.ts';
import { gatherAgenda } from './agenda/gather-agenda.ts';
import { countOf, openTriage } from './open-triage.ts';
import { listStillOverdue, progressOf, triageKeys } from './render-triage.ts';

/** The address of a message of ours in Slack, where it can be found out. */
export type LinkTo = (message: { channel: string; ts: string }) => Promise<string | null>;

/** Asks before anything happens; leads to the thread that is open already. */
export async function askToOpenTriage(db: Db, program: Program, now: Date, linkTo: LinkTo): Promise<Message> {
  const open = await leadToOpen(db, program, now, linkTo);
  if (open) return open;
  const agenda = await gatherAgenda(db, program, now);
  const schedule = (await listSchedules(db, program.id)).find(({ ritual }) => ritual === 'triage');
  return askToOpen({
    programId: program.id,
    channelId: program.channelId,
    timeZone: program.timeZone,
    items: countOf(agenda),
    nextAt: schedule ? nextInstant(schedule.cadence, now) : null,
  });
}

async function leadToOpen(db: Db, program: Program, now: Date, linkTo: LinkTo): Promise<Message | null> {
  const triage = await findOpenTriage(db, program.id);
  if (!triage) return null;
  const overdue = await listStillOverdue(db, program, triage, now);
  const sent = await findSentMessage(db, program.workspaceId, triageKeys.parent(program, triage.dueAt));
  return triageIsOpen({
    channelId: program.channelId,
    timeZone: program.timeZone,
    openedAt: triage.openedAt,
    ...progressOf(triage, await listTriageItems(db, triage.id), overdue.length),
    link: sent && (await linkTo(sent)),
  });
}

/** Opens the triage without waiting for its day; whoever asks runs it. One that is open already stays. */
export async function openTriageNow(db: Db, program: Program, { by, now }: Doing): Promise<Message> {
  return db.transaction(async (tx) => {
    if (await findOpenTriage(tx, program.id)) return note('Triage is open already, in the channel of the program.');
    const opened = await openTriage(tx, program, { dueAt: now, late: false, now }, by);
    switch (opened.kind) {
      case 'opened':
        return note('Triage is open, and you facilitate it.');
      case 'nothing_to_decide':
        return note('Nothing waits for a decision. The channel was told so in one line.');
      case 'already_opened':
        return note('Triage was opened at this very moment already.');
    }
  });
}
