import { dayWords } from '../blocks/kit/words.ts';
import type { Db } from '../db/engine/client.ts';
import { type SettledDefect, settleMany } from '../db/engine/settle-many.ts';
import { planTransition } from '../domain/defects/lifecycle.ts';
import type { Resolved } from '../domain/import/plan-history.ts';
import type { Criterion } from '../domain/proof/criteria.ts';
import { localDateOn } from '../domain/time/working-time.ts';
import { THE_BOT } from '../domain/vocabulary.ts';
import type { ImportRun } from './import-history.ts';
import { IMPORTED, type Settled } from './settle-imported.ts';

const CRITERIA: readonly Criterion[] = [{ kind: 'max_reports', limit: 0 }];

/**
 * Settles defects of one report each, that no other row has to do with, all at once: most of a tracker's rows, for which
 * a decision at a time would be slow. What is written is the same.
 */
export async function settleSingleReports(tx: Db, run: ImportRun, resolved: readonly Resolved[]): Promise<Settled[]> {
  const planned = resolved.flatMap((one) => {
    const row = run.rows.get(one.sourceId);
    return row ? [{ ...plan(run, row, one), id: row.defectId }] : [];
  });
  const ids = await settleMany(
    tx,
    planned.map(({ settled }) => settled),
  );
  return planned.map(({ id, became }) => (ids.has(id) ? became : 'kept'));
}

function plan(
  run: ImportRun,
  { defectId: id, ownerId: known }: { defectId: number; ownerId?: string },
  { at, sourceId, means }: Resolved,
): { became: Settled; settled: SettledDefect } {
  const defect = { id, programId: run.program.id };
  const because = (why: string, data?: Record<string, unknown>) => ({
    actor: THE_BOT,
    at,
    why,
    ...(data ? { data } : {}),
  });
  if (means !== 'fixed') {
    const kind = means === 'risk_accepted' ? 'risk_accepted' : 'dismissed';
    const why = { risk_accepted: IMPORTED.riskAccepted, duplicate: IMPORTED.repeat, not_a_defect: IMPORTED.noDefect }[
      means
    ];
    const transition = planTransition({ number: 0, state: 'new' }, kind);
    const patch = { state: transition.to, lastTriagedAt: at };
    return {
      became: kind,
      settled: { defect, transitions: [{ transition, because: because(why) }], patch, criteria: [], at },
    };
  }
  const ownerId = known ?? run.ownerOf(sourceId);
  const dueOn = localDateOn(at, run.program.timeZone);
  const accepted = planTransition({ number: 0, state: 'new' }, 'accepted', { ownerId, dueOn });
  const claimed = planTransition({ number: 0, state: 'accepted' }, 'claimed', {
    criteriaCount: CRITERIA.length,
    keepingNote: IMPORTED.fixed,
  });
  return {
    became: 'claimed',
    settled: {
      defect,
      at,
      criteria: CRITERIA,
      transitions: [
        {
          transition: accepted,
          because: because(`Accepted, due ${dayWords(dueOn)}.`, { ownerId, dueOn, escape: 'unknown' }),
        },
        { transition: claimed, because: because(`Fix claimed, out since ${dueOn}.`, { fixKind: 'code', ownerId }) },
      ],
      patch: {
        state: claimed.to,
        ownerId,
        dueOn,
        escape: 'unknown',
        keepingNote: IMPORTED.fixed,
        fixKind: 'code',
        acceptedAt: at,
        claimedAt: at,
        deployedAt: at,
        lastTriagedAt: at,
        // One report is no rate, so silence cannot prove the fix.
        windowDays: null,
        windowEndsAt: null,
      },
    },
  };
}
