import type { Db } from '../../src/db/engine/client.ts';
import type { Program } from '../../src/db/programs/programs.ts';
import { listOnBurndownList } from '../../src/db/triage/tranches.ts';
import { findTriageBefore, listTriageItems, type TriageItemOfDefect } from '../../src/db/triage/triages.ts';
import { Refusal } from '../../src/domain/errors/refusal.ts';
import type { Random } from '../../src/domain/stats/random.ts';
import { addDays } from '../../src/domain/time/local-date.ts';
import { localDateOn } from '../../src/domain/time/working-time.ts';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { acceptRisk, dismissDefect } from '../../src/usecases/defects/set-aside-defect.ts';
import { claimFix } from '../../src/usecases/proof/claim-fix.ts';
import { confirmFix } from '../../src/usecases/proof/confirm-fix.ts';
import { deferDefect } from '../../src/usecases/triage/decisions/defer-defect.ts';

export type People = {
  /** Decide some of what waits in the open triage. */
  decide: (now: Date) => Promise<number>;
  /** Claim some of what is accepted, and confirm some of what others have claimed. */
  work: (now: Date) => Promise<number>;
};

const DUE_IN_DAYS = 14;
const CLAIM_CHANCE = 0.25;
const CONFIRM_CHANCE = 0.4;

/** A team that does its work through the use cases; the same source of numbers gives the same decisions. */
export function peopleOf(db: Db, program: Program, cast: readonly string[], random: Random): People {
  const confirmers = new Map<number, string>();
  const anybody = () => cast[Math.floor(random() * cast.length)] ?? 'UANA';
  const other = (than: string) => cast[(cast.indexOf(than) + 1) % cast.length] ?? than;

  const decideOne = async ({ defect }: TriageItemOfDefect, now: Date): Promise<boolean> => {
    const doing = { by: anybody(), now };
    const roll = random();
    if (defect.state !== 'new') {
      if (roll > 0.3 || defect.state !== 'accepted') return false;
      await deferDefect(db, program, defect.number, 'Its owner is at it.', doing);
    } else if (roll < 0.5) {
      const ownerId = anybody();
      const confirmer = other(ownerId);
      const dueOn = addDays(localDateOn(now, program.timeZone), DUE_IN_DAYS);
      const criteria = [
        { kind: 'max_reports' as const, limit: 0 },
        { kind: 'second_person' as const, userId: confirmer },
      ];
      await acceptDefect(db, program, defect.number, { ownerId, dueOn, criteria, escape: 'test_gap' }, doing);
      confirmers.set(defect.number, confirmer);
    } else if (roll < 0.6) {
      await acceptRisk(db, program, defect.number, 'Rare, and there is a way around it.', doing);
    } else if (roll < 0.7) {
      await dismissDefect(db, program, defect.number, 'Works as it should.', doing);
    } else if (roll < 0.85) {
      await deferDefect(db, program, defect.number, 'We wait for one more report.', doing);
    } else return false;
    return true;
  };

  const workOn = async (defect: { number: number; state: string; ownerId: string | null }, now: Date) => {
    if (!defect.ownerId) return false;
    if (defect.state === 'accepted') {
      if (random() >= CLAIM_CHANCE) return false;
      const claim = {
        keepingNote: 'A regression test was added with the fix.',
        fixKind: 'code' as const,
        deployedAt: now,
        environments: [],
        rootCause: 'A state that two writers shared.',
        approverId: other(defect.ownerId),
      };
      await claimFix(db, program, defect.number, claim, { by: defect.ownerId, now });
      return true;
    }
    const confirmer = confirmers.get(defect.number);
    if (!confirmer || random() >= CONFIRM_CHANCE) return false;
    await confirmFix(db, program, defect.number, { by: confirmer, now });
    confirmers.delete(defect.number);
    return true;
  };

  return {
    decide: async (now) => {
      const triage = await findTriageBefore(db, program.id, now);
      if (!triage || triage.closedAt) return 0;
      const undecided = (await listTriageItems(db, triage.id)).filter(({ item }) => !item.decision);
      return countDone(undecided, (one) => decideOne(one, now));
    },
    work: async (now) => countDone(await listOnBurndownList(db, program.id), (one) => workOn(one, now)),
  };
}

/** A rule of the program that forbids something ends that one attempt. */
async function countDone<T>(all: readonly T[], attempt: (one: T) => Promise<boolean>): Promise<number> {
  let done = 0;
  for (const one of all) {
    try {
      if (await attempt(one)) done += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return done;
}
