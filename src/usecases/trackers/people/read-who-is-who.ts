import type { KnownAccount } from '../../../blocks/trackers/who-is-forms.ts';
import { findTrackerPerson, listTrackerPeople } from '../../../db/trackers/tracker-people.ts';
import { listTrackers } from '../../../db/trackers/trackers.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import type { Account } from '../../../domain/trackers/assigning.ts';
import type { OpenTracker } from '../../../domain/trackers/tracker.ts';
import { homeOf } from '../../../domain/trackers/tracker-person.ts';
import type { Db, KeyRing, Program } from '../../doing.ts';
import { troubleWords } from '../connect/try-tracker.ts';
import { openTracker } from '../sync/work-on-tickets.ts';
import { ASKED_NO_MORE, refuseOthers } from './ask-who.ts';

/** Accounts of the connected trackers and who they are, those that nobody knows first. */
export async function readWhoIsWho(db: Db, program: Program) {
  const trackers = await listTrackers(db, program.id);
  const homes = new Map(trackers.map((one) => [`${one.kind} ${homeOf(one)}`, { kind: one.kind, home: homeOf(one) }]));
  const people: KnownAccount[] = [];
  for (const at of homes.values()) people.push(...(await listTrackerPeople(db, { programId: program.id, ...at })));
  const isUnknown = ({ knownBy }: KnownAccount) => (knownBy === null ? 0 : 1);
  return {
    places: trackers.map(({ id, kind, place }) => ({ id, kind, place })),
    people: people.sort((a, b) => isUnknown(a) - isUnknown(b)),
  };
}

/** What a question is about. */
export async function readQuestion(db: Db, program: Program, personId: number) {
  const row = await findTrackerPerson(db, program.id, personId);
  if (!row) throw new Refusal(ASKED_NO_MORE);
  return row;
}

/** What a person was asked, for that person. */
export async function readOwnQuestion(db: Db, program: Program, personId: number, userId: string) {
  const question = await readQuestion(db, program, personId);
  refuseOthers(question, userId);
  return question;
}

type Asking = { db: Db; keys: KeyRing; open: OpenTracker };

/** The account of which somebody has given the name or the e-mail, in a tracker or in any that shares its accounts. */
export async function findNamedAccount(
  asking: Asking,
  program: Program,
  { isThere, named }: { isThere: (tracker: { id: number; kind: string; home: string }) => boolean; named: string },
): Promise<{ account: Account; kind: KnownAccount['kind']; home: string }> {
  const name = named.trim().replace(/^@/, '');
  if (!/^[^\s"\\]{1,100}$/.test(name) && !/^[\p{L}\p{N}][\p{L}\p{N} .,'_-]{0,99}$/u.test(name))
    throw new Refusal('Give the name of the account, as people see it there, or its e-mail.', 'account');
  for (const row of await listTrackers(asking.db, program.id)) {
    const [kind, home] = [row.kind, homeOf(row)];
    if (!isThere({ id: row.id, kind, home })) continue;
    const opened = await openTracker(asking, row.id);
    const found = await opened?.tracker.assigning?.findAccount(name);
    if (!found) continue;
    if ('trouble' in found) throw new Refusal(troubleWords(found.trouble, row), 'account');
    if (found.ok) return { account: found.ok, kind, home };
  }
  throw new Refusal(
    `There is no account ${name}, or there are several. Give it as people see it there, or its e-mail.`,
    'account',
  );
}
