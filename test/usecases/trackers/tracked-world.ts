import { type GithubServer, tokenOf } from '../../../bench/trackers/github-server.ts';
import { NO_PEOPLE } from '../../../bench/trackers/no-people.ts';
import { NO_TRACKERS } from '../../../bench/trackers/no-trackers.ts';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { listTickets } from '../../../src/db/trackers/tickets.ts';
import { findTracker } from '../../../src/db/trackers/trackers.ts';
import type { OpenTracker } from '../../../src/domain/trackers/tracker.ts';
import { trackerOpener } from '../../../src/trackers/open-tracker.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import {
  type Connection,
  changeTracker,
  connectTracker,
} from '../../../src/usecases/trackers/connect/change-tracker.ts';
import type { SlackPeople } from '../../../src/usecases/trackers/people/slack-people.ts';
import { lookForChanges } from '../../../src/usecases/trackers/sync/look-for-changes.ts';
import { workOnTickets } from '../../../src/usecases/trackers/sync/work-on-tickets.ts';
import { aDefect, aProgram, later, MONDAY } from '../../builders.ts';
import { someKeys } from '../../some-keys.ts';

export const lead = { by: 'ULEAD', now: MONDAY };
export const ana = { by: 'UANA', now: MONDAY };

type Fetch = typeof fetch;

type Tracking = { creation?: string; reopening?: string; slack?: SlackPeople };

/** A program whose tracker is the repository of a GitHub of its own; `through` may come between the two. */
export async function aTrackedProgram(
  db: Db,
  github: GithubServer,
  { through = fetch, ...tracking }: Tracking & { through?: Fetch } = {},
) {
  const webUrl = `${github.url}/ana/api`;
  const connection = { kind: 'github', place: 'ana/api', webUrl, account: 'burndown-bot' } as const;
  const open = trackerOpener({ fetch: through, hosts: { ...NO_TRACKERS, github: github.url } });
  const world = await aWorldOf(db, { connection, token: tokenOf('burndown-bot') }, { open, ...tracking });
  return { ...world, webUrl };
}

/** A program with a tracker of whichever kind. */
export async function aWorldOf(
  db: Db,
  { connection, token }: { connection: Omit<Connection, 'isPublic'>; token: string },
  { open, creation = 'always', reopening = 'reopen', slack = NO_PEOPLE }: Tracking & { open: OpenTracker },
) {
  const program = await aProgram(db);
  const tracker = await connectTracker(
    db,
    program,
    connection,
    { keys: someKeys, token, secret: 'sixteen-characters', address: `address-of-${program.id}` },
    lead,
  );
  await changeTracker(db, program, tracker.id, { creation, reopening, reopenDays: '14' }, lead);
  let now = MONDAY;
  const worker = { db, keys: someKeys, open, slack, owner: 'test', random: () => 0 };
  const settle = async () => {
    for (let passes = 0; passes < 50 && (await workOnTickets(worker, () => now)) > 0; passes += 1);
  };
  return {
    program,
    trackerId: tracker.id,
    worker,
    now: () => now,
    pass: (ms: number) => {
      now = later(now, ms);
    },
    /** Works on what is due until nothing is. */
    settle,
    /** Asks what changed, and works on it. */
    poll: async () => {
      now = later(now, 5 * 60_000);
      await lookForChanges(worker, now);
      await settle();
    },
    accepted: async () => {
      const defect = await aDefect(db, program);
      const promise = {
        ownerId: 'UANA',
        dueOn: '2026-12-04',
        criteria: [{ kind: 'max_reports', limit: 0 }],
        escape: null,
      } as const;
      return acceptDefect(db, program, defect.number, promise, { ...ana, now });
    },
    tickets: (defectId: number) => listTickets(db, defectId),
    defect: async (number: number) => {
      const defect = await findDefectByNumber(db, program.id, number);
      if (!defect) throw new Error('no such defect');
      return defect;
    },
    tracker: () => findTracker(db, program.id, tracker.id),
  };
}
