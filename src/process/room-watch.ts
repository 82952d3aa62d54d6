import { diskFullNotice } from '../blocks/programs/disk-full-notice.ts';
import type { Db } from '../db/engine/client.ts';
import { listPrograms } from '../db/programs/programs.ts';
import type { ClientOf } from '../installations/workspaces.ts';
import type { Logger } from '../log.ts';
import { type SingleFlight, singleFlight } from '../schedule/single-flight.ts';

/**
 * Says in the log that the disk of the database is full, and that there is room again, and tells every lead once a day.
 * It posts past the outbox, in which nothing can be written then; so it remembers by itself whom it has told.
 */
export function createRoomWatch(options: {
  db: Db;
  hasRoom: () => Promise<boolean>;
  clientOf: ClientOf;
  log: Logger;
}): SingleFlight {
  const { db, hasRoom, clientOf, log } = options;
  let wasFull = false;
  let told = { on: '', leads: new Set<string>() };
  const tell = async (workspaceId: string, leadId: string) => {
    const name = `${workspaceId} ${leadId}`;
    const client = told.leads.has(name) ? undefined : await clientOf(workspaceId);
    if (!client) return;
    await client.chat.postMessage({ channel: leadId, ...diskFullNotice() });
    told.leads.add(name);
  };
  return singleFlight(
    async (now) => {
      const isFull = !(await hasRoom());
      if (isFull !== wasFull) {
        if (isFull) log.error('the disk of the database is full: nothing can be written');
        else log.warn('there is room on the disk of the database again');
      }
      wasFull = isFull;
      if (!isFull) return;
      const on = now.toISOString().slice(0, 10);
      if (told.on !== on) told = { on, leads: new Set() };
      for (const { workspaceId, leadIds } of await listPrograms(db))
        for (const leadId of leadIds)
          await tell(workspaceId, leadId).catch((error: unknown) =>
            log.warn({ error, workspace: workspaceId }, 'a lead could not be told of the full disk'),
          );
    },
    (error) => log.error({ error }, 'whether there is room on the disk is not known'),
  );
}
