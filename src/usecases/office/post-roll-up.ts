import { officeMessage, withheldMessage } from '../../blocks/office/office-message.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import { claimRollUp, type Office } from '../../db/office/offices.ts';
import type { Month } from '../../domain/office/month.ts';
import type { Db } from '../doing.ts';
import { gatherOffice } from './gather-office.ts';

/** Who reads the channel of an office: what all of them may read, or somebody whom none of it concerns. */
export type Audience = { kind: 'mayRead'; programIds: ReadonlySet<number> } | { kind: 'outsiders' };

/** Rolls a month up to the channel of an office, once. Nothing of it is told where outsiders are in that channel. */
export async function postRollUp(
  db: Db,
  office: Office,
  month: Month,
  { audience, now }: { audience: Audience; now: Date },
): Promise<void> {
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    if (!(await claimRollUp(tx, office.id, month))) return;
    const lookback = { kind: 'month' as const, month };
    const body =
      audience.kind === 'outsiders'
        ? withheldMessage()
        : officeMessage(await gatherOffice(tx, office, lookback, { mayRead: audience.programIds, now }));
    const { workspaceId, channelId: channel } = office;
    await enqueuePost(tx, { workspaceId, dedupeKey: `office:${office.id}:${month}`, channel, body, runAt: now });
  });
}
