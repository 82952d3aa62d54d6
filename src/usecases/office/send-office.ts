import { officeQuarterMessage } from '../../blocks/office/office-message.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Office } from '../../db/office/offices.ts';
import type { Db } from '../doing.ts';
import { gatherOffice, type Lookback } from './gather-office.ts';

/** Sends the page of a quarter of an office to whoever asks for it, with the names that they may read. */
export async function sendOffice(
  db: Db,
  office: Office,
  lookback: Lookback & { kind: 'quarter' },
  reading: { mayRead: ReadonlySet<number>; now: Date },
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<void> {
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const page = await gatherOffice(tx, office, lookback, reading);
    await enqueuePost(tx, {
      workspaceId,
      dedupeKey: `office:${office.id}:${lookback.quarter}:${userId}:${reading.now.toISOString()}`,
      channel: userId,
      body: officeQuarterMessage(page),
      runAt: reading.now,
    });
  });
}
