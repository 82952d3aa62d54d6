import type { KeyRing } from '../../../db/engine/sealed.ts';
import { insertAudit } from '../../../db/programs/audit.ts';
import { unlinkAll } from '../../../db/trackers/tickets.ts';
import { sealTrackerSecrets } from '../../../db/trackers/tracker-secrets.ts';
import {
  hashOfAddress,
  insertTracker,
  listTrackers,
  lockTracker,
  type TrackerRow,
  updateTracker,
} from '../../../db/trackers/trackers.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import {
  CREATIONS,
  DEFAULT_REOPEN_DAYS,
  DEFAULT_REOPENING,
  MOST_REOPEN_DAYS,
  REOPENINGS,
} from '../../../domain/trackers/reopening.ts';
import { TRACKER_NAMES, type TrackerKind } from '../../../domain/trackers/tracker.ts';
import type { Db, Doing, Program } from '../../doing.ts';

/** A place that answered to its token, and whose account that is. */
export type Connection = {
  kind: TrackerKind;
  place: string;
  site?: string | null;
  webUrl: string;
  account: string;
  accountName?: string | null;
  isPublic: boolean;
};
export type Keep = { keys: KeyRing; token: string; secret: string; address: string };

const MOST_TRACKERS = 10;

/** Connects a tracker to a program. Nothing is created or changed in it by that; every accepted defect is asked about until a lead says otherwise. */
export async function connectTracker(
  tx: Db,
  program: Program,
  { kind, place, site = null, webUrl, account, accountName = null }: Omit<Connection, 'isPublic'>,
  { keys, token, secret, address }: Keep,
  doing: Doing,
): Promise<TrackerRow> {
  const connected = await listTrackers(tx, program.id);
  if (connected.some((one) => one.kind === kind && one.site === site && one.place === place))
    throw new Refusal(`${place} is connected already.`, 'place');
  if (connected.length >= MOST_TRACKERS)
    throw new Refusal(`${MOST_TRACKERS} trackers are connected, which is as many as there may be.`, 'place');
  const addressHash = hashOfAddress(address);
  const row = await insertTracker(tx, {
    ...{ programId: program.id, kind, place, site, webUrl, account, accountName, addressHash },
    ...sealTrackerSecrets(keys, { token, secret }, { workspaceId: program.workspaceId, addressHash }),
    creation: 'asked',
    reopening: DEFAULT_REOPENING,
    reopenDays: DEFAULT_REOPEN_DAYS,
    // What happened there before is nobody's news.
    seenUpTo: doing.now,
    pollAt: doing.now,
    createdBy: doing.by,
    createdAt: doing.now,
  });
  const after = `${TRACKER_NAMES[kind]}, as ${accountName ?? account}`;
  await insertAudit(tx, program.id, doing, [{ kind: 'tracker_connected', subject: place, before: null, after }]);
  return row;
}

/** When a defect gets a ticket, and what becomes of it when the defect comes back. */
export async function changeTracker(
  tx: Db,
  program: Program,
  id: number,
  wanted: { creation: string | null; reopening: string | null; reopenDays: string; labels?: string | null },
  doing: Doing,
): Promise<TrackerRow> {
  const tracker = await holdTracker(tx, program, id);
  const creation = CREATIONS.find((one) => one === wanted.creation);
  if (!creation) throw new Refusal('Pick when a defect gets a ticket.', 'creation');
  const reopening = REOPENINGS.find((one) => one === wanted.reopening);
  if (!reopening) throw new Refusal('Pick what becomes of a ticket whose defect came back.', 'reopening');
  const reopenDays = Number(wanted.reopenDays);
  if (!Number.isInteger(reopenDays) || reopenDays < 1 || reopenDays > MOST_REOPEN_DAYS)
    throw new Refusal(`Give a number of days from 1 to ${MOST_REOPEN_DAYS}.`, 'reopenDays');
  const before = policyWords(tracker);
  const labels = wanted.labels ? wanted.labels === 'yes' : tracker.labels;
  await updateTracker(tx, id, { creation, reopening, reopenDays, labels });
  const changed = { ...tracker, creation, reopening, reopenDays, labels };
  const after = policyWords(changed);
  if (after !== before)
    await insertAudit(tx, program.id, doing, [{ kind: 'tracker_changed', subject: tracker.place, before, after }]);
  return changed;
}

/** Its token and its address are forgotten and its links end; the tickets stay as they are. */
export async function removeTracker(tx: Db, program: Program, id: number, doing: Doing): Promise<TrackerRow> {
  const tracker = await holdTracker(tx, program, id);
  await updateTracker(tx, id, { removedAt: doing.now, sealedToken: null, sealedSecret: null });
  await unlinkAll(tx, id, doing.now);
  const what = { kind: 'tracker_removed', subject: tracker.place, before: null, after: null } as const;
  await insertAudit(tx, program.id, doing, [what]);
  return tracker;
}

export async function holdTracker(tx: Db, program: Program, id: number): Promise<TrackerRow> {
  const tracker = await lockTracker(tx, program.id, id);
  if (!tracker) throw new Refusal('This tracker is no longer connected.');
  return tracker;
}

function policyWords({
  creation,
  reopening,
  reopenDays,
  labels,
}: Pick<TrackerRow, 'creation' | 'reopening' | 'reopenDays' | 'labels'>) {
  const created = { always: 'a ticket for each', asked: 'a ticket where asked for', never: 'no tickets' }[creation];
  const reopened = {
    reopen: `reopened within ${reopenDays} days`,
    comment: 'only told when it comes back',
    new_ticket: 'a new ticket when it comes back',
  }[reopening];
  return `${created}, ${reopened}, ${labels ? 'with labels' : 'without labels'}`;
}
