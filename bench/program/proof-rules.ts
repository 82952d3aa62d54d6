import { evaluateProof } from '../../src/domain/proof/proof.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import { dayAt, JUDGED_DAYS, type SimulatedDefect, type SimulatedFix } from './simulated-program.ts';

/** What a rule said of one fix, and on which day after its deployment. */
export type Called = {
  outcome: 'proven' | 'failed' | 'reduced' | 'undecided';
  days: number;
  /** Of one that is seen less: whether its rest was called gone when its owner went on proving. */
  isRestProven?: boolean;
};
export type ProofRule = { name: string; judge: (defect: SimulatedDefect, fix: SimulatedFix, nth: number) => Called };

/** The bot's own rule: judged each day on what has been filed by then. What has failed may turn out to be seen less. */
const asTheBot: ProofRule['judge'] = (defect, fixed, nth) => {
  const { fix, claimedDay } = fixed;
  const called = judgedDaily(defect, fixed, nth, ['proven', 'failed', 'reduced']);
  if (called.outcome === 'proven' || called.outcome === 'undecided') return called;
  const less = called.outcome === 'reduced' ? called : judgedDaily(defect, fixed, nth, ['reduced'], called.days);
  if (less.outcome !== 'reduced') return called;
  const resumedDay = claimedDay + less.days;
  const resumed = { ...fix, resumedAt: dayAt(resumedDay), claimedAt: dayAt(resumedDay) };
  const rest = judgedDaily(defect, { ...fixed, fix: resumed, claimedDay: resumedDay }, nth, ['proven', 'failed']);
  return { ...less, isRestProven: rest.outcome === 'proven' };
};

function judgedDaily(
  defect: SimulatedDefect,
  { fix, claimedDay, check: { asked, answers } }: SimulatedFix,
  nth: number,
  ends: readonly Called['outcome'][],
  after = 0,
): Called {
  const isSilent = ends.includes('proven');
  let known = -1;
  let windowDays = 0;
  for (let days = after + 1; days <= JUDGED_DAYS; days++) {
    const now = dayAt(claimedDay + days);
    const reports = defect.reports.filter(({ filedAt }) => filedAt <= now);
    // Between two reports nothing changes before the window is over, once everybody has answered.
    if (isSilent && days > 3 && reports.length === known && days < windowDays) continue;
    known = reports.length;
    const answered = asked.filter((person) => (answers.get(person) ?? Infinity) <= now);
    const check = days < 1 ? null : { asked, answered };
    const claim = { severity: defect.severity, fix, failedFixes: nth, reports, criteria: [], check };
    const { outcome, window } = evaluateProof(claim, now, 'UTC');
    windowDays = window.days;
    const end = ends.find((one) => one === outcome);
    if (end) return { outcome: end, days };
  }
  return { outcome: 'undecided', days: JUDGED_DAYS };
}

/** What a tracker does: so many days without a new report close it, and any new report reopens it. */
function silenceOf(quietDays: number): ProofRule['judge'] {
  return ({ reports }, { claimedDay: day }) => {
    const next = reports.find(({ filedAt }) => filedAt > dayAt(day));
    const days = next ? Math.ceil((next.filedAt.getTime() - dayAt(day).getTime()) / DAY_MS) : Infinity;
    return days <= quietDays ? { outcome: 'failed', days } : { outcome: 'proven', days: quietDays };
  };
}

/** What could be proven by one who knows the true rate of episodes: silence until an unfixed defect would be so quiet in 5 %. */
const byTheTrueRate: ProofRule['judge'] = (defect, { outDay, claimedDay, left }) => {
  const past = defect.episodeRates.slice(Math.max(defect.bornDay, Math.floor(claimedDay) - 28), Math.floor(claimedDay));
  const rate = past.reduce((sum, one) => sum + one, 0) / past.length;
  const days = Math.ceil(Math.max(0, outDay - claimedDay) + Math.max(3, -Math.log(0.05) / rate));
  return left === 0 && days <= 60 ? { outcome: 'proven', days } : { outcome: 'undecided', days: JUDGED_DAYS };
};

export const PROOF_RULES: readonly ProofRule[] = [
  { name: 'what the bot says', judge: asTheBot },
  { name: 'silence, by one who knows the rate', judge: byTheTrueRate },
  { name: '7 days of silence', judge: silenceOf(7) },
  { name: '14 days of silence', judge: silenceOf(14) },
];
