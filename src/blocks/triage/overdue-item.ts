import type { ModalView } from '@slack/types';
import { DUE_SPANS, type DueSpan } from '../../domain/defects/default-due.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { choiceInput } from '../kit/inputs.ts';
import { joinMrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, option, plain, section } from '../kit/parts.ts';
import { counted, dayWords, SPAN_WORDS } from '../kit/words.ts';

export type OverdueDefect = { number: number; title: string; ownerId: string | null; dueOn: string };

const SHOWN = 8;
const TITLE = 70;

/** The one item that all overdue defects with an owner share. `dated` were overdue when the thread opened and are not now. */
export function overdueItem(shared: {
  ref: { programId: number; triageId: number };
  overdue: readonly OverdueDefect[];
  all: number;
  answered: { by: string } | null;
  isClosed: boolean;
}): Message {
  const { ref, overdue, all, answered, isClosed } = shared;
  if (answered || overdue.length === 0 || isClosed) return answeredItem(shared);
  const lines = overdue
    .slice(0, SHOWN)
    .map(
      ({ number, title, ownerId, dueOn }) =>
        mrkdwn`${defectKey(number)} ${cleanLine(title, TITLE)}: ${ownerId ? mention(ownerId) : 'nobody'}, due ${dayWords(dueOn)}`,
    );
  const more = overdue.length - lines.length;
  const dated = all - overdue.length;
  const asked = `${overdue.length} overdue: new dates?`;
  return message(asked, [
    section(joinMrkdwn([mrkdwn`*${asked}*`, ...lines, ...(more > 0 ? [mrkdwn`and ${more} more`] : [])])),
    ...(dated > 0 ? [context(mrkdwn`${dated} of ${all} ${dated === 1 ? 'is' : 'are'} no longer overdue.`)] : []),
    actions('overdue', [
      button(ACTIONS.newDates, 'Set new dates', `${ref.programId}.${ref.triageId}`, { style: 'primary' }),
    ]),
  ]);
}

function answeredItem({
  overdue,
  all,
  answered,
}: {
  overdue: readonly OverdueDefect[];
  all: number;
  answered: { by: string } | null;
}): Message {
  const dated = all - overdue.length;
  const left =
    overdue.length === 0 ? '' : ` Still overdue: ${overdue.map(({ number }) => defectKey(number)).join(', ')}.`;
  const sentence = answered
    ? mrkdwn`${mention(answered.by)} set new dates: ${dated} of ${all} overdue ${dated === 1 ? 'has' : 'have'} one.${left}`
    : dated === 0
      ? mrkdwn`Nobody set new dates.${left}`
      : mrkdwn`${dated} of ${all} ${dated === 1 ? 'is' : 'are'} no longer overdue.${left}`;
  return message(`New dates: ${dated} of ${all}.`, [section(sentence)]);
}

/** What stands for no new date. */
export const LEAVE = 'leave';

export type DatableDefect = OverdueDefect & {
  /** The span that its severity has by default, and the day on which each span ends. */
  usual: DueSpan;
  dueAfter: Record<DueSpan, string>;
};

/** An input for each is named by its number. */
export function newDateInput(number: number): string {
  return `due_${number}`;
}

/** Slack shows a hundred blocks; more are offered once these have a date. */
const FITTING = 40;

/** One form for all that are overdue. `metadata` names the program and the triage. */
export function newDatesModal(defects: readonly DatableDefect[], metadata: string): ModalView {
  const shown = defects.slice(0, FITTING);
  return {
    type: 'modal',
    callback_id: VIEWS.newDates,
    private_metadata: metadata,
    title: plain('New dates', 24),
    submit: plain('Set dates', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(mrkdwn`${counted(defects.length, 'defect')} overdue. Their owners are told.`),
      ...shown.map(({ number, title, dueOn, usual, dueAfter }) =>
        choiceInput(newDateInput(number), {
          label: `${defectKey(number)} ${cleanLine(title, TITLE)}, was due ${dayWords(dueOn)}`,
          options: [
            ...DUE_SPANS.map((span) => option(`${dayWords(dueAfter[span])}, in ${SPAN_WORDS[span]}`, dueAfter[span])),
            option('Leave it overdue', LEAVE),
          ],
          initial: dueAfter[usual],
        }),
      ),
      ...(defects.length > shown.length
        ? [context(mrkdwn`${defects.length - shown.length} more follow after these.`)]
        : []),
    ],
  };
}
