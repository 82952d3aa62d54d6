import { insertAudit } from '../../db/programs/audit.ts';
import { lockTracker, updateTracker } from '../../db/trackers/trackers.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { CLAIMINGS } from '../../domain/fixes/claiming.ts';
import { CODE_KINDS } from '../../domain/fixes/code-host.ts';
import { agentsTyped } from '../../domain/fixes/maker.ts';
import type { Db, Doing, Program } from '../doing.ts';

type Followed = { claimsShipped: boolean; agents: readonly string[] };

/** Whether a merged fix is claimed once it is out, and which accounts are agents, of a tracker that holds code. */
export async function changeCode(
  tx: Db,
  program: Program,
  id: number,
  wanted: { claiming: string | null; agents: string },
  doing: Doing,
): Promise<void> {
  const tracker = await lockTracker(tx, program.id, id);
  if (!tracker) throw new Refusal('This tracker is no longer connected.');
  if (!CODE_KINDS.includes(tracker.kind)) return;
  const claiming = CLAIMINGS.find((one) => one === wanted.claiming);
  if (!claiming) throw new Refusal('Pick who claims a merged fix.', 'claiming');
  const claimsShipped = claiming === 'when_out';
  const agents = agentsTyped(wanted.agents);
  const [before, after] = [wordsOf(tracker), wordsOf({ claimsShipped, agents })];
  if (after === before) return;
  await updateTracker(tx, id, { claimsShipped, agents });
  await insertAudit(tx, program.id, doing, [{ kind: 'tracker_changed', subject: tracker.place, before, after }]);
}

function wordsOf({ claimsShipped, agents }: Followed): string {
  const claimed = claimsShipped
    ? 'merged fixes are claimed once they are out'
    : 'merged fixes are claimed by their owners';
  return agents.length === 0 ? claimed : `${claimed}; agents: ${agents.join(', ')}`;
}
