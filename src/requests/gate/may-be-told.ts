import type { Db } from '../../db/engine/client.ts';
import { findProgram } from '../../db/programs/programs.ts';
import { CannotFindOut } from './cannot-find-out.ts';
import type { Directory, Lookup } from './directory.ts';
import type { Gate } from './gate.ts';

/** Whether somebody may be written to about a program at this moment; unknown where Slack does not say. */
export type MayBeTold = (programId: number, userId: string) => Promise<'yes' | 'no' | 'unknown'>;

/** What is said of a program of a private channel is for those in the channel, owners of its defects included. */
export function mayBeToldOf(
  of: Lookup,
  { db, directory, gate }: { db: Db; directory: Directory; gate: Gate },
): MayBeTold {
  return async (programId, userId) => {
    const program = await findProgram(db, of.workspaceId, programId);
    if (!program || (await directory.isPrivate(of, program.channelId)) === false) return 'yes';
    return gate.mustSee(of, program, userId).then(
      () => 'yes',
      (error: unknown) => (error instanceof CannotFindOut ? 'unknown' : 'no'),
    );
  };
}
