import type { KnownBlock } from '@slack/types';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine, cleanText } from '../../domain/text/clean-text.ts';
import { localDateOn, localTimeAt } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { channelLink, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';
import { dayWords, listed, weekdayName } from '../kit/words.ts';
import { decisionButtons } from './decision-buttons.ts';
import { itemFacts, type UndecidedItem } from './triage-item.ts';

/** Three blocks each, and Slack takes fifty. */
const SHOWN = 12;

export type EscalatedItem = {
  defect: { number: number; title: string };
  undecided: UndecidedItem | undefined;
  settled: Mrkdwn | null;
};

/** To the program lead: what triage could not settle three times in a row, with all that can be decided about it. */
export function escalationMessage(escalation: {
  channelId: string;
  /** Each with a sentence where it does not wait any more. */
  items: readonly EscalatedItem[];
}): Message {
  const { channelId, items } = escalation;
  const waiting = items.filter(({ settled, undecided }) => settled === null && undecided);
  const keys = waiting.map(({ defect }) => defectKey(defect.number));
  const asked =
    waiting.length === 0
      ? 'Nothing is left to decide here.'
      : `${listed(keys)} ${waiting.length === 1 ? 'needs' : 'need'} your decision.`;
  return message(asked, [
    section(
      mrkdwn`*${asked}*\nTriage in ${channelLink(channelId)} left ${items.length === 1 ? 'it' : 'them'} open three times in a row.`,
    ),
    ...items.slice(0, SHOWN).flatMap(escalatedBlocks),
    ...(items.length > SHOWN ? [context(mrkdwn`${items.length - SHOWN} more are in the summary of the thread.`)] : []),
  ]);
}

function escalatedBlocks({ defect, undecided, settled }: EscalatedItem): KnownBlock[] {
  if (undecided && !settled) {
    const { ref, suggestion } = undecided;
    const buttons = decisionButtons(undecided.defect, ref, suggestion);
    return [...itemFacts(undecided), actions(`escalated_${defect.number}`, buttons)];
  }
  const title = mrkdwn`*${defectKey(defect.number)}*  ${cleanLine(defect.title, TITLE_LIMIT)}`;
  return [section(joinMrkdwn([title, settled ?? mrkdwn`Nothing is left to decide.`]))];
}

/** To the next facilitator, a working day ahead. */
export function facilitatorMessage(turn: { channelId: string; timeZone: string; dueAt: Date }): Message {
  const { channelId, timeZone, dueAt } = turn;
  const dueOn = localDateOn(dueAt, timeZone);
  const when = `(${dayWords(dueOn)}, ${localTimeAt(dueAt, timeZone)})`;
  return message(`You facilitate ${weekdayName(dueOn)}'s triage ${when}.`, [
    section(
      mrkdwn`You facilitate ${weekdayName(dueOn)}'s triage in ${channelLink(channelId)} ${when}: open the thread, get each item decided, close it.`,
    ),
  ]);
}

export type Question = { ref: DefectRef; title: string; askedBy: string; question: string };

/** To somebody who reported the defect: one question, one button. */
export function questionMessage({ ref, title, askedBy, question }: Question): Message {
  const key = defectKey(ref.number);
  return message(`A question about ${key}, which you reported: ${question}`, [
    section(
      joinMrkdwn([
        mrkdwn`${mention(askedBy)} asks about *${key}*  ${cleanLine(title, TITLE_LIMIT)}, which you reported:`,
        quoted(question),
      ]),
    ),
    actions('question', [
      button(ACTIONS.answerQuestion, 'Answer', defectRefValue(ref), {
        style: 'primary',
        spoken: `Answer about ${key}`,
      }),
    ]),
  ]);
}

/** The same question once somebody has answered it, or it has been asked anew. */
export function answeredQuestionMessage({
  ref,
  title,
  askedBy,
  question,
  answeredBy,
}: Question & { answeredBy: string | null }): Message {
  const key = defectKey(ref.number);
  const became = answeredBy
    ? mrkdwn`Answered by ${mention(answeredBy)}. Nothing is left to do.`
    : mrkdwn`It has been asked anew since. Nothing is left to do here.`;
  return message(`The question about ${key} has been ${answeredBy ? 'answered' : 'asked anew'}.`, [
    section(
      joinMrkdwn([
        mrkdwn`${mention(askedBy)} asked about *${key}*  ${cleanLine(title, TITLE_LIMIT)}:`,
        quoted(question),
      ]),
    ),
    context(became),
  ]);
}

/** To whoever asked. */
export function answerMessage({
  ref,
  title,
  question,
  answer,
  answeredBy,
}: Omit<Question, 'askedBy'> & { answer: string; answeredBy: string }): Message {
  const key = defectKey(ref.number);
  return message(`An answer about ${key}: ${answer}`, [
    section(
      joinMrkdwn([
        mrkdwn`${mention(answeredBy)} answered your question about *${key}*  ${cleanLine(title, TITLE_LIMIT)}.`,
        quoted(question),
        mrkdwn`*Answer*`,
        quoted(answer),
      ]),
    ),
  ]);
}

/** What somebody typed, set apart line by line. */
function quoted(text: string) {
  return joinMrkdwn(
    cleanText(text, 1000)
      .split('\n')
      .map((line) => mrkdwn`> ${line}`),
  );
}
