import { type SettingsSaved, savedSentences, settingsMessage } from '../../blocks/programs/settings-saved.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Db, Doing, Program } from '../doing.ts';

/**
 * Tells the channel what concerns it of changed settings. Answers all that is different now, a sentence each, for whoever
 * changed it.
 */
export async function tellChange(
  tx: Db,
  program: Program,
  { auditId, ...saved }: SettingsSaved & { auditId: number },
  { by, now }: Doing,
): Promise<string[]> {
  const body = settingsMessage(saved, by);
  if (body) {
    const { workspaceId, id: programId, channelId: channel } = program;
    await enqueuePost(tx, { workspaceId, programId, dedupeKey: `settings:${auditId}`, channel, body, runAt: now });
  }
  return savedSentences(saved).map(({ source }) => source);
}
