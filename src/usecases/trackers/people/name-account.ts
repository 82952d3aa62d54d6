import type { Message } from '../../../blocks/kit/parts.ts';
import { accountNamedMessage, ownAccountNamedMessage } from '../../../blocks/trackers/who-is-messages.ts';
import { enqueueChange } from '../../../db/messages/outbox.ts';
import { insertAudit } from '../../../db/programs/audit.ts';
import {
  callTicketsOf,
  keepAccount,
  listTrackerPeople,
  lockTrackerPerson,
  type TrackerPersonRow,
  updateTrackerPerson,
} from '../../../db/trackers/tracker-people.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import type { Account } from '../../../domain/trackers/assigning.ts';
import { TRACKER_NAMES } from '../../../domain/trackers/tracker.ts';
import type { Db, Doing, Program } from '../../doing.ts';
import { ASKED_NO_MORE, refuseOthers, whoIsKey } from './ask-who.ts';

/** A lead says who in Slack an account is, or that it is nobody. What waited for that is looked at soon. */
export async function nameAccount(
  tx: Db,
  program: Program,
  personId: number,
  userId: string | null,
  doing: Doing,
): Promise<{ name: string }> {
  const row = await lockTrackerPerson(tx, program.id, personId);
  if (!row || row.account === null) throw new Refusal(ASKED_NO_MORE);
  const { account, kind } = row;
  const name = row.name ?? account;
  await keepNamed(tx, program, row, { id: account, name, email: null }, userId, doing);
  await showAnswer(tx, program, row, accountNamedMessage({ kind, account: name, userId }), doing);
  return { name };
}

/** An owner who was asked says which account is theirs, or that they have none. */
export async function nameOwnAccount(
  tx: Db,
  program: Program,
  personId: number,
  account: Account | null,
  doing: Doing,
): Promise<void> {
  const row = await lockTrackerPerson(tx, program.id, personId);
  if (!row || row.account !== null) throw new Refusal(ASKED_NO_MORE);
  refuseOthers(row, doing.by);
  const { kind } = row;
  if (account) {
    const known = (await listTrackerPeople(tx, row)).find((one) => one.account === account.id);
    if (known?.userId && known.userId !== doing.by)
      throw new Refusal(
        `${account.name} is known as somebody else here. A lead changes that in \`/defect settings\`, Trackers.`,
        'account',
      );
    await keepNamed(tx, program, known ?? row, account, doing.by, doing);
  } else await updateTrackerPerson(tx, row.id, { knownBy: 'person', changedAt: doing.now });
  await showAnswer(tx, program, row, ownAccountNamedMessage({ kind, account: account?.name ?? null }), doing);
}

/** A lead says who an account is that nobody has asked about. */
export async function addAccount(
  tx: Db,
  program: Program,
  at: Pick<TrackerPersonRow, 'kind' | 'home'>,
  { account, userId }: { account: Account; userId: string },
  doing: Doing,
): Promise<void> {
  const known = (await listTrackerPeople(tx, { programId: program.id, ...at })).find(
    (one) => one.account === account.id,
  );
  await keepNamed(tx, program, known ?? at, account, userId, doing);
  if (known)
    await showAnswer(tx, program, known, accountNamedMessage({ kind: at.kind, account: account.name, userId }), doing);
}

async function keepNamed(
  tx: Db,
  program: Program,
  { kind, home, userId: before = null }: Pick<TrackerPersonRow, 'kind' | 'home'> & { userId?: string | null },
  { id, name }: Account,
  userId: string | null,
  doing: Doing,
): Promise<void> {
  const at = { programId: program.id, kind, home };
  await keepAccount(tx, at, { account: id, name, userId, knownBy: 'person' }, doing.now);
  const list = (one: string | null) => (one === null ? [] : [one]);
  const subject = `${name} on ${TRACKER_NAMES[kind]}`;
  if (before !== userId)
    await insertAudit(tx, program.id, doing, [
      { kind: 'account_named', subject, before: list(before), after: list(userId) },
    ]);
  const userIds = [...list(before), ...list(userId)];
  await callTicketsOf(tx, at, { accounts: [id], userIds }, doing.now);
}

/** Whoever was asked sees in the place of the question what was answered. */
async function showAnswer(
  tx: Db,
  { workspaceId, id: programId }: Program,
  row: TrackerPersonRow,
  body: Message,
  { now }: Doing,
): Promise<void> {
  for (const channel of row.askedIds ?? [])
    await enqueueChange(tx, {
      ...{ workspaceId, programId, channel, body, runAt: now },
      targetKey: `${whoIsKey(row)}:${channel}`,
    });
}
