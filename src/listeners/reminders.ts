import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { ACTIONS, VIEWS } from '../blocks/ids.ts';
import { mrkdwn } from '../blocks/mrkdwn.ts';
import { changeDueModal, REMINDER_INPUTS, snoozeModal } from '../blocks/reminder-modals.ts';
import { dayWords } from '../blocks/words.ts';
import { addDays } from '../domain/local-date.ts';
import { Refusal } from '../domain/refusal.ts';
import { defectKey } from '../domain/vocabulary.ts';
import { localDateOn, nextWorkingDay } from '../domain/working-time.ts';
import { changeDue } from '../usecases/change-defect.ts';
import { confirmFix } from '../usecases/confirm-fix.ts';
import type { Doing } from '../usecases/doing.ts';
import { findOrRefuse } from '../usecases/show-defect.ts';
import { snoozeDefect } from '../usecases/snooze-defect.ts';
import { answer } from './answer.ts';
import { type AnswerForm, answerForms, defectOf, type Named } from './defect-forms.ts';
import type { Deps } from './deps.ts';
import { onQuietButton } from './quiet-button.ts';
import { tellAlone } from './slack-context.ts';

const SNOOZE_DAYS = 7;

/** The buttons of reminders and of the question to a second person, and the forms that they open. */
export function registerReminders(app: App, deps: Deps): void {
  for (const actionId of [ACTIONS.snooze, ACTIONS.changeDue]) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, action, client }) => {
      await ack();
      await answer(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
        const named = await defectOf(deps, body, action.value);
        const doing = { by: body.user.id, now: deps.clock.now() };
        const view = await (actionId === ACTIONS.snooze ? snoozeForm : changeDueForm)(deps, named, doing);
        const opening = { trigger_id: body.trigger_id, view };
        await (body.view?.type === 'modal' ? client.views.push(opening) : client.views.open(opening));
      });
    });
  }

  onQuietButton(app, deps, ACTIONS.confirmFix, async (db, { body, value, doing }) => {
    const { program, number } = await defectOf({ ...deps, db }, body, value);
    await confirmFix(db, program, number, doing);
  });

  answerForms(app, deps, FORMS);
}

/** Opens the form of a snooze for a defect that somebody typed. */
export async function openSnoozeForm(
  deps: Deps,
  client: WebClient,
  asked: Named & { triggerId: string; doing: Doing },
): Promise<void> {
  const view = await snoozeForm(deps, asked, asked.doing);
  await client.views.open({ trigger_id: asked.triggerId, view });
}

async function snoozeForm(deps: Deps, { program, number }: Named, doing: Doing): Promise<ModalView> {
  const { title } = await findOrRefuse(deps.db, program, number);
  const inAWeek = addDays(localDateOn(doing.now, program.timeZone), SNOOZE_DAYS - 1);
  const ref = { programId: program.id, number };
  return snoozeModal({ ref, title, untilOn: nextWorkingDay(inAWeek, program) });
}

async function changeDueForm(deps: Deps, { program, number }: Named, doing: Doing): Promise<ModalView> {
  const { title, dueOn } = await findOrRefuse(deps.db, program, number);
  const todayOn = localDateOn(doing.now, program.timeZone);
  const ref = { programId: program.id, number };
  return changeDueModal({ ref, title, dueOn: dueOn !== null && dueOn >= todayOn ? dueOn : null });
}

const FORMS: Record<string, AnswerForm> = {
  [VIEWS.snooze]: async ({ db }, { program, number }, answers, doing) => {
    const untilOn = answers.day(REMINDER_INPUTS.until) ?? '';
    await snoozeDefect(db, program, number, { untilOn, reason: answers.text(REMINDER_INPUTS.reason) }, doing);
    return mrkdwn`You will not be reminded of ${defectKey(number)} before ${dayWords(untilOn)}.`;
  },
  [VIEWS.changeDue]: async ({ db }, { program, number }, answers, doing) => {
    const dueOn = answers.day(REMINDER_INPUTS.due);
    if (!dueOn) throw new Refusal('Pick the day it should be fixed by.', REMINDER_INPUTS.due);
    await changeDue(db, program, number, { dueOn, reason: answers.text(REMINDER_INPUTS.reason) }, doing);
    return mrkdwn`${defectKey(number)} is due ${dayWords(dueOn)} now.`;
  },
};
