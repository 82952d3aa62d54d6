import type { ModalView } from '@slack/types';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine, cutText } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { ACTIONS, OPTIONS, VIEWS } from '../kit/ids.ts';
import { searchInput, severalInput, textInput } from '../kit/inputs.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, option, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';
import type { OfferedRepeat } from '../reports/report-modal.ts';
import { DECISION_INPUTS, type DefectInForm, decisionForm } from '../triage/decision-form.ts';

/** Another defect that may be the same failure, and why it is offered. */
export type LikelyTarget = Pick<OfferedRepeat, 'number' | 'title' | 'reportCount' | 'words' | 'chance'>;

/** `preview` says what the merge would do, once a target is picked. */
export function mergeModal(
  defect: DefectInForm,
  likely: readonly LikelyTarget[] = [],
  preview?: Mrkdwn | undefined,
): ModalView {
  const offers = likely.map(({ number, title, reportCount, words, chance }) => {
    const why = words.length > 0 ? mrkdwn`, same words: ${cutText(words.join(', '), 120)}` : '';
    const how = chance ? `${chance}, ` : '';
    return mrkdwn`*${defectKey(number)}*  ${cleanLine(title, TITLE_LIMIT)} (${how}${counted(reportCount, 'report')}${why})`;
  });
  return decisionForm({ callbackId: VIEWS.merge, heading: 'Merge', submit: 'Merge', defect }, [
    ...(offers.length > 0 ? [context(joinMrkdwn([mrkdwn`It looks most like these:`, ...offers]))] : []),
    searchInput(DECISION_INPUTS.into, {
      label: 'Into which defect?',
      hint: 'Its reports move there. A merge can be undone.',
      actionId: OPTIONS.defect,
      placeholder: 'A number or words of the title',
    }),
    ...(preview ? [section(preview)] : []),
  ]);
}

export type ReportInForm = { id: number; title: string; seen: string };

/** `preview` says what the split would do, once reports are picked. */
export function splitModal(
  defect: DefectInForm,
  reports: readonly ReportInForm[],
  preview?: Mrkdwn | undefined,
): ModalView {
  return decisionForm({ callbackId: VIEWS.split, heading: 'Split', submit: 'Split', defect }, [
    textInput(DECISION_INPUTS.title, { label: 'Title of the new defect', limit: TITLE_LIMIT }),
    severalInput(DECISION_INPUTS.reports, {
      label: 'Reports that belong to it',
      options: reports.map(({ id, title, seen }) => option(cleanLine(title, 75), String(id), seen)),
      actionId: ACTIONS.splitPicked,
    }),
    ...(preview ? [section(preview)] : []),
    ...(reports.length > 100 ? [context(mrkdwn`The newest 100 of ${reports.length} reports are offered.`)] : []),
  ]);
}
