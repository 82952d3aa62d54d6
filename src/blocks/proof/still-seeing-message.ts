import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';
import { dayWords } from '../kit/words.ts';

export type StillSeeing = {
  programId: number;
  number: number;
  title: string;
  /** The local day of the deployment. */
  fixedOn: string;
  /** What the person said, or what became of the fix before they did. */
  answer: 'yes' | 'no' | 'proven' | 'failed' | null;
};

const ANSWERED: Record<NonNullable<StillSeeing['answer']>, (key: string) => string> = {
  yes: (key) => `Thank you. That you still see ${key} counts as a report.`,
  no: (key) => `Thank you. It is noted that you no longer see ${key}.`,
  proven: (key) => `The fix of ${key} is proven, so this needs no answer any more. If you see it again, report it.`,
  failed: (key) => `The fix of ${key} did not hold, so this needs no answer any more.`,
};

/** Asks somebody who reported a defect whether the claimed fix holds for them; the same post once they have answered. */
export function stillSeeingMessage({ programId, number, title, fixedOn, answer }: StillSeeing): Message {
  const key = defectKey(number);
  const ref = defectRefValue({ programId, number });
  const named = mrkdwn`*${key}*  ${cleanLine(title, TITLE_LIMIT)}`;
  if (answer) {
    const text = ANSWERED[answer](key);
    return message(text, [section(mrkdwn`${named}\n${text}`)]);
  }
  const text = `A fix of ${key} is out since ${dayWords(fixedOn)}. Are you still seeing it?`;
  return message(text, [
    section(mrkdwn`${named}\nYou reported this. A fix is out since ${dayWords(fixedOn)}. Are you still seeing it?`),
    actions(`still_seeing_${number}`, [
      button(ACTIONS.stillSeeing, 'Still seeing it', ref, { spoken: `Still seeing ${key}` }),
      button(ACTIONS.notSeeing, 'Not any more', ref, { spoken: `Not seeing ${key} any more` }),
    ]),
  ]);
}
