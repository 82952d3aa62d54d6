import type { ModalView } from '@slack/types';
import { ENVIRONMENT_LIMIT, TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type DefectOfForm, defectForm } from '../defects/defect-form.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { momentInput, textInput } from '../kit/inputs.ts';
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
  answer: 'yes' | 'no' | 'proven' | 'failed' | 'reduced' | null;
};

const ANSWERED: Record<NonNullable<StillSeeing['answer']>, (key: string) => string> = {
  yes: (key) => `Thank you. What you saw of ${key} is a report now.`,
  no: (key) => `Thank you. You have not seen ${key} since the fix.`,
  proven: (key) => `The fix of ${key} is proven, so this needs no answer any more. If you see it again, report it.`,
  failed: (key) => `The fix of ${key} did not hold, so this needs no answer any more.`,
  reduced: (key) => `${key} is seen less since the fix, and not gone, so this needs no answer any more.`,
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
  const text = `A fix of ${key} went out on ${dayWords(fixedOn)}. Have you seen it since?`;
  return message(text, [
    section(mrkdwn`${named}\nYou reported this. A fix went out on ${dayWords(fixedOn)}. Have you seen it since?`),
    actions(`still_seeing_${number}`, [
      button(ACTIONS.stillSeeing, 'Yes, I have', ref, { spoken: `I have seen ${key} since` }),
      button(ACTIONS.notSeeing, 'No', ref, { spoken: `I have not seen ${key} since` }),
    ]),
  ]);
}

/** The names of the inputs, which are also the fields that a refusal may name. */
export const SIGHTING_INPUTS = { seenAt: 'seen_at', environment: 'environment' } as const;

/** Asks whoever has seen it since when and where: only that tells whether it counts against the fix. */
export function sightingModal(asked: DefectOfForm & { now: Date; environment: string | null }): ModalView {
  return defectForm(asked, VIEWS.stillSeeing, 'Seen again', [
    momentInput(SIGHTING_INPUTS.seenAt, { label: 'When did you see it last?', initialAt: asked.now }),
    textInput(SIGHTING_INPUTS.environment, {
      label: 'Where?',
      limit: ENVIRONMENT_LIMIT,
      initial: asked.environment,
      placeholder: 'production, europe-west1',
      optional: true,
    }),
  ]);
}
