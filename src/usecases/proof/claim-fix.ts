import { dayWords } from '../../blocks/kit/words.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { applyTransition } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listCriteria, replaceCriteria } from '../../db/proof/criteria.ts';
import { planTransition } from '../../domain/defects/lifecycle.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Criterion } from '../../domain/proof/criteria.ts';
import { ENVIRONMENT_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine, cleanText } from '../../domain/text/clean-text.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { Escape, FixKind } from '../../domain/vocabulary.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { findMergeWitness, hasMergeToShip } from '../fixes/witness-fix.ts';
import { settleTriageItem } from '../triage/decisions/settle-triage-item.ts';
import { askReporters, planQuestions } from './ask-reporters.ts';
import { askSecondPerson } from './ask-second-person.ts';
import { findWitness } from './find-witness.ts';
import { sizeWindow } from './size-window.ts';

export type Claim = {
  keepingNote: string;
  /** Null where nobody has said it yet. */
  fixKind: FixKind | null;
  deployedAt: Date;
  /** When it had or will have reached all, where that is later. */
  reachedAllAt?: Date | null;
  environments: readonly string[];
  /** Asked from the second failed fix on. */
  rootCause?: string;
  approverId?: string;
  /** What was not said when it was accepted. */
  escape?: Escape | null;
  criteria?: readonly Criterion[];
};

const NOTE_LIMIT = 1000;
const MOST_ENVIRONMENTS = 20;
const LONGEST_ROLLOUT_DAYS = 60;

/** The owner says that the fix is out. Proving begins; the defect stays open until the data prove it. */
export async function claimFix(db: Db, program: Program, number: number, claim: Claim, doing: Doing): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    const keepingNote = cleanText(claim.keepingNote, NOTE_LIMIT);
    const stored = (await listCriteria(tx, defect.id)).map(({ criterion }) => criterion);
    const criteria = [...stored, ...(claim.criteria ?? [])];
    const transition = planTransition(defect, 'claimed', {
      criteriaCount: criteria.length,
      keepingNote,
    });
    const rootCause = cleanLine(claim.rootCause, NOTE_LIMIT) || null;
    refuseUnfitClaim(defect, claim, rootCause, doing);
    const environments = environmentsOf(claim);
    if (criteria.length > stored.length) await replaceCriteria(tx, defect.id, criteria, doing.now);
    const said = { deployedAt: claim.deployedAt, reachedAllAt: claim.reachedAllAt ?? null };
    // What contains the merged fix says more than what went out about then, and before it is out, nothing else witnesses it.
    const out = (await findMergeWitness(tx, defect, { ...said, isWord: doing.actor?.kind !== 'bot' })) ?? {
      ...said,
      witness: (await hasMergeToShip(tx, defect, doing.now))
        ? null
        : await findWitness(tx, program.id, { ...claim, environments }, doing.now),
    };
    const fix = { ...out, claimedAt: doing.now, environments };
    const window = await sizeWindow(tx, defect, fix);
    const questions = await planQuestions(tx, program, defect, fix, doing);
    const claimed = await applyTransition(
      tx,
      defect,
      transition,
      because(doing, `Fix claimed, out since ${dayWords(localDateOn(fix.deployedAt, program.timeZone))}.`, {
        fixKind: claim.fixKind,
        ownerId: defect.ownerId,
        deployedAt: fix.deployedAt.toISOString(),
        reachedAllAt: fix.reachedAllAt?.toISOString() ?? null,
        witness: fix.witness,
        environments,
        keepingNote,
        criteria,
        ...questions,
      }),
      {
        keepingNote,
        fixKind: claim.fixKind,
        escape: claim.escape ?? defect.escape,
        claimedAt: doing.now,
        deployedAt: fix.deployedAt,
        reachedAllAt: fix.reachedAllAt,
        provingResumedAt: null,
        deploymentWitness: fix.witness,
        fixedEnvironments: environments,
        rootCause,
        approverId: claim.approverId ?? null,
        windowDays: window.days,
        windowEndsAt: window.endsAt,
      },
    );
    await askSecondPerson(tx, program, claimed, doing.now);
    await askReporters(tx, program, claimed, questions);
    await settleTriageItem(tx, program, claimed, 'accept', doing);
    return claimed;
  });
}

/** Null is everywhere. */
function environmentsOf({ environments }: Claim): string[] | null {
  const named = new Set(environments.map((name) => cleanLine(name, ENVIRONMENT_LIMIT)).filter(Boolean));
  if (named.size > MOST_ENVIRONMENTS)
    throw new Refusal(`Name at most ${MOST_ENVIRONMENTS} environments, or none for all of them.`, 'environments');
  return named.size > 0 ? [...named] : null;
}

function refuseUnfitClaim(defect: Defect, claim: Claim, rootCause: string | null, doing: Doing): void {
  if (claim.deployedAt > doing.now) {
    throw new Refusal('The fix cannot be deployed in the future. Claim it once it is out.', 'deployed');
  }
  if (claim.deployedAt < defect.firstSeenAt) {
    throw new Refusal('The fix cannot be older than the first report. Check the day.', 'deployed');
  }
  refuseUnfitRollout(claim, doing.now);
  if (defect.failedFixes >= 2 && !rootCause) {
    throw new Refusal('Two fixes have failed. Say in words what the root cause is.', 'root_cause');
  }
  if (defect.failedFixes >= 2 && (!claim.approverId || claim.approverId === doing.by)) {
    throw new Refusal('Two fixes have failed. Name a second person who agrees that this one will hold.', 'approver');
  }
}

function refuseUnfitRollout({ deployedAt, reachedAllAt }: Claim, now: Date): void {
  if (!reachedAllAt) return;
  if (reachedAllAt < deployedAt) {
    throw new Refusal('It cannot be out to all before it is deployed. Check both days.', 'reached_all');
  }
  if (reachedAllAt.getTime() - now.getTime() > LONGEST_ROLLOUT_DAYS * DAY_MS) {
    throw new Refusal(`A rollout may take ${LONGEST_ROLLOUT_DAYS} days from now at most.`, 'reached_all');
  }
}
