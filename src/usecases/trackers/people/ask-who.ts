import { accountAskedMessage, ownerAskedMessage } from '../../../blocks/trackers/who-is-messages.ts';
import type { Defect } from '../../../db/defects/defects.ts';
import { enqueuePosts } from '../../../db/messages/outbox.ts';
import type { TicketRow } from '../../../db/trackers/tickets.ts';
import { type TrackerPersonRow, updateTrackerPerson } from '../../../db/trackers/tracker-people.ts';
import type { TrackerRow } from '../../../db/trackers/trackers.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import type { Db, Program } from '../../doing.ts';

export const ASKED_NO_MORE = 'Nobody asks that any more. `/defect settings`, Trackers, has who is who.';

export type AskedAbout = { program: Program; tracker: TrackerRow; defect: Defect; ticket: TicketRow };

/** How the question about an account or a person is called; each of those who are asked has their own. */
export function whoIsKey({ id }: Pick<TrackerPersonRow, 'id'>): string {
  return `who-is:${id}`;
}

/** Who is asked who an account is: the leads, or whoever has connected the tracker. */
export function askedOf({ leadIds }: Program, { createdBy }: TrackerRow): readonly string[] {
  return leadIds.length > 0 ? leadIds : [createdBy];
}

/** Only the person who was asked answers it. */
export function refuseOthers({ userId }: Pick<TrackerPersonRow, 'userId'>, answering: string): void {
  if (userId !== answering) throw new Refusal('That was asked of somebody else.');
}

/** Asks once who an account is: those who lead the program. For the transaction that found nobody. */
export async function askWhoIs(tx: Db, about: AskedAbout, person: TrackerPersonRow, now: Date): Promise<void> {
  if (person.askedIds !== null || person.knownBy !== null) return;
  await ask(
    tx,
    about,
    person,
    { body: accountAskedMessage(namesOf(about, person)), of: askedOf(about.program, about.tracker) },
    now,
  );
}

/** Asks an owner once which account is theirs. */
export async function askWhichAccount(tx: Db, about: AskedAbout, person: TrackerPersonRow, now: Date): Promise<void> {
  if (person.askedIds !== null || person.knownBy !== null || person.userId === null) return;
  await ask(tx, about, person, { body: ownerAskedMessage(namesOf(about, person)), of: [person.userId] }, now);
}

async function ask(
  tx: Db,
  { program }: AskedAbout,
  person: TrackerPersonRow,
  { body, of }: { body: ReturnType<typeof ownerAskedMessage>; of: readonly string[] },
  now: Date,
): Promise<void> {
  const { workspaceId, id: programId } = program;
  await enqueuePosts(tx, { workspaceId, programId, dedupeKey: whoIsKey(person), body, runAt: now }, of);
  await updateTrackerPerson(tx, person.id, { askedIds: of });
}

function namesOf({ program, tracker, defect, ticket }: AskedAbout, person: TrackerPersonRow) {
  const { number, title, ownerId } = defect;
  return {
    ...{ programId: program.id, personId: person.id, number, title, ownerId },
    ...{ kind: tracker.kind, account: person.name ?? person.account ?? '' },
    ticket: { key: ticket.key ?? tracker.place, url: ticket.url ?? tracker.webUrl },
  };
}
