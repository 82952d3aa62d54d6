import { type Defect, findDefect } from '../db/defects/defects.ts';
import { findLastTransition } from '../db/defects/events.ts';
import type { Db } from '../db/engine/client.ts';
import { Refusal } from '../domain/errors/refusal.ts';
import type { Resolved } from '../domain/import/plan-history.ts';
import { localDateOn } from '../domain/time/working-time.ts';
import { THE_BOT } from '../domain/vocabulary.ts';
import { acceptDefect } from '../usecases/defects/accept-defect.ts';
import { acceptRisk, dismissDefect } from '../usecases/defects/set-aside-defect.ts';
import type { Doing } from '../usecases/doing.ts';
import { mergeDefects } from '../usecases/grouping/merge-defects.ts';
import { claimFix } from '../usecases/proof/claim-fix.ts';
import { followMerges } from '../usecases/reports/record-report.ts';
import type { ImportRun } from './import-history.ts';
import { awaitJudgement } from './judge-imported.ts';

export const IMPORTED = {
  fixed: 'Imported: fixed in the tracker',
  assigned: 'Imported: whoever works on it in the tracker.',
  riskAccepted: 'Imported: the tracker says that it will not be fixed.',
  noDefect: 'Imported: the tracker says that it is no defect.',
  repeat: 'Imported: the tracker says that it repeats another report, which is not in the file.',
} as const;

/** What a row's resolution did: `kept` where the defect had to stay as it is, `refused` where a rule of the program forbids it. */
export type Settled = 'claimed' | 'merged' | 'risk_accepted' | 'dismissed' | 'kept' | 'refused';

/** Takes over what a tracker says became of a row, at the instant at which it became so. */
export async function settleImported(tx: Db, run: ImportRun, resolved: Resolved): Promise<Settled> {
  const row = run.rows.get(resolved.sourceId);
  const defect = row && (await findDefect(tx, run.program.id, row.defectId));
  // What a rule has joined is one of several that a person put together: no one row says what becomes of them all.
  if (!row || !defect || row.byRule) return 'kept';
  if (row.wasHere && !(await mayChange(tx, defect, resolved))) return 'kept';
  const doing: Doing = { by: row.ownerId ?? run.ownerOf(resolved.sourceId), actor: THE_BOT, now: resolved.at };
  if (resolved.means === 'fixed') return settleFixed(tx, run, defect, doing);
  if (!resolved.opens) return 'kept';
  if (resolved.means === 'duplicate') return settleDuplicate(tx, run, defect, resolved, doing);
  if (!isUndecided(defect)) return 'kept';
  if (resolved.means === 'risk_accepted') {
    await acceptRisk(tx, run.program, defect.number, IMPORTED.riskAccepted, doing);
    return 'risk_accepted';
  }
  await dismissDefect(tx, run.program, defect.number, IMPORTED.noDefect, doing);
  return 'dismissed';
}

/** A row of an earlier run: its defect may have been decided about since. */
async function mayChange(tx: Db, defect: Defect, { at }: Resolved): Promise<boolean> {
  const last = await findLastTransition(tx, defect.id);
  return last !== null && !last.byPerson && last.at < at;
}

function isUndecided({ state }: Defect): boolean {
  return state === 'new' || state === 'accepted';
}

/** Closed in the tracker is only claimed here: whether the fix holds is for the reports to show. */
async function settleFixed(tx: Db, run: ImportRun, defect: Defect, doing: Doing): Promise<Settled> {
  const { program } = run;
  if (!isUndecided(defect)) return 'kept';
  if (defect.state === 'new') {
    await acceptDefect(
      tx,
      program,
      defect.number,
      {
        ownerId: doing.by,
        dueOn: localDateOn(doing.now, program.timeZone),
        criteria: [{ kind: 'max_reports', limit: 0 }],
        escape: 'unknown',
      },
      doing,
    );
  }
  try {
    const claim = {
      keepingNote: IMPORTED.fixed,
      fixKind: 'code' as const,
      deployedAt: doing.now,
      environments: [],
    };
    awaitJudgement(run.judgements, await claimFix(tx, program, defect.number, claim, doing));
    return 'claimed';
  } catch (error) {
    if (error instanceof Refusal) return 'refused';
    throw error;
  }
}

async function settleDuplicate(
  tx: Db,
  run: ImportRun,
  defect: Defect,
  { at, duplicateOf }: Resolved,
  doing: Doing,
): Promise<Settled> {
  const target = duplicateOf === undefined ? undefined : run.rows.get(duplicateOf);
  const into = target && (await followMerges(tx, run.program, target.defectId));
  if (into && into.createdAt <= at) {
    if (into.id === defect.id || defect.state === 'merged' || !isOpenForMerge(defect)) return 'kept';
    await mergeDefects(tx, run.program, defect.number, into.number, doing);
    return 'merged';
  }
  if (!isUndecided(defect)) return 'kept';
  await dismissDefect(tx, run.program, defect.number, IMPORTED.repeat, doing);
  return 'dismissed';
}

function isOpenForMerge({ state }: Defect): boolean {
  return state === 'new' || state === 'accepted' || state === 'claimed';
}
