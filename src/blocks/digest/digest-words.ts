import type { Digest } from '../../domain/digest/digest.ts';
import { lagChange, type ProgramVerdicts } from '../../domain/digest/program-verdicts.ts';
import { realChangeSentence, sinceWhenSentence } from '../../domain/digest/since-when-words.ts';
import type { SupportBurden, Tickets } from '../../domain/digest/support-burden.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey, type Escape, type FixKind } from '../../domain/vocabulary.ts';
import { wholePercentWords } from '../kit/figures.ts';
import { counted, listed } from '../kit/words.ts';

const AREAS_NAMED = 5;

/**
 * What stands behind the verdict: how large the change is, the areas that changed, and how late people report. Empty
 * where nothing changed and nothing was late.
 */
export function trendLines(verdicts: ProgramVerdicts, reading: { timeZone: string; now: Date }): string[] {
  const changed = verdicts.areas.filter(({ verdict }) => verdict.since !== null);
  const areas = changed
    .slice(0, AREAS_NAMED)
    .map(({ area, verdict }) => `${cleanLine(area, 40)}: ${lowered(sinceWhenSentence(verdict, reading))}`);
  const more = changed.length - areas.length;
  const change = realChangeSentence(verdicts.reports);
  return [
    ...(change ? [change] : []),
    ...areas,
    ...(more > 0 ? [`${counted(more, 'more area')} changed.`] : []),
    ...lagSentence(verdicts),
  ];
}

function lagSentence({ weeks }: ProgramVerdicts): string[] {
  const change = lagChange(weeks);
  if (change) {
    const { before, since, isNews } = change;
    const later = `People report ${since < before ? 'later' : 'sooner'} than before`;
    const shares = `: ${wholePercentWords(since)} within the week, was ${wholePercentWords(before)}`;
    const so = 'So weeks are compared as they are known two weeks after they end, the two newest not yet.';
    return [`${later}${isNews ? shares : ''}. ${so}`];
  }
  return weeks.every(({ late }) => late === 0)
    ? []
    : ['Weeks are compared as they were known when they ended; what was told later is left out.'];
}

function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

/** What most of this week's support tickets are about; undefined where there were none. */
export function supportWords({ areas, defects }: SupportBurden): string | undefined {
  if (defects.length === 0) return undefined;
  const byArea = areas.map((one) => `${cleanLine(one.area, 40)} ${ticketsWords(one)}`);
  const byDefect = defects.map((one) => `${defectKey(one.number)} ${ticketsWords(one)}`);
  return `Most by area: ${listed(byArea)}. Most by defect: ${listed(byDefect)}.`;
}

/** "14 (was 9)". */
function ticketsWords({ tickets, ticketsBefore }: Tickets): string {
  return `${tickets.toLocaleString('en-GB')} (was ${ticketsBefore.toLocaleString('en-GB')})`;
}

const ESCAPED: Record<Escape, string> = {
  no_test: 'no test',
  test_gap: 'a gap in a test',
  no_monitor: 'no monitor',
  configuration: 'configuration',
  operator_step: 'an operator step',
  vendor: 'a vendor',
  unknown: 'not known yet',
};

/** "Why nothing caught the 18 defects accepted in 90 days: no monitor 7, a gap in a test 4." */
export function escapeWords(escapes: Digest['escapes']): string | undefined {
  const all = escapes.reduce((sum, { count }) => sum + count, 0);
  if (all < 3) return undefined;
  const most = escapes.slice(0, 3).map((one) => `${ESCAPED[one.escape]} ${one.count}`);
  return `Why nothing caught the ${all} defects accepted in 90 days: ${most.join(', ')}.`;
}

const FIXED_BY: Record<FixKind, string> = {
  code: 'code',
  configuration: 'configuration',
  runbook: 'docs or runbook',
  operator_step: 'operator step',
  vendor_mitigation: 'vendor mitigation',
};

/** A kind of fix is compared from this many on; fewer tell nothing. */
const FEWEST_FIXES = 3;

/** "Fixes of the last 180 days that still hold: code 8 of 10, docs or runbook 4 of 4." */
export function fixKindWords(fixes: Digest['fixes']): string | undefined {
  const enough = fixes.filter(({ claimed }) => claimed >= FEWEST_FIXES);
  if (enough.length === 0) return undefined;
  const each = enough.map(({ kind, claimed, cameBack }) => `${FIXED_BY[kind]} ${claimed - cameBack} of ${claimed}`);
  return `Fixes of the last 180 days that still hold: ${listed(each)}.`;
}
