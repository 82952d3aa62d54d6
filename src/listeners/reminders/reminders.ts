import type { ModalView } from '@slack/types';
import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { dayWords } from '../../blocks/kit/words.ts';
import { changeDueModal, REMINDER_INPUTS, snoozeModal } from '../../blocks/reminders/reminder-modals.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { addDays } from '../../domain/time/local-date.ts';
import { localDateOn, nextWorkingDay } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { onButton, onOpen } from '../../requests/listen/on-button.ts';
import { onForm } from '../../requests/listen/on-form.ts';
import { changeDue } from '../../usecases/defects/change-defect.ts';
import { findOrRefuse } from '../../usecases/defects/show-defect.ts';
import type { Db, Program } from '../../usecases/doing.ts';
import { confirmFix } from '../../usecases/proof/confirm-fix.ts';
import { snoozeDefect } from '../../usecases/reminders/snooze-defect.ts';
import { defectForm } from '../defects/defect-form.ts';
import { defectInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

const SNOOZE_DAYS = 7;

/** The buttons of reminders and of the question to a second person, and the forms that they open. */
export function registerReminders(deps: Deps): void {
  const { db } = deps;
  onOpen(deps, ACTIONS.snooze, {
    right: 'decide',
    names: defectInValue,
    view: ({ program, named: { number }, now }) => snoozeForm(db, program, number, now),
  });
  onOpen(deps, ACTIONS.changeDue, {
    right: 'decide',
    names: defectInValue,
    view: async ({ program, named: { number }, now }) => {
      const { title, dueOn } = await findOrRefuse(db, program, number);
      const todayOn = localDateOn(now, program.timeZone);
      const ref = { programId: program.id, number };
      return changeDueModal({ ref, title, dueOn: dueOn !== null && dueOn >= todayOn ? dueOn : null });
    },
  });

  onButton(deps, ACTIONS.confirmFix, {
    right: 'answer',
    names: defectInValue,
    work: async (tx, { program, named: { number }, doing }) => {
      await confirmFix(tx, program, number, doing);
    },
  });

  onForm(
    deps,
    VIEWS.snooze,
    defectForm(async (tx, { program, named: { number }, form, doing }) => {
      const untilOn = form.day(REMINDER_INPUTS.until) ?? '';
      await snoozeDefect(tx, program, number, { untilOn, reason: form.text(REMINDER_INPUTS.reason) }, doing);
      return mrkdwn`You will not be reminded of ${defectKey(number)} before ${dayWords(untilOn)}.`;
    }),
  );
  onForm(
    deps,
    VIEWS.changeDue,
    defectForm(async (tx, { program, named: { number }, form, doing }) => {
      const dueOn = form.day(REMINDER_INPUTS.due);
      if (!dueOn) throw new Refusal('Pick the day it should be fixed by.', REMINDER_INPUTS.due);
      await changeDue(tx, program, number, { dueOn, reason: form.text(REMINDER_INPUTS.reason) }, doing);
      return mrkdwn`${defectKey(number)} is due ${dayWords(dueOn)} now.`;
    }),
  );
}

/** The form of a snooze, for a week of working time unless another day is picked. */
export async function snoozeForm(db: Db, program: Program, number: number, now: Date): Promise<ModalView> {
  const { title } = await findOrRefuse(db, program, number);
  const inAWeek = addDays(localDateOn(now, program.timeZone), SNOOZE_DAYS - 1);
  const ref = { programId: program.id, number };
  return snoozeModal({ ref, title, untilOn: nextWorkingDay(inAWeek, program) });
}
