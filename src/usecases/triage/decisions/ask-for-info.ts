import {
  answeredQuestionMessage,
  answerMessage,
  type Question,
  questionMessage,
} from '../../../blocks/triage/triage-notes.ts';
import { type Defect, updateDefect } from '../../../db/defects/defects.ts';
import { type DefectEvent, listEvents, logChange } from '../../../db/defects/events.ts';
import type { Db } from '../../../db/engine/client.ts';
import { enqueuePost, enqueueUpdate } from '../../../db/messages/outbox.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { listReports } from '../../../db/reports/reports.ts';
import { requireReason } from '../../../domain/defects/require-reason.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { cleanText } from '../../../domain/text/clean-text.ts';
import { defectKey } from '../../../domain/vocabulary.ts';
import { because, type Doing, holdDefect, holdOpenDefect } from '../../doing.ts';
import { addressOf } from '../render-triage.ts';
import { settleTriageItem } from './settle-triage-item.ts';

/** More people than this make nobody feel asked. */
const ASKED_AT_MOST = 3;
const ANSWER_LIMIT = 1000;

/** Asks the last reporters of a defect by DM, each with one button to answer. */
export async function askForInfo(
  db: Db,
  program: Program,
  number: number,
  question: string,
  doing: Doing,
): Promise<{ defect: Defect; askedIds: string[] }> {
  return db.transaction(async (tx) => {
    const defect = await holdOpenDefect(tx, program, number);
    const words = requireReason(question);
    const askedIds = await reportersToAsk(tx, defect, doing.by);
    const events = await listEvents(tx, defect.id);
    const round = events.filter(({ kind }) => kind === 'info_asked').length + 1;
    await retireQuestions(tx, program, defect, events, doing);
    await logChange(tx, defect, 'info_asked', because(doing, words, { askedIds, round }));
    const asked = await updateDefect(tx, defect.id, { askedAt: doing.now, askedUserId: askedIds[0] ?? null });
    // Whoever a sample names is invented, or has only loaded it.
    for (const userId of defect.isSample ? [] : askedIds) {
      await enqueuePost(tx, {
        ...addressOf(program, doing.now),
        channel: userId,
        dedupeKey: questionKey(defect, round, userId),
        body: questionMessage(questionOf(program, defect, doing.by, words)),
      });
    }
    await settleTriageItem(tx, program, asked, 'need_info', doing);
    return { defect: asked, askedIds };
  });
}

/** Keeps the answer in the log, tells whoever asked, and takes the question back from the others who were asked. */
export async function answerQuestion(
  db: Db,
  program: Program,
  number: number,
  answer: string,
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    const words = cleanText(answer, ANSWER_LIMIT);
    if (!words) throw new Refusal('Write a few words, or close this form.', 'answer');
    const asked = (await listEvents(tx, defect.id)).findLast(({ kind }) => kind === 'info_asked');
    if (!asked?.actorId) throw new Refusal(`Nobody has asked about ${defectKey(number)}.`);
    if (!askedIdsOf(asked).includes(doing.by)) throw new Refusal(`You were not asked about ${defectKey(number)}.`);
    await logChange(tx, defect, 'info_given', because(doing, words, { askedBy: asked.actorId }));
    const question = questionOf(program, defect, asked.actorId, asked.why);
    await takeBack(tx, program, defect, asked, { ...question, answeredBy: doing.by }, doing);
    if (!defect.isSample)
      await enqueuePost(tx, {
        ...addressOf(program, doing.now),
        channel: asked.actorId,
        dedupeKey: `answer:${defect.id}:${asked.data?.round}:${doing.by}:${doing.now.toISOString()}`,
        body: answerMessage({ ...question, answer: words, answeredBy: doing.by }),
      });
    return updateDefect(tx, defect.id, { askedAt: null, askedUserId: null });
  });
}

/** Only the last question can be answered, so earlier ones that nobody answered lose their buttons. */
async function retireQuestions(
  tx: Db,
  program: Program,
  defect: Defect,
  events: readonly DefectEvent[],
  doing: Doing,
): Promise<void> {
  const answered = events.findLastIndex(({ kind }) => kind === 'info_given');
  for (const asked of events.slice(answered + 1)) {
    if (asked.kind !== 'info_asked' || !asked.actorId) continue;
    const question = questionOf(program, defect, asked.actorId, asked.why);
    await takeBack(tx, program, defect, asked, { ...question, answeredBy: null }, doing);
  }
}

async function takeBack(
  tx: Db,
  program: Program,
  defect: Defect,
  asked: DefectEvent,
  question: Question & { answeredBy: string | null },
  doing: Doing,
): Promise<void> {
  if (defect.isSample) return;
  for (const userId of askedIdsOf(asked)) {
    await enqueueUpdate(tx, {
      ...addressOf(program, doing.now),
      channel: userId,
      targetKey: questionKey(defect, Number(asked.data?.round), userId),
      body: answeredQuestionMessage(question),
    });
  }
}

function askedIdsOf({ data }: DefectEvent): string[] {
  return (data?.askedIds ?? []) as string[];
}

/** The last people who reported it themselves; imports and machines cannot be asked. */
async function reportersToAsk(tx: Db, defect: Defect, askedBy: string): Promise<string[]> {
  const recent = await listReports(tx, defect.id, 100);
  const people = recent.filter(({ source }) => source === 'slack').map(({ reporterId }) => reporterId);
  const others = [...new Set(people)].filter((id) => id !== askedBy).slice(0, ASKED_AT_MOST);
  if (others.length > 0) return others;
  throw new Refusal(
    people.length > 0
      ? `You reported ${defectKey(defect.number)} yourself, and nobody else has. There is nobody to ask.`
      : `${defectKey(defect.number)} was not reported by anybody here, so there is nobody to ask.`,
    'reason',
  );
}

function questionOf(program: Program, defect: Defect, askedBy: string, question: string): Question {
  return { ref: { programId: program.id, number: defect.number }, title: defect.title, askedBy, question };
}

function questionKey(defect: Defect, round: number, userId: string): string {
  return `question:${defect.id}:${round}:${userId}`;
}
