import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { counted, listed } from '../../blocks/kit/words.ts';
import { choiceName, decideSeveralModal, SEVERAL_REASON } from '../../blocks/triage/decide-several.ts';
import { LEAVE, newDateInput, newDatesModal } from '../../blocks/triage/overdue-item.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { isLocalDate } from '../../domain/time/local-date.ts';
import { parseChoice } from '../../domain/triage/decide-several.ts';
import { defectKey, isDefectNumber } from '../../domain/vocabulary.ts';
import { type Naming, TOO_OLD } from '../../requests/door.ts';
import { tellAlone } from '../../requests/listen/answer.ts';
import type { FormAnswers } from '../../requests/listen/form-answers.ts';
import { onButton, onOpen } from '../../requests/listen/on-button.ts';
import { doneAnswer, onForm } from '../../requests/listen/on-form.ts';
import { readUndecided } from '../../usecases/triage/agenda/read-undecided.ts';
import { type Chosen, decideSeveral } from '../../usecases/triage/decisions/decide-several.ts';
import { readOverdue, setNewDates } from '../../usecases/triage/decisions/set-new-dates.ts';
import { undoSeveral } from '../../usecases/triage/decisions/undo-several.ts';
import { openTriageNow } from '../../usecases/triage/open-triage-now.ts';
import { NO_ID, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

/** A program, and one of its triages or of its batches of decisions. */
type PartOfProgram = { programId: number; id: number };

const partIn = (text: string): PartOfProgram => {
  const [programId, id] = text.split('.').map(Number);
  return { programId: programId ?? NO_ID, id: id ?? NO_ID };
};
const partInValue: Naming<PartOfProgram> = ({ value }) => partIn(value);
const partInMetadata: Naming<PartOfProgram> = ({ view }) => partIn(view?.private_metadata ?? '');

/** What is done about many defects of a thread at once, and to a thread as a whole. */
export function registerSeveral(deps: Deps): void {
  const { db } = deps;
  onOpen(deps, ACTIONS.decideSeveral, {
    right: 'decide',
    names: partInValue,
    view: async ({ program, named: { id }, now }) =>
      decideSeveralModal(await readUndecided(db, program, id, now), `${program.id}.${id}`),
  });
  onForm(deps, VIEWS.decideSeveral, {
    right: 'decide',
    names: partInMetadata,
    check: async ({ program, form, ...of }) => {
      for (const { number, choice } of chosenIn(form)) {
        if ('ownerId' in choice) await deps.gate.mustSee(of, program, choice.ownerId, choiceName(number));
      }
    },
    work: (tx, { program, named: { id }, form, doing }) =>
      decideSeveral(tx, program, id, { chosen: chosenIn(form), reason: form.text(SEVERAL_REASON) }, doing),
    answer: ({ decided, passedOver }) =>
      passedOver.length === 0
        ? null
        : doneAnswer(
            mrkdwn`${counted(decided.length, 'item')} decided. Somebody else had decided ${listed(passedOver.map(defectKey))} before.`,
          ),
  });
  onButton(deps, ACTIONS.undoSeveral, {
    right: 'decide',
    names: partInValue,
    work: async (tx, { program, named: { id }, doing }) => {
      await undoSeveral(tx, program, id, doing);
    },
  });

  onOpen(deps, ACTIONS.newDates, {
    right: 'decide',
    names: partInValue,
    view: async ({ program, named: { id }, now }) =>
      newDatesModal(await readOverdue(db, program, id, now), `${program.id}.${id}`),
  });
  onForm(deps, VIEWS.newDates, {
    right: 'decide',
    names: partInMetadata,
    work: async (tx, { program, named: { id }, form, doing }) => {
      await setNewDates(tx, program, id, datesIn(form), doing);
    },
    answer: () => null,
  });

  onButton(deps, ACTIONS.openTriage, {
    right: 'decide',
    names: programInValue,
    work: (tx, { program, doing }) => openTriageNow(tx, program, doing),
    tell: (message, asked) => tellAlone(asked)(message),
  });
}

function chosenIn(form: FormAnswers): Chosen[] {
  return numbersIn(form, choiceName).map((number) => {
    const choice = parseChoice(form.choice(choiceName(number)) ?? '');
    if (!choice) throw new Refusal('Pick one of the answers.', choiceName(number));
    return { number, choice };
  });
}

function datesIn(form: FormAnswers): { number: number; dueOn: string }[] {
  return numbersIn(form, newDateInput).flatMap((number) => {
    const dueOn = form.choice(newDateInput(number));
    if (dueOn === LEAVE) return [];
    if (!dueOn || !isLocalDate(dueOn)) throw new Refusal('Pick one of the dates.', newDateInput(number));
    return [{ number, dueOn }];
  });
}

/** The defects that a form asks about, by the names of its inputs. */
function numbersIn({ names }: FormAnswers, nameOf: (number: number) => string): number[] {
  return names.flatMap((name) => {
    const number = Number(/_(\d{1,10})$/.exec(name)?.[1]);
    if (nameOf(number) !== name) return [];
    if (!isDefectNumber(number)) throw new Refusal(TOO_OLD);
    return [number];
  });
}
