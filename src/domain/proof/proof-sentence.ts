import { counted } from '../text/counted.ts';
import { dayWords } from '../time/day-words.ts';
import { type EvidenceRow, hasOtherEvidence } from './criterion-evidence.ts';
import type { PriorRate } from './episodes.ts';
import type { Claim, ProofOutcome } from './proof.ts';
import { type Reduction, reductionWords } from './reduction.ts';
import {
  concernsFix,
  countsFrom,
  type Fix,
  type GuardedReport,
  type GuardVerdict,
  outToAllAt,
  silenceStartsAt,
} from './regression-guard.ts';
import type { Exposure } from './usual-days.ts';
import type { ValidationWindow } from './validation-window.ts';

/** What a sentence about a fix is made of. */
type SentenceFacts = {
  claim: Claim;
  now: Date;
  timeZone: string;
  prior: PriorRate;
  window: ValidationWindow;
  endsAt: Date;
  guard: GuardVerdict<GuardedReport>;
  elapsedDays: number;
  exposure: Exposure | null;
  certainty: number;
  open: readonly EvidenceRow[];
  limit: number;
  reduction: Reduction | null;
};

/** Why the fix stands as it does, with numbers and dates as of now. */
export function proofSentence(outcome: ProofOutcome, facts: SentenceFacts): string {
  return SENTENCES[outcome](facts);
}

const SENTENCES: Record<ProofOutcome, (facts: SentenceFacts) => string> = {
  failed: failedWords,
  reduced: (facts) => `${facts.reduction ? `${reductionWords(facts.reduction)} ` : ''}${failedWords(facts)}`,
  stalled: (facts) => {
    if (!facts.window.provable && !hasOtherEvidence(facts.claim.criteria)) return silenceWords(facts);
    const since = fixWords(facts.claim.fix, facts.timeZone);
    const gaps = facts.open.map(({ sentence }) => sentence).join(' ');
    return `The ${windowWords(facts)} since ${since} are over, but it is not proven. ${gaps}`;
  },
  proving: (facts) => {
    const { claim, now, timeZone, window, certainty } = facts;
    const { fix } = claim;
    const since = fixWords(fix, timeZone);
    if (fix.deployedAt > now) {
      return `The fix is to be deployed on ${dayWords(fix.deployedAt, timeZone)}; proving starts then.`;
    }
    if (outToAllAt(fix) > now) {
      return `The fix goes out until ${dayWords(outToAllAt(fix), timeZone)}; what is seen before neither fails nor proves it.`;
    }
    const sure = window.provable
      ? `${Math.min(99, Math.floor(certainty * 100))} % sure that it holds${restsOn(claim)}`
      : 'silence alone cannot prove it';
    return `${seenWords(facts)}${ranWords(facts)} since ${since}: ${provingDayWords(facts)}, ${sure}.`;
  },
  proven: (facts) => {
    const { claim, timeZone, prior, window, elapsedDays } = facts;
    const since = fixWords(claim.fix, timeZone);
    const quiet = `${seenWords(facts)}${ranWords(facts)} in the ${Math.floor(elapsedDays)} days since ${since}`;
    if (!window.provable) return `${quiet}, and the other criteria hold. Silence alone would not have proven it.`;
    return `${quiet}; before it, it was seen on ${prior.hitDays} of ${prior.days} days. Unfixed, it would be so quiet in under 5 % of cases${restsOn(claim)}.`;
  },
};

/** What is over: the window, or where too little ran the longest one. */
function windowWords({ window, exposure, elapsedDays }: SentenceFacts): string {
  if (!exposure) return counted(window.days, 'day');
  return window.provable ? counted(window.days, 'usual day') : counted(Math.floor(elapsedDays), 'day');
}

/** Why silence cannot prove a fix and what to do. */
function silenceWords({ claim, prior, window, exposure, elapsedDays, timeZone }: SentenceFacts): string {
  const ask = 'Add another criterion: a metric bound or a second person.';
  if (exposure) {
    const ran = `it ran ${counted(exposure.ran, 'time')} in the ${Math.floor(elapsedDays)} days since ${fixWords(claim.fix, timeZone)}`;
    return `Silence cannot prove this fix: ${ran}, as in ${counted(Math.floor(exposure.days), 'usual day')}, and ${window.days} would be needed. ${ask}`;
  }
  if (prior.hitDays === 0) return `Silence cannot prove this fix: no earlier rate of the defect is known. ${ask}`;
  const needed = window.neededDays < 1000 ? `about ${Math.ceil(window.neededDays)} quiet days` : 'years of quiet';
  const seen = `it was seen on ${prior.hitDays} of ${counted(prior.days, 'day')} before`;
  return `Silence cannot prove this fix: ${seen}, so ${needed} would be needed, and 60 is the most. ${ask}`;
}

/** How often it ran, where that is told. */
function ranWords({ exposure }: SentenceFacts): string {
  return exposure && exposure.ran > 0 ? ` in ${counted(exposure.ran, 'run')}` : '';
}

/** Which day of the window it is; where it ran less than usual not all days count. */
function provingDayWords({ window, elapsedDays, exposure, endsAt, timeZone }: SentenceFacts): string {
  const until = `until ${dayWords(endsAt, timeZone)}`;
  const days = exposure?.days ?? elapsedDays;
  const day = `day ${Math.floor(days)} of ${window.days}`;
  if (elapsedDays - days < 1) return `${day}, ${until}`;
  const ran = `it ran only as in ${counted(Math.floor(days), 'usual day')} of the ${Math.floor(elapsedDays)}`;
  return `${day}, since ${ran}, ${until} if it runs as usual`;
}

function failedWords({ claim, timeZone, guard, limit }: SentenceFacts): string {
  const reporters = new Set(guard.counting.map(({ reporterId }) => reporterId)).size;
  const accounts = guard.counting.reduce((most, { affected }) => Math.max(most, affected), 0);
  const from = accounts > reporters ? counted(accounts, 'account') : counted(reporters, 'reporter');
  const occurrences = guard.counting.reduce((sum, { starts }) => sum + (starts ?? 1), 0);
  const seen =
    occurrences > guard.counting.length
      ? `${counted(guard.counting.length, 'report')} of ${counted(occurrences, 'occurrence')}`
      : counted(guard.counting.length, 'report');
  return `${seen} from ${from} since ${fixWords(claim.fix, timeZone)}; the limit is ${limit}.`;
}

/** `the fix of 4 Nov`, with the day since which silence counts where that is another one. */
function fixWords(fix: Fix, timeZone: string): string {
  const [out, all, resumed, counts] = [fix.deployedAt, outToAllAt(fix), countsFrom(fix), silenceStartsAt(fix)].map(
    (at) => dayWords(at, timeZone),
  );
  if (fix.resumedAt) return `proving of the fix of ${out} went on anew on ${resumed}`;
  if (counts !== all) return `the fix of ${out} was claimed on ${counts}`;
  return all === out ? `the fix of ${out}` : `the fix of ${out} had reached all on ${all}`;
}

/** What the proof rests on where people told of it; a machine tells what it sees whether or not it has heard of a fix. */
function restsOn({ reports, fix, check }: Claim): string {
  const isTold = reports.some((report) => report.seenAt < fix.deployedAt && concernsFix(report, fix) && !report.starts);
  if (!isTold) return '';
  const asked = check?.asked.length ?? 0;
  const answered = asked > 0 ? ` (${check?.answered.length ?? 0} of ${asked} who were asked have answered)` : '';
  return `, as long as people go on reporting it${answered}`;
}

function seenWords({ guard, limit }: SentenceFacts): string {
  const count = guard.counting.length;
  const kept = guard.others.length === 0 ? '' : ` (and ${guard.others.length} that do not count)`;
  if (count === 0) return `No report${kept}`;
  return `${counted(count, 'report')}${kept}, ${count > limit ? 'too few to fail it,' : `within the limit of ${limit},`}`;
}
