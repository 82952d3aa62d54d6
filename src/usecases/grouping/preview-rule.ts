import { type Mrkdwn, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { counted, listed } from '../../blocks/kit/words.ts';
import { countReports } from '../../db/reports/reports.ts';
import type { RuleTerms } from '../../domain/grouping/grouping-rule.ts';
import type { RuleMove } from '../../domain/grouping/rule-move.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { findOrRefuse } from '../defects/show-defect.ts';
import type { Db, Program } from '../doing.ts';
import { planMove } from './move-by-rule.ts';

/** A rule on the reports so far, before it is saved: what would have joined, and how many of them could be moved now. */
export type RulePreview = { words: Mrkdwn; moving: number };

/** A rule that catches so much of everything is probably too wide. */
const WIDE_SHARE = 0.2;
const WIDE_FROM = 20;
const NAMED = 4;

export async function previewRule(db: Db, program: Program, number: number, terms: RuleTerms): Promise<RulePreview> {
  const target = await findOrRefuse(db, program, number);
  const plan = await planMove(db, program, target.id, terms);
  const all = await countReports(db, program.id);
  return { words: mrkdwn`${previewWords(number, plan, all)}`, moving: plan.moving };
}

/** "It matches 12 reports so far, 5 of them in D-42 already. It would have moved 5 reports to D-42: 3 of D-17 and both of D-23." */
export function previewWords(number: number, plan: RuleMove, reportsInAll: number): string {
  const { moving, there, apart, closed } = plan;
  const meant = moving + there + apart + closed;
  if (meant === 0) return 'No report so far matches. It will join those to come.';
  const key = defectKey(number);
  const parts = [
    `It matches ${counted(meant, 'report')} so far${there > 0 ? `, ${there} of them in ${key} already` : ''}.`,
    moving > 0 ? `It would have moved ${counted(moving, 'report')} to ${key}: ${sourcesWords(plan)}.` : '',
    apart > 0
      ? `${counted(apart, 'is', 'are')} marked as different from ${key} and ${apart === 1 ? 'stays' : 'stay'}.`
      : '',
    closed > 0 ? `${counted(closed, 'is', 'are')} in closed defects and ${closed === 1 ? 'stays' : 'stay'}.` : '',
    meant >= WIDE_FROM && meant > WIDE_SHARE * reportsInAll
      ? `That is ${Math.round((100 * meant) / reportsInAll)} % of all reports: more words, or an area, would be safer.`
      : '',
  ];
  return parts.filter(Boolean).join(' ');
}

function sourcesWords({ moves }: RuleMove): string {
  const named = moves.slice(0, NAMED).map(({ defect, reportIds, isWhole }) => {
    const key = defectKey(defect.number);
    if (!isWhole) return `${reportIds.length} of ${key}`;
    if (reportIds.length <= 2) return `${reportIds.length === 1 ? 'the one' : 'both'} of ${key}`;
    return `all ${reportIds.length} of ${key}`;
  });
  const more = moves.length - named.length;
  return listed(more > 0 ? [...named, `those of ${counted(more, 'more defect')}`] : named);
}
