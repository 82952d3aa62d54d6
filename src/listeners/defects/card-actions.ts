import { assignModal, CARD_INPUTS, relabelModal, reopenModal } from '../../blocks/defects/card-modals.ts';
import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { mention, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { noticeModal } from '../../blocks/kit/notice-modal.ts';
import { note } from '../../blocks/programs/help-message.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { defectKey, SEVERITIES } from '../../domain/vocabulary.ts';
import { inModal, tellAlone } from '../../requests/listen/answer.ts';
import { onButton, onOpen } from '../../requests/listen/on-button.ts';
import { onForm } from '../../requests/listen/on-form.ts';
import { assignOwner, relabelDefect } from '../../usecases/defects/change-defect.ts';
import { reopenDefect } from '../../usecases/defects/set-aside-defect.ts';
import { findOrRefuse } from '../../usecases/defects/show-defect.ts';
import { listAreas } from '../../usecases/doing.ts';
import { unmergeDefect } from '../../usecases/grouping/merge-defects.ts';
import type { Deps } from '../deps.ts';
import { defectForm } from './defect-form.ts';
import { defectInValue } from './named-defect.ts';

const decides = { right: 'decide', names: defectInValue } as const;

/** The buttons of a defect's card that are no triage decision: owner, labels, reopening, and undoing a merge. */
export function registerCardActions(deps: Deps): void {
  const { db } = deps;
  onOpen(deps, ACTIONS.assign, {
    ...decides,
    view: async ({ program, named: { number } }) => {
      const { title, ownerId } = await findOrRefuse(db, program, number);
      return assignModal({ ref: { programId: program.id, number }, title, ownerId });
    },
  });
  onOpen(deps, ACTIONS.relabel, {
    ...decides,
    view: async ({ program, named: { number } }) => {
      const { title, severity, areaId } = await findOrRefuse(db, program, number);
      const areas = await listAreas(db, program.id);
      return relabelModal({ ref: { programId: program.id, number }, title, severity, areaId, areas });
    },
  });
  onOpen(deps, ACTIONS.reopen, {
    ...decides,
    view: async ({ program, named: { number } }) => {
      const { title } = await findOrRefuse(db, program, number);
      return reopenModal({ ref: { programId: program.id, number }, title });
    },
  });

  onButton(deps, ACTIONS.undoMerge, {
    ...decides,
    work: async (tx, { program, named: { number }, doing }) => {
      const restored = await unmergeDefect(tx, program, number, doing);
      return `${defectKey(number)} ${restored.title} stands by itself again.`;
    },
    tell: async (words, asked) => {
      const shown = await inModal(asked.client, asked.view?.id, noticeModal('Done', mrkdwn`${words}`));
      if (!shown) await tellAlone(asked)(note(words));
    },
  });

  onForm(deps, VIEWS.assign, {
    ...defectForm(async (tx, { program, named: { number }, form, doing }) => {
      const ownerId = form.person(CARD_INPUTS.owner);
      if (!ownerId) throw new Refusal('Pick who will see it through.', CARD_INPUTS.owner);
      await assignOwner(tx, program, number, ownerId, doing);
      return ownerId === doing.by
        ? mrkdwn`You own ${defectKey(number)} now.`
        : mrkdwn`${mention(ownerId)} owns ${defectKey(number)} now, and has been told.`;
    }),
    check: async ({ program, form, ...of }) => {
      const ownerId = form.person(CARD_INPUTS.owner);
      if (ownerId) await deps.gate.mustSee(of, program, ownerId, CARD_INPUTS.owner);
    },
  });
  onForm(
    deps,
    VIEWS.relabel,
    defectForm(async (tx, { program, named: { number }, form, doing }) => {
      const severity = SEVERITIES.find((one) => one === form.choice(CARD_INPUTS.severity));
      const areaId = Number(form.choice(CARD_INPUTS.area));
      const reason = form.text(CARD_INPUTS.reason);
      const changed = await relabelDefect(tx, program, number, { severity, areaId, reason }, doing);
      return mrkdwn`${defectKey(number)} is ${changed.severity} now. The old label stays in its history.`;
    }),
  );
  onForm(
    deps,
    VIEWS.reopen,
    defectForm(async (tx, { program, named: { number }, form, doing }) => {
      await reopenDefect(tx, program, number, form.text(CARD_INPUTS.reason), doing);
      return mrkdwn`${defectKey(number)} is open again and waits for the next triage.`;
    }),
  );
}
