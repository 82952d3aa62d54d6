import { note } from '../blocks/help-message.ts';
import { Refusal } from '../domain/refusal.ts';
import { admit, namesNothing } from '../requests/door.ts';
import type { SwiftListener } from '../requests/on-command.ts';
import { exportDefects } from '../usecases/export-defects.ts';
import type { Deps } from './deps.ts';

/** `/defect export`: a file in a direct message, one at a time for a person. */
export function exporter(deps: Deps): SwiftListener<unknown> {
  const running = new Set<string>();
  return {
    runs: async (received, _, tell) => {
      const { client, program, userId, workspaceId, now } = await admit(deps, received, {
        right: 'decide',
        names: namesNothing,
      });
      const whose = `${workspaceId} ${userId}`;
      if (running.has(whose)) throw new Refusal('Your last export is still being written. It comes in a moment.');
      running.add(whose);
      try {
        const { csv, count } = await exportDefects(deps.db, program, now);
        const opened = await client.conversations.open({ users: userId });
        await client.filesUploadV2({
          ...(opened.channel?.id ? { channel_id: opened.channel.id } : {}),
          filename: `defects-${now.toISOString().slice(0, 10)}.csv`,
          title: `${program.name}: ${count} defects`,
          content: csv,
        });
        await tell(note(`The ${count} defects of ${program.name} are in a CSV file in your direct messages with me.`));
      } finally {
        running.delete(whose);
      }
    },
  };
}
