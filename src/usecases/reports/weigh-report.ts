import type { Defect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import type { Report } from '../../db/reports/reports.ts';
import { countsAgainstFix } from '../../domain/proof/regression-guard.ts';
import { fixOfDefect } from '../proof/fix-of-defect.ts';
import { proofOfFix } from '../proof/proof-of-fix.ts';
import { takeFixBack } from '../proof/take-fix-back.ts';

/**
 * Weighs a report that has just been recorded against the fix of its defect, in the same transaction. Where the reports
 * since the fix reach the guard's minimum, the fix has failed or regressed at once; anything else is kept as tail.
 * Returns the defect as it then stands.
 */
export async function weighReport(
  tx: Db,
  program: Program,
  defect: Defect,
  report: Report,
  now: Date,
): Promise<Defect> {
  if (defect.state !== 'claimed' && defect.state !== 'proven') return defect;
  const fix = fixOfDefect(defect);
  if (!fix || !countsAgainstFix(report, fix)) return defect;
  const proof = await proofOfFix(tx, program, defect, now);
  return proof?.guard.failed ? takeFixBack(tx, program, defect, proof, now) : defect;
}
