import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine, cleanText } from '../../domain/text.ts';
import type { DefectState } from '../../domain/vocabulary.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { channelLink, joinMrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';
import { counted, momentWords } from '../kit/words.ts';
import { type HeadlineCounts, headlineWords } from './triage-thread.ts';

type EscalatedItem = { ref: DefectRef; title: string; state: DefectState; streak: number };

/** To the program lead: what triage could not settle three times in a row. */
export function escalationMessage(escalation: {
  programName: string;
  channelId: string;
  items: readonly EscalatedItem[];
}): Message {
  const { programName, channelId, items } = escalation;
  const what = `${counted(items.length, 'defect')} in ${programName} ${items.length === 1 ? 'needs' : 'need'} your decision`;
  return message(`${what}: ${items.map(({ ref }) => defectKey(ref.number)).join(', ')}.`, [
    section(
      mrkdwn`*${what}.*\nTriage in ${channelLink(channelId)} has left ${items.length === 1 ? 'it' : 'them'} open three times in a row or more.`,
    ),
    ...items.slice(0, 15).flatMap(({ ref, title, state, streak }) => {
      const line = mrkdwn`*${defectKey(ref.number)}*  ${cleanLine(title, TITLE_LIMIT)}\nOpen through ${streak} threads in a row.`;
      const [action, label] = state === 'new' ? [ACTIONS.accept, 'Accept'] : [ACTIONS.recommit, 'Recommit'];
      return section(line, button(action, label, defectRefValue(ref), { spoken: `${label} ${defectKey(ref.number)}` }));
    }),
    ...(items.length > 15 ? [context(mrkdwn`${items.length - 15} more are in the summary of the thread.`)] : []),
  ]);
}

/** To the next facilitator, a working day ahead. */
export function facilitatorMessage(turn: {
  programName: string;
  channelId: string;
  timeZone: string;
  dueAt: Date;
  counts: HeadlineCounts;
}): Message {
  const when = momentWords(turn.dueAt, turn.timeZone);
  return message(`You facilitate the triage of ${turn.programName}, ${when}.`, [
    section(
      mrkdwn`You facilitate the triage of *${turn.programName}* in ${channelLink(turn.channelId)}, ${when}.\nAs of now: ${headlineWords(turn.counts)}.`,
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

/** The same question once somebody has answered it. */
export function answeredQuestionMessage({
  ref,
  title,
  askedBy,
  question,
  answeredBy,
}: Question & { answeredBy: string }): Message {
  const key = defectKey(ref.number);
  return message(`The question about ${key} has been answered.`, [
    section(
      joinMrkdwn([
        mrkdwn`${mention(askedBy)} asked about *${key}*  ${cleanLine(title, TITLE_LIMIT)}:`,
        quoted(question),
      ]),
    ),
    context(mrkdwn`Answered by ${mention(answeredBy)}. Nothing is left to do.`),
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
