import type { DefectRef } from '../../blocks/kit/defect-ref.ts';
import { ACTIONS, OPTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { option } from '../../blocks/kit/parts.ts';
import { DECISION_INPUTS } from '../../blocks/triage/decision-form.ts';
import { decidedModal } from '../../blocks/triage/decision-modals.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import type { Asked } from '../../requests/door.ts';
import { readForm } from '../../requests/listen/form-answers.ts';
import { onButton, onChange, onOpen } from '../../requests/listen/on-button.ts';
import { doneAnswer, onForm, showAnswer } from '../../requests/listen/on-form.ts';
import { onOptions } from '../../requests/listen/on-options.ts';
import { listDefectsToPick } from '../../usecases/defects/list-defects-to-pick.ts';
import { closeTriageByHand } from '../../usecases/triage/close-triage-by-hand.ts';
import { findEarlierDecision } from '../../usecases/triage/decisions/find-decision.ts';
import { defectInDecision, defectInValue, NO_ID } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { ANSWERS, PEOPLE_NAMED, rightFor } from './decision-answers.ts';
import { FORM_ACTIONS, type FormAction, formFor, isFormAction } from './decision-forms.ts';

/** The buttons of decisions, wherever they stand, and the forms that they open. */
export function registerDecisions(deps: Deps): void {
  const { db } = deps;
  for (const action of FORM_ACTIONS) {
    onOpen(deps, action, {
      right: action === ACTIONS.answerQuestion ? 'answer' : 'decide',
      names: defectInValue,
      view: (asked) => decisionView(deps, action, asked),
    });
  }

  onOpen(deps, ACTIONS.moreDecisions, {
    right: 'decide',
    names: (received) => {
      const [action = '', value = ''] = received.value.split('|');
      if (!isFormAction(action))
        throw new Refusal('This menu is too old to be used. Find the defect with `/defect list`.');
      return { action, ...defectInValue({ ...received, value }) };
    },
    view: (asked) => decisionView(deps, asked.named.action, asked),
  });

  onChange(deps, ACTIONS.judgeFix, {
    right: 'decide',
    names: defectInDecision,
    change: async ({ client, view, program, named, userId, now }) => {
      if (!view) return;
      const form = readForm(view.state.values);
      const filled = { ownerId: form.person(DECISION_INPUTS.owner), dueOn: form.day(DECISION_INPUTS.due) };
      const action = view.callback_id === VIEWS.accept ? ACTIONS.accept : ACTIONS.recommit;
      const whole = await formFor(db, program, action, { ref: named, userId, now, filled });
      await client.views.update({ view_id: view.id, hash: view.hash, view: whole });
    },
  });

  onButton(deps, ACTIONS.closeTriage, {
    right: 'decide',
    names: ({ value }) => {
      const [programId, triageId] = value.split('.').map(Number);
      return { programId: programId ?? NO_ID, triageId: triageId ?? NO_ID };
    },
    work: async (tx, { program, named: { triageId }, doing }) => {
      await closeTriageByHand(tx, program, triageId, doing);
    },
  });

  onOptions(deps, OPTIONS.defect, {
    right: 'decide',
    names: defectInDecision,
    list: async ({ program, named: { number }, now }, typed) => {
      const found = await listDefectsToPick(db, program, typed, now, number);
      const others = found.filter((one) => one.number !== number);
      return others.map((one) => option(`${defectKey(one.number)}  ${one.title}`, String(one.number)));
    },
  });

  for (const [callbackId, run] of Object.entries(ANSWERS)) {
    onForm(deps, callbackId, {
      right: rightFor(callbackId),
      names: defectInDecision,
      check: async ({ program, form, ...of }) => {
        for (const field of PEOPLE_NAMED) {
          const userId = form.person(field);
          if (userId) await deps.gate.mustSee(of, program, userId, field);
        }
      },
      work: async (tx, { program, named: { number, triageId, kind }, form, doing }) => {
        const words = await run(tx, { program, number, kind, answers: form, doing: { ...doing, triageId } });
        return words.source;
      },
      // In a thread the item itself shows what was decided.
      answer: (words, { named }) => (named.triageId === undefined ? doneAnswer(new Mrkdwn(words)) : null),
      refused: async (asked) => {
        const view = await earlierView(deps, asked);
        return view && showAnswer(view);
      },
    });
  }
}

/** The form of a decision, or who has decided it. */
async function decisionView(deps: Deps, action: FormAction, asked: Asked<DefectRef>) {
  const { program, named, userId, now } = asked;
  return (await earlierView(deps, asked)) ?? formFor(deps.db, program, action, { ref: named, userId, now });
}

async function earlierView({ db }: Deps, { program, named: { number, triageId }, now }: Asked<DefectRef>) {
  if (triageId === undefined) return null;
  const earlier = await findEarlierDecision(db, program, number, triageId);
  return earlier && decidedModal({ ...earlier, ref: { number, triageId, programId: program.id } }, now);
}
