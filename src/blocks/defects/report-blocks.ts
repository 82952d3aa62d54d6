import type { KnownBlock, ModalView } from '@slack/types';
import type { ReportVerdict } from '../../domain/proof/regression-guard.ts';
import type { Fact } from '../../domain/reports/facts.ts';
import { cleanLine, cutText } from '../../domain/text/clean-text.ts';
import { defectKey, type Severity } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { clipMrkdwn, joinMrkdwn, link, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, fitting, plain, section } from '../kit/parts.ts';
import { counted, dayWords } from '../kit/words.ts';

/** One report as it can be read again. */
export type ShownReport = {
  seenOn: string;
  reporterId: string;
  isByPerson: boolean;
  title: string;
  description: string;
  severity: Severity;
  affected: number;
  supportTickets: number;
  occurrences: number;
  environment: string | null;
  vendor: string | null;
  link: string | null;
  /** What a machine told beside its text. */
  facts: readonly Fact[];
  /** What it says of the latest fix; null where there was none. */
  verdict: ReportVerdict | null;
};

export const REPORTS_PAGE = 5;

const SHORT = 300;
const WHOLE = 2200;

/** Who saw what, when and where; how much it counts, and whether it does so against the fix. */
export function reportBlock(report: ShownReport, todayOn: string, length: 'short' | 'whole'): KnownBlock {
  const who = report.isByPerson ? mention(report.reporterId) : mrkdwn`${report.reporterId}`;
  const what = report.link ? link(report.link, cleanLine(report.title, 200)) : mrkdwn`${cleanLine(report.title, 200)}`;
  const words = cutText(report.description.trim(), length === 'short' ? SHORT : WHOLE);
  const lines = [
    mrkdwn`*${dayWords(report.seenOn, todayOn)}*, ${who}: ${what}`,
    ...(words && words !== report.title ? words.split('\n').map((line) => mrkdwn`> ${line}`) : []),
    ...told(report.facts, length),
    mrkdwn`_${factsOf(report)}_`,
  ];
  return section(clipMrkdwn(joinMrkdwn(lines), length === 'short' ? 900 : 2900));
}

/** "pod: sync-worker-1, runbook: https://…" */
function told(facts: readonly Fact[], length: 'short' | 'whole'): Mrkdwn[] {
  if (facts.length === 0) return [];
  const said = facts.map(({ label, value }) => `${cleanLine(label, 60)}: ${cleanLine(value, 300)}`).join(', ');
  return [mrkdwn`${cutText(said, length === 'short' ? SHORT : WHOLE)}`];
}

function factsOf({
  severity,
  affected,
  supportTickets,
  occurrences,
  environment,
  vendor,
  verdict,
}: ShownReport): string {
  return [
    severity,
    ...(environment ? [environment] : []),
    ...(affected > 0 ? [counted(affected, 'account')] : []),
    ...(supportTickets > 0 ? [counted(supportTickets, 'support ticket')] : []),
    ...(occurrences > 1 ? [counted(occurrences, 'time')] : []),
    ...(vendor && verdict !== 'vendor' ? [`caused by ${vendor}`] : []),
    ...(verdict ? [verdictWords(verdict, vendor)] : []),
  ].join(' · ');
}

function verdictWords(verdict: ReportVerdict, vendor: string | null): string {
  switch (verdict) {
    case 'counts':
      return 'counts against the fix';
    case 'before_fix':
      return 'before the fix';
    case 'rollout':
      return 'while the fix went out';
    case 'known_rest':
      return 'before proving went on anew';
    case 'elsewhere':
      return 'does not count against the fix: it is not deployed there';
    case 'vendor':
      return `does not count against the fix: caused by ${vendor ?? 'a vendor'}`;
  }
}

export type ReportsPage = {
  programId: number;
  number: number;
  title: string;
  todayOn: string;
  /** The day since which the latest fix is out, and how many of all reports count against it. */
  fix: { on: string; counting: number } | null;
  total: number;
  offset: number;
  reports: readonly ShownReport[];
};

/** All that was reported of a defect, a page at a time, the latest first. */
export function reportsModal(page: ReportsPage): ModalView {
  const { programId, number, title, todayOn, total, offset, reports, fix } = page;
  const key = defectKey(number);
  const end = offset + reports.length;
  const turnTo = (from: number) => `${programId}.${number}.${from}`;
  const turns = [
    ...(offset > 0 ? [button(ACTIONS.reportsPage, 'Newer', turnTo(Math.max(0, offset - REPORTS_PAGE)))] : []),
    ...(end < total ? [button(ACTIONS.reportsNextPage, 'Older', turnTo(end))] : []),
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.defectReports,
    private_metadata: defectRefValue({ programId, number }),
    title: plain(`Reports of ${key}`, 24),
    close: plain('Close', 24),
    blocks: fitting([
      section(mrkdwn`*${key}*  ${cleanLine(title, 200)}\n${rangeWords(total, offset, end)}${fixWords(fix, todayOn)}`),
      ...reports.map((report) => reportBlock(report, todayOn, 'whole')),
      ...(turns.length > 0 ? [actions('report_pages', turns)] : []),
    ]),
  };
}

function rangeWords(total: number, offset: number, end: number): string {
  if (total === 0) return 'Nothing was reported.';
  return end - offset === total ? `${counted(total, 'report')}.` : `Reports ${offset + 1} to ${end} of ${total}.`;
}

function fixWords(fix: ReportsPage['fix'], todayOn: string): Mrkdwn {
  if (!fix) return mrkdwn``;
  const count = fix.counting === 0 ? 'None counts' : `${fix.counting} ${fix.counting === 1 ? 'counts' : 'count'}`;
  return mrkdwn` ${count} against the fix of ${dayWords(fix.on, todayOn)}.`;
}

/** On the card: what was reported last, with the way to all of it. */
export function latestReports(
  shown: { programId: number; number: number; reports: readonly ShownReport[]; total: number },
  todayOn: string,
): KnownBlock[] {
  if (shown.reports.length === 0) return [];
  const { programId, number, total } = shown;
  const all =
    total > shown.reports.length || shown.reports.some(({ description }) => description.length > SHORT)
      ? [
          actions(`reports_${number}`, [
            button(ACTIONS.showReports, total === 1 ? 'Read it all' : `Read all ${total}`, `${programId}.${number}.0`, {
              spoken: `Read the reports of ${defectKey(number)}`,
            }),
          ]),
        ]
      : [];
  return [
    context(mrkdwn`*Latest reports*`),
    ...shown.reports.map((report) => reportBlock(report, todayOn, 'short')),
    ...all,
  ];
}
