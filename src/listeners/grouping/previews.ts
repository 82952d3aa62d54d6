import type { DefectRef } from '../../blocks/kit/defect-ref.ts';
import { ACTIONS, OPTIONS } from '../../blocks/kit/ids.ts';
import { type Mrkdwn, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { DECISION_INPUTS } from '../../blocks/triage/decision-form.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Asked } from '../../requests/door.ts';
import { type FormAnswers, readForm } from '../../requests/listen/form-answers.ts';
import { onChange } from '../../requests/listen/on-button.ts';
import { previewMerge, previewSplit } from '../../usecases/grouping/preview-grouping.ts';
import { defectInDecision } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { type FormAction, formFor } from '../triage/decision-forms.ts';

type Preview = (asked: Asked<DefectRef>, form: FormAnswers) => Promise<Mrkdwn>;

/** Says in the form of a merge or a split what it would do, each time that something is picked. */
export function registerGroupingPreviews(deps: Deps): void {
  const { db } = deps;
  const shows = (actionId: string, action: FormAction, preview: Preview) =>
    onChange(deps, actionId, {
      right: 'decide',
      names: defectInDecision,
      change: async (asked) => {
        const { client, view, program, named, userId, now } = asked;
        if (!view) return;
        const words = await preview(asked, readForm(view.state.values)).catch(refusalWords);
        const updated = await formFor(db, program, action, { ref: named, userId, now, preview: words });
        // Something else has been picked since: that answer will come.
        await client.views.update({ view_id: view.id, hash: view.hash, view: updated }).catch(() => {});
      },
    });
  shows(OPTIONS.defect, ACTIONS.merge, ({ program, named, now }, form) =>
    previewMerge(db, program, named.number, Number(form.choice(DECISION_INPUTS.into)), now),
  );
  shows(ACTIONS.splitPicked, ACTIONS.split, ({ program, named, now }, form) =>
    previewSplit(db, program, named.number, form.several(DECISION_INPUTS.reports).map(Number), now),
  );
}

function refusalWords(error: unknown): Mrkdwn {
  if (error instanceof Refusal) return mrkdwn`${error.message}`;
  throw error;
}
