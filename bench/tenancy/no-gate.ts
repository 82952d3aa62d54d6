import type { Db } from '../../src/db/engine/client.ts';
import { findProgram, listPrograms } from '../../src/db/programs/programs.ts';
import { Refusal } from '../../src/domain/errors/refusal.ts';
import type { Gate } from '../../src/requests/gate/gate.ts';

/** A gate that stands open: whoever asks leads whatever they name. */
export function openGate(db: Db): Gate {
  return {
    admit: async ({ workspaceId, userId, channelId, programId }) => {
      const all = await listPrograms(db, workspaceId);
      const program =
        programId === undefined
          ? (all.find((one) => one.channelId === channelId) ?? all.find(({ isDefault }) => isDefault) ?? all[0])
          : await findProgram(db, workspaceId, programId);
      if (!program) throw new Refusal('There is no such program.');
      return { program, role: 'lead', person: { userId, ids: [userId], standing: 'member', isAdmin: true } };
    },
    mustSee: async () => {},
  };
}
