import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { dayWords } from '../kit/words.ts';

export type PastProof = {
  number: number;
  title: string;
  /** The local day at whose end it stood like this. */
  on: string;
  todayOn: string;
  /** Null where no fix had been claimed by then. */
  proof: { progress: string; sentence: string; evidence: readonly { sentence: string }[] } | null;
};

/** How a fix stood on a past day, by what was known then. */
export function pastProofMessage({ number, title, on, todayOn, proof }: PastProof): Message {
  const key = defectKey(number);
  const day = dayWords(on, todayOn);
  if (!proof) {
    const words = `No fix of ${key} had been claimed by the end of ${day}.`;
    return message(words, [section(mrkdwn`*${key}*  ${cleanLine(title, TITLE_LIMIT)}\n${words}`)]);
  }
  const evidence = proof.evidence.map(({ sentence }) => mrkdwn`•  ${sentence}`);
  return message(`${key} at the end of ${day}: ${proof.progress}.`, [
    section(
      mrkdwn`*${key}*  ${cleanLine(title, TITLE_LIMIT)}\nAt the end of ${day}: ${proof.progress}.\n${proof.sentence}`,
    ),
    ...(evidence.length > 0 ? [section(joinMrkdwn(evidence))] : []),
    context(mrkdwn`By what was known then; what was filed or decided later is left out.`),
  ]);
}
