import { type Defect, insertDefect } from '../db/defects/defects.ts';
import { logBirth } from '../db/defects/events.ts';
import { insertAudit } from '../db/programs/audit.ts';
import { claimNumber, lockProgram, releaseNumbers, updateProgram } from '../db/programs/programs.ts';
import {
  deleteSample,
  findSample,
  listDefectsWithSample,
  listMergedIntoSample,
  listReportsInSample,
} from '../db/programs/samples.ts';
import { moveReportsById, type Report } from '../db/reports/reports.ts';
import { listTriageItems, lockOpenTriage } from '../db/triage/triages.ts';
import { Refusal } from '../domain/errors/refusal.ts';
import { THE_BOT } from '../domain/vocabulary.ts';
import { recount } from '../usecases/defects/recount.ts';
import type { Db, Doing, Program } from '../usecases/doing.ts';
import { unmergeDefect } from '../usecases/grouping/merge-defects.ts';
import { updateParent } from '../usecases/triage/render-triage.ts';

/**
 * Takes all sample data out of a program in one transaction. Real reports that joined an invented defect become defects of
 * their own, real defects that were merged into one stand where they stood, and nothing else is left of it.
 */
export async function removeSample(
  db: Db,
  program: Program,
  doing: Doing,
): Promise<{ defects: number; rescued: number }> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    await lockProgram(tx, program.id);
    const sample = await findSample(tx, program.id);
    if (!sample) throw new Refusal(`There are no sample data in ${program.name}.`);
    for (const number of await listMergedIntoSample(tx, program.id)) await unmergeDefect(tx, program, number, doing);
    const rescued = await rescueReports(tx, program, doing);
    const mixed = await listDefectsWithSample(tx, program.id);
    const defects = await deleteSample(tx, sample);
    for (const defect of mixed) await recount(tx, program, defect, doing.now);
    await updateProgram(tx, program.id, { createdAt: sample.programCreatedAt });
    await releaseNumbers(tx, program.id, sample.nextNumber);
    await insertAudit(tx, program.id, doing, [{ kind: 'sample_removed', subject: null, before: null, after: defects }]);
    const open = await lockOpenTriage(tx, program.id);
    if (open) await updateParent(tx, program, open, await listTriageItems(tx, open.id), doing.now);
    return { defects, rescued };
  });
}

/** Opens a defect for what people have reported themselves of each invented one. Answers how many. */
async function rescueReports(tx: Db, program: Program, doing: Doing): Promise<number> {
  const byDefect = Map.groupBy(await listReportsInSample(tx, program.id), ({ defectId }) => defectId);
  for (const own of byDefect.values()) {
    const [first] = own;
    if (!first) continue;
    const born = await openFor(tx, program, first);
    await moveReportsById(
      tx,
      program.id,
      own.map(({ id }) => id),
      born.id,
    );
    await recount(tx, program, born, doing.now);
  }
  return byDefect.size;
}

async function openFor(tx: Db, program: Program, first: Report): Promise<Defect> {
  const born = await insertDefect(tx, {
    programId: program.id,
    number: await claimNumber(tx, program.id),
    title: first.title,
    areaId: first.areaId,
    severity: first.severity,
    state: 'new',
    heatLevel: Number.NEGATIVE_INFINITY,
    firstSeenAt: first.seenAt,
    lastSeenAt: first.seenAt,
    createdAt: first.filedAt,
  });
  const actor = first.source === 'slack' ? { kind: 'person' as const, userId: first.reporterId } : THE_BOT;
  await logBirth(tx, born, 'reported', { actor, at: first.filedAt, why: 'First report.' });
  return born;
}
