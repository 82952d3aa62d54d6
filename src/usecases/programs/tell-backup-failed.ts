import { backupFailedNotice } from '../../blocks/programs/backup-failed-notice.ts';
import { enqueuePosts } from '../../db/messages/outbox.ts';
import { listPrograms } from '../../db/programs/programs.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Db } from '../doing.ts';

/** Tells every lead, once a day, that the backup of that day could not be written, and why where that is known. */
export async function tellBackupFailed(db: Db, on: string, error: unknown, now: Date): Promise<void> {
  const body = backupFailedNotice(on, error instanceof OperatorError ? error.message : null);
  for (const { workspaceId, id, leadIds } of await listPrograms(db)) {
    // A lead of several programs is told once.
    const notice = { workspaceId, programId: id, dedupeKey: `backup-failed:${on}`, body, runAt: now };
    await enqueuePosts(db, notice, leadIds);
  }
}
