import { mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { programLink } from '../../blocks/kit/program-link.ts';
import { note } from '../../blocks/programs/help-message.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { admit, namesNothing } from '../../requests/door.ts';
import type { SwiftListener } from '../../requests/listen/on-command.ts';
import type { Received } from '../../requests/once/received.ts';
import { exportProgram } from '../../usecases/programs/export-program.ts';
import type { Deps } from '../deps.ts';

/** The audit is for leads, as Slack and the settings say at this moment. */
function isLead({ gate }: Deps, asked: Received & { programId: number }): Promise<boolean> {
  return gate.admit({ ...asked, right: 'lead' }).then(
    () => true,
    () => false,
  );
}

/** `/defect export`: files in a direct message, one export at a time for a person. */
export function exporter(deps: Deps): SwiftListener<unknown> {
  const running = new Set<string>();
  return {
    runs: async (received, _, tell) => {
      const entry = { right: 'decide', names: namesNothing } as const;
      const { client, program, userId, workspaceId, doing } = await admit(deps, received, entry);
      const whose = `${workspaceId} ${userId}`;
      if (running.has(whose)) throw new Refusal('Your last export is still being written. It comes in a moment.');
      running.add(whose);
      try {
        const withAudit = await isLead(deps, { ...received, programId: program.id });
        const { files, count } = await exportProgram(deps.db, program, { withAudit }, doing);
        const opened = await client.conversations.open({ users: userId });
        const channel = opened.channel?.id ? { channel_id: opened.channel.id } : {};
        for (const file of files) await client.filesUploadV2({ ...channel, ...file });
        await tell(
          note(
            `The ${count} defects are in CSV files in your direct messages with me, their reports beside.`,
            mrkdwn`The ${count} defects of ${programLink(program)} are in CSV files in your direct messages with me, their reports beside.`,
          ),
        );
      } finally {
        running.delete(whose);
      }
    },
  };
}
