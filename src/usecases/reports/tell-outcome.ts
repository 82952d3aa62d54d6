import { findDefect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReports } from '../../db/reports/reports.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type DefectState, defectKey } from '../../domain/vocabulary.ts';
import { findOrRefuse } from '../defects/show-defect.ts';

const OUTCOMES: Record<Exclude<DefectState, 'merged'>, string> = {
  new: 'It waits for a decision.',
  accepted: 'It is on the list of what gets fixed.',
  claimed: 'A fix is out, and is being proven.',
  proven: 'It is fixed: it has not been seen again for as long as it takes to be sure.',
  risk_accepted: 'It is known, and will not be fixed for now.',
  dismissed: 'It was found to be no defect.',
};

/** What became of somebody's own report, and nothing else of its defect. */
export async function tellOutcome(db: Db, program: Program, number: number, userId: string): Promise<string> {
  let defect = await findOrRefuse(db, program, number).catch(() => null);
  const key = defectKey(number);
  while (defect?.mergedIntoId) defect = (await findDefect(db, program.id, defect.mergedIntoId)) as typeof defect;
  const isOwn = defect && (await listReports(db, defect.id)).some(({ reporterId }) => reporterId === userId);
  if (!defect || !isOwn || defect.state === 'merged') throw new Refusal(`${key} is not a report of yours.`);
  return `${key}: ${OUTCOMES[defect.state]}`;
}
