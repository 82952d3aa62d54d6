import type { KnownBlock, ModalView } from '@slack/types';
import { type DefectOfForm, defectForm } from '../defects/defect-form.ts';
import { VIEWS } from '../kit/ids.ts';
import { dayInput, textInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { context } from '../kit/parts.ts';

/** The names of the inputs, which are also the fields that a refusal may name. */
export const REMINDER_INPUTS = { until: 'until', due: 'due', reason: 'reason' } as const;

/** Asks until when, and why, somebody does not want to be reminded of a defect. */
export function snoozeModal(asked: DefectOfForm & { untilOn: string }): ModalView {
  return defectForm(asked, VIEWS.snooze, 'Snooze', [
    dayInput(REMINDER_INPUTS.until, { label: 'Remind me again from', initialOn: asked.untilOn }),
    reasonInput('Why it can wait'),
    context(mrkdwn`Only your reminders stop. The defect keeps its due date and its place in the list.`),
  ]);
}

/** Asks for another due date, and why. */
export function changeDueModal(asked: DefectOfForm & { dueOn: string | null }): ModalView {
  return defectForm(asked, VIEWS.changeDue, 'Change date', [
    dayInput(REMINDER_INPUTS.due, { label: 'New due date', initialOn: asked.dueOn }),
    reasonInput('Why the date moves'),
    context(mrkdwn`The old date, the new one and the reason stay in the defect's history.`),
  ]);
}

function reasonInput(label: string): KnownBlock {
  return textInput(REMINDER_INPUTS.reason, { label, limit: 500, lines: true });
}
