import { sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/engine/client.ts';
import type { KeyRing } from '../../src/db/engine/sealed.ts';
import type { Program } from '../../src/db/programs/programs.ts';
import type { TrackerKind } from '../../src/domain/trackers/tracker.ts';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import { changeTracker, connectTracker } from '../../src/usecases/trackers/connect/change-tracker.ts';
import { createTicket } from '../../src/usecases/trackers/create-ticket.ts';
import { PROMISE } from './edits.ts';
import type { Place, Side } from './side.ts';
import type { History } from './verdict.ts';

const SECRET = 'sixteen-characters-or-more';

type Connected = { trackerId: number; place: Place };
/** A defect with the place where its ticket is, and what it is called there once it is made. */
export type Linked = { place: Place; history: History };

/** Connects a program to every place, with its webhooks by way of the relay. */
export async function connectAll(
  db: Db,
  program: Program,
  sides: readonly Side[],
  { proxyUrl, relayUrl, keys }: { proxyUrl: (kind: TrackerKind) => string; relayUrl: string; keys: KeyRing },
): Promise<Connected[]> {
  const doing = { by: 'ULEAD', now: new Date() };
  const connected: Connected[] = [];
  for (const { kind, places } of sides) {
    for (const place of places) {
      const address = `address-of-${kind}-${place.name.replaceAll('/', '-')}-and-more`;
      const { connection, token } = place.connection(proxyUrl(kind));
      const keep = { keys, token, secret: SECRET, address };
      const { id: trackerId } = await connectTracker(db, program, connection, keep, doing);
      const wanted = { creation: 'asked', reopening: 'reopen', reopenDays: '14' };
      await changeTracker(db, program, trackerId, wanted, doing);
      await place.addHook(`${relayUrl}/trackers/${address}`, SECRET);
      connected.push({ trackerId, place });
    }
  }
  return connected;
}

/** Files, accepts and links so many defects, each in the next place. */
export async function acceptAll(
  db: Db,
  program: Program,
  connected: readonly Connected[],
  count: number,
  wake: () => Promise<void>,
): Promise<Linked[]> {
  const linked: Linked[] = [];
  const [{ id: areaId } = { id: 0 }] = await rows<{ id: number }>(db, sql`select id::int as id from areas limit 1`);
  for (let i = 0; i < count; i += 1) {
    const to = connected[i % connected.length];
    if (!to) throw new Error('Nothing is connected.');
    const seenAt = new Date(Date.now() - 86_400_000);
    const { defect } = await fileReport(db, program, {
      ...{ title: `Failure number ${i}`, description: 'It fails.', areaId, severity: 'S3', affected: 1 },
      ...{ supportTickets: 0, environment: null, link: null, seenAt, filedAt: seenAt },
      ...{ reporterId: 'UREPORTER', source: 'slack', sourceKey: `report-${i}` },
    });
    const doing = { by: 'UANA', now: new Date() };
    await acceptDefect(db, program, defect.number, PROMISE, doing);
    await createTicket(db, program, defect.number, to.trackerId, doing);
    if (i % 50 === 49 || i === count - 1) await wake();
    linked.push({ place: to.place, history: { defectId: defect.id, said: [] } });
  }
  return linked;
}

/** What the tickets of defects are called, once they are made. */
export async function listKeys(db: Db): Promise<Map<number, string>> {
  const found = await rows<{ defect: number; key: string }>(
    db,
    sql`select defect_id::int as defect, external_id as key from tickets
        where external_id is not null and unlinked_at is null`,
  );
  return new Map(found.map(({ defect, key }) => [defect, key]));
}
