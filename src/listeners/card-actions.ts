import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { assignModal, CARD_INPUTS, relabelModal, reopenModal } from '../blocks/card-modals.ts';
import { noticeModal } from '../blocks/decision-modals.ts';
import { note } from '../blocks/help-message.ts';
import { ACTIONS, VIEWS } from '../blocks/ids.ts';
import { mention, mrkdwn } from '../blocks/mrkdwn.ts';
import { Refusal } from '../domain/refusal.ts';
import { defectKey, SEVERITIES } from '../domain/vocabulary.ts';
import { assignOwner, relabelDefect } from '../usecases/change-defect.ts';
import type { Db } from '../usecases/doing.ts';
import { listAreas } from '../usecases/find-program.ts';
import { unmergeDefect } from '../usecases/merge-defects.ts';
import { reopenDefect } from '../usecases/set-aside-defect.ts';
import { findOrRefuse } from '../usecases/show-defect.ts';
import { act } from './act.ts';
import { answer } from './answer.ts';
import { type AnswerForm, answerForms, defectOf, type Named } from './defect-forms.ts';
import type { Deps } from './deps.ts';
import { inModal, tellAlone } from './slack-context.ts';

/** The buttons of a defect's card that are no triage decision: owner, labels, reopening, and undoing a merge. */
export function registerCardActions(app: App, deps: Deps): void {
  for (const [actionId, openedBy] of Object.entries(OPENS)) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, action, client }) => {
      await ack();
      await answer(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
        const view = await openedBy(deps, await defectOf(deps, body, action.value));
        const opening = { trigger_id: body.trigger_id, view };
        await (body.view?.type === 'modal' ? client.views.push(opening) : client.views.open(opening));
      });
    });
  }

  app.action<BlockAction<ButtonAction>>(ACTIONS.undoMerge, async ({ ack, body, context, action, client }) => {
    const alone = tellAlone(client, body.user.id, body.channel?.id);
    const inPlace = (words: string) => inModal(client, body.view?.id, noticeModal('Done', mrkdwn`${words}`));
    const undo = async (db: Db) => {
      const { program, number } = await defectOf({ ...deps, db }, body, action.value);
      const restored = await unmergeDefect(db, program, number, { by: body.user.id, now: deps.clock.now() });
      return `${defectKey(number)} ${restored.title} stands by itself again.`;
    };
    await act(deps, { ack, body, context }, alone, undo, async (words) => {
      if (!(await inPlace(words))) await alone(note(words));
    });
  });

  answerForms(app, deps, FORMS);
}

const OPENS: Record<string, (deps: Deps, named: Named) => Promise<ModalView>> = {
  [ACTIONS.assign]: async ({ db }, { program, number }) => {
    const { title, ownerId } = await findOrRefuse(db, program, number);
    return assignModal({ ref: { programId: program.id, number }, title, ownerId });
  },
  [ACTIONS.relabel]: async ({ db }, { program, number }) => {
    const { title, severity, areaId } = await findOrRefuse(db, program, number);
    const areas = await listAreas(db, program.id);
    return relabelModal({ ref: { programId: program.id, number }, title, severity, areaId, areas });
  },
  [ACTIONS.reopen]: async ({ db }, { program, number }) => {
    const { title } = await findOrRefuse(db, program, number);
    return reopenModal({ ref: { programId: program.id, number }, title });
  },
};

const FORMS: Record<string, AnswerForm> = {
  [VIEWS.assign]: async ({ db }, { program, number }, answers, doing) => {
    const ownerId = answers.person(CARD_INPUTS.owner);
    if (!ownerId) throw new Refusal('Pick who will see it through.', CARD_INPUTS.owner);
    await assignOwner(db, program, number, ownerId, doing);
    return mrkdwn`${defectKey(number)} is ${mention(ownerId)}'s now.`;
  },
  [VIEWS.relabel]: async ({ db }, { program, number }, answers, doing) => {
    const severity = SEVERITIES.find((one) => one === answers.choice(CARD_INPUTS.severity));
    const areaId = Number(answers.choice(CARD_INPUTS.area));
    const reason = answers.text(CARD_INPUTS.reason);
    const changed = await relabelDefect(db, program, number, { severity, areaId, reason }, doing);
    return mrkdwn`${defectKey(number)} is ${changed.severity} now. The old label stays in its history.`;
  },
  [VIEWS.reopen]: async ({ db }, { program, number }, answers, doing) => {
    await reopenDefect(db, program, number, answers.text(CARD_INPUTS.reason), doing);
    return mrkdwn`${defectKey(number)} is open again and waits for the next triage.`;
  },
};
