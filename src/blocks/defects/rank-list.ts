import { defectKey } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';
import { sampleLine } from '../programs/sample-message.ts';
import { type DefectFacts, standingLine } from './defect-card.ts';

export const LIST_PAGE = 10;
/** Nobody pages further, so more are not counted. */
export const LIST_COUNTED = 1_000;

export type RankPage = {
  /** What the list is of, e.g. "Open defects in billing". */
  heading: string;
  /** Said when there is none. */
  nothing: string;
  /** Up to one more than are counted. */
  total: number;
  offset: number;
  defects: readonly DefectFacts[];
  todayOn: string;
  hasSample: boolean;
  /** Given back when the next page is asked for. */
  pageValue: (offset: number) => string;
};

export function rankList(page: RankPage): Message {
  const { heading, total, offset, defects, todayOn } = page;
  if (defects.length === 0) return message(page.nothing, [section(mrkdwn`${page.nothing}`)]);
  const end = offset + defects.length;
  const all = total > LIST_COUNTED ? `more than ${LIST_COUNTED.toLocaleString('en-GB')}` : String(total);
  const range = total > defects.length ? `, ${offset + 1} to ${end} of ${all}` : '';
  const text = `${heading}${range}: ${defects.map(({ number, title }) => `${defectKey(number)} ${title}`).join('; ')}`;
  const turns = [
    ...(offset > 0 ? [button(ACTIONS.listPage, 'Previous', page.pageValue(Math.max(0, offset - LIST_PAGE)))] : []),
    ...(end < total ? [button(ACTIONS.listNextPage, 'Next', page.pageValue(end))] : []),
  ];
  return message(text, [
    section(mrkdwn`*${heading}${range}*`),
    ...defects.map((defect, i) =>
      section(
        mrkdwn`${offset + i + 1}. *${defectKey(defect.number)}* ${defect.title}\n${standingLine(defect, todayOn)}`,
        button(ACTIONS.showDefect, 'Show', defectRefValue({ programId: defect.programId, number: defect.number }), {
          spoken: `Show ${defectKey(defect.number)}`,
        }),
      ),
    ),
    ...(turns.length > 0 ? [actions('pages', turns)] : []),
    ...(page.hasSample ? [sampleLine()] : []),
    context(
      mrkdwn`${total === 1 ? '1 defect' : `${all} defects`}, ranked by harm, and lower after an unusual silence. \`/defect why ${defects[0]?.number ?? 1}\` explains a rank.`,
    ),
  ]);
}
