import type { ModalView } from '@slack/types';
import { EXIT_BOUNDS, type ExitCriteria, type ExitField } from '../../domain/exit/exit-criteria.ts';
import { HOLD_DAYS } from '../../domain/exit/exit-scorecard.ts';
import { LEAD_ACTIONS, LEAD_VIEWS } from '../kit/ids.ts';
import { textInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { button, section } from '../kit/parts.ts';
import { settingsForm } from '../programs/settings-form.ts';

/** block_id and action_id are the same for every input of the form. */
export const EXIT_INPUTS: Record<ExitField, string> = {
  openUnder: 'open_under',
  holdPercent: 'hold_percent',
  objectiveWeeks: 'objective_weeks',
};

const LABELS: Record<ExitField, string> = {
  openUnder: 'Fewer open defects than …',
  holdPercent: `… percent of fixes hold ${HOLD_DAYS} days`,
  objectiveWeeks: 'Every objective met for … weeks',
};

/** What the program sets for its own end. `metadata` is the program's id. */
export function exitForm(criteria: ExitCriteria, endedAt: Date | null, metadata: string): ModalView {
  return settingsForm(LEAD_VIEWS.exit, 'End of the program', metadata, [
    ...(endedAt === null
      ? [
          section(
            mrkdwn`What has to be true for the program to end. Each review shows how it stands, and once all of it is met its leads are asked. What is left empty is no criterion.`,
          ),
        ]
      : [
          section(
            mrkdwn`The program has ended: triage, digest, reminders and reviews rest.`,
            button(LEAD_ACTIONS.startAgain, 'Start it again', metadata),
          ),
        ]),
    ...(Object.keys(LABELS) as ExitField[]).map((name) =>
      textInput(EXIT_INPUTS[name], {
        label: LABELS[name],
        hint: `${EXIT_BOUNDS[name].least} to ${EXIT_BOUNDS[name].most.toLocaleString('en-GB')}.`,
        limit: 5,
        initial: criteria[name] === null ? null : String(criteria[name]),
        optional: true,
      }),
    ),
  ]);
}

/** What the form says; what is no whole number is refused by the use case, at its field. */
export function parseExit(answered: (blockId: string) => string | null | undefined): ExitCriteria {
  const number = (name: ExitField) => {
    const typed = (answered(EXIT_INPUTS[name]) ?? '').trim();
    if (typed === '') return null;
    return /^\d{1,5}$/.test(typed) ? Number(typed) : Number.NaN;
  };
  return {
    openUnder: number('openUnder'),
    holdPercent: number('holdPercent'),
    objectiveWeeks: number('objectiveWeeks'),
  };
}
