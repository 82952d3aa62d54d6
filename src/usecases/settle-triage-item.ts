import type { Db } from '../db/client.ts';
import type { Defect } from '../db/defects.ts';
import type { Program } from '../db/programs.ts';
import { findTriageItem, lockOpenTriage, markItemDecided } from '../db/triages.ts';
import type { Decision } from '../domain/vocabulary.ts';
import type { Doing } from './doing.ts';

/**
 * Where this defect waits in the program's open triage, records who decided what. Runs inside the transaction of the
 * decision, after the defect is held. Elsewhere it does nothing.
 */
export async function settleTriageItem(
  tx: Db,
  program: Program,
  defect: Defect,
  decision: Decision,
  doing: Doing,
): Promise<void> {
  const triage = await lockOpenTriage(tx, program.id);
  const item = triage && (await findTriageItem(tx, triage.id, defect.id));
  if (!item || item.decision) return;
  await markItemDecided(tx, item.id, { decision, by: doing.by, at: doing.now, outcome: '' });
}
