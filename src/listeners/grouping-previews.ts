import type { App, BlockAction } from '@slack/bolt';
import { DECISION_INPUTS } from '../blocks/decision-modals.ts';
import { parseDefectRef } from '../blocks/defect-ref.ts';
import { ACTIONS, OPTIONS } from '../blocks/ids.ts';
import { type Mrkdwn, mrkdwn } from '../blocks/mrkdwn.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Program } from '../usecases/doing.ts';
import { programNamed } from '../usecases/find-program.ts';
import { previewMerge, previewSplit } from '../usecases/preview-grouping.ts';
import { answer } from './answer.ts';
import { formFor } from './decision-forms.ts';
import type { Deps } from './deps.ts';
import { type FormAnswers, readForm } from './form-answers.ts';
import { teamOf, tellAlone } from './slack-context.ts';

type Preview = (deps: Deps, program: Program, number: number, answers: FormAnswers) => Promise<Mrkdwn>;

const mergeOf: Preview = ({ db }, program, number, answers) =>
  previewMerge(db, program, number, Number(answers.choice(DECISION_INPUTS.into)));
const splitOf: Preview = ({ db }, program, number, answers) =>
  previewSplit(db, program, number, answers.several(DECISION_INPUTS.reports).map(Number));

/** Says in the form of a merge or a split what it would do, each time that something is picked. */
export function registerGroupingPreviews(app: App, deps: Deps): void {
  const shows = [
    [OPTIONS.defect, ACTIONS.merge, mergeOf],
    [ACTIONS.splitPicked, ACTIONS.split, splitOf],
  ] as const;
  for (const [actionId, form, preview] of shows) {
    app.action<BlockAction>(actionId, async ({ ack, body, client }) => {
      await ack();
      const { view } = body;
      const ref = view && parseDefectRef(JSON.parse(view.private_metadata).ref ?? '');
      if (!view || ref?.programId === undefined) return;
      const { programId } = ref;
      await answer(deps, tellAlone(client, body.user.id), async () => {
        const program = await programNamed(deps.db, teamOf(body), programId);
        const words = await preview(deps, program, ref.number, readForm(view.state.values)).catch(refusalWords);
        const updated = await formFor(deps, program, form, { ref, userId: body.user.id, preview: words });
        // Something else has been picked since: that answer will come.
        await client.views.update({ view_id: view.id, hash: view.hash, view: updated }).catch(() => {});
      });
    });
  }
}

function refusalWords(error: unknown): Mrkdwn {
  if (error instanceof Refusal) return mrkdwn`${error.message}`;
  throw error;
}
