import type { ModalView } from '@slack/types';
import { mergeModal, splitModal } from '../../blocks/grouping/regroup-modals.ts';
import type { DefectRef } from '../../blocks/kit/defect-ref.ts';
import { ACTIONS } from '../../blocks/kit/ids.ts';
import type { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { counted, momentWords } from '../../blocks/kit/words.ts';
import { claimModal } from '../../blocks/proof/claim-modal.ts';
import type { DefectInForm } from '../../blocks/triage/decision-form.ts';
import { answerModal, reasonModal } from '../../blocks/triage/decision-modals.ts';
import { acceptModal, recommitModal } from '../../blocks/triage/promise-modals.ts';
import { planTransition } from '../../domain/defects/lifecycle.ts';
import { findOrRefuse } from '../../usecases/defects/show-defect.ts';
import type { Db, Program } from '../../usecases/doing.ts';
import { suggestTargets } from '../../usecases/grouping/offer-repeats.ts';
import { placesOnAccept } from '../../usecases/trackers/read-tickets.ts';
import {
  findMissing,
  findPromise,
  findQuestion,
  listReportsToSplit,
} from '../../usecases/triage/decisions/find-decision.ts';

/** The decisions that a form is filled in for, by the action that opens it. */
export const FORM_ACTIONS = [
  ACTIONS.accept,
  ACTIONS.recommit,
  ACTIONS.acceptRisk,
  ACTIONS.dismiss,
  ACTIONS.defer,
  ACTIONS.needInfo,
  ACTIONS.merge,
  ACTIONS.split,
  ACTIONS.claim,
  ACTIONS.answerQuestion,
] as const;
export type FormAction = (typeof FORM_ACTIONS)[number];

export function isFormAction(action: string): action is FormAction {
  return (FORM_ACTIONS as readonly string[]).includes(action);
}

type About = {
  ref: DefectRef;
  userId: string;
  now: Date;
  preview?: Mrkdwn;
  /** What has been filled in, where the form grows while it stands open. */
  filled?: { ownerId: string | null; dueOn: string | null };
};

/** The form of a decision. A Refusal where the state of the defect does not allow it. */
export async function formFor(db: Db, program: Program, action: FormAction, about: About): Promise<ModalView> {
  const { now, filled } = about;
  const defect = await findOrRefuse(db, program, about.ref.number);
  const shown: DefectInForm = { ref: { ...about.ref, programId: program.id }, title: defect.title };
  switch (action) {
    case ACTIONS.accept:
    case ACTIONS.recommit: {
      const isFirst = action === ACTIONS.accept;
      if (isFirst) planTransition(defect, 'accepted', { ownerId: about.userId, dueOn: 'any' });
      const promise = await findPromise(db, program, defect, now);
      const form = {
        ...promise,
        defect: shown,
        ownerId: filled ? filled.ownerId : (promise.ownerId ?? about.userId),
        dueOn: filled?.dueOn ?? promise.dueOn,
        // Whoever changes a claimed fix's promise does so because of its proof.
        isWhole: filled !== undefined || defect.state === 'claimed',
      };
      return isFirst
        ? acceptModal({ ...form, places: await placesOnAccept(db, program, defect) })
        : recommitModal(form);
    }
    case ACTIONS.claim: {
      planTransition(defect, 'claimed', { criteriaCount: 1, keepingNote: 'to be asked' });
      const { keepingNote, fixKind, failedFixes } = defect;
      const missing = await findMissing(db, defect, now);
      return claimModal({ defect: shown, now, keepingNote, fixKind, failedFixes, missing });
    }
    case ACTIONS.acceptRisk:
      planTransition(defect, 'risk_accepted');
      return reasonModal(shown, 'accept_risk');
    case ACTIONS.dismiss:
      planTransition(defect, 'dismissed');
      return reasonModal(shown, 'dismiss');
    case ACTIONS.defer:
      return reasonModal(shown, 'defer');
    case ACTIONS.needInfo:
      return reasonModal(shown, 'need_info');
    case ACTIONS.merge:
      planTransition(defect, 'merged');
      return mergeModal(shown, await suggestTargets(db, program, defect, now), about.preview);
    case ACTIONS.split: {
      const reports = await listReportsToSplit(db, defect);
      return splitModal(
        shown,
        reports.map(({ id, title, seenAt, affected }) => ({
          id,
          title,
          seen: `${momentWords(seenAt, program.timeZone)}, ${counted(affected, 'account')} affected`,
        })),
        about.preview,
      );
    }
    case ACTIONS.answerQuestion:
      return answerModal(shown, await findQuestion(db, defect));
  }
}
