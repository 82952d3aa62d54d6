import type { App } from '@slack/bolt';
import { noticeModal } from '../blocks/decision-modals.ts';
import { parseDefectRef } from '../blocks/defect-ref.ts';
import { type Mrkdwn, mrkdwn } from '../blocks/mrkdwn.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Db, Doing, Program } from '../usecases/doing.ts';
import { programNamed, programOf } from '../usecases/find-program.ts';
import { submitOnce } from '../usecases/submit-once.ts';
import { wordsFor } from './answer.ts';
import type { Deps } from './deps.ts';
import { type FormAnswers, readForm } from './form-answers.ts';
import { teamOf } from './slack-context.ts';
import { doneAnswer, submissionOf, type ViewAnswer } from './submission.ts';

/** The defect that somebody pressed a button of. */
export type Named = { program: Program; number: number };

/** What a form of one defect does; the words tell that it is done. */
export type AnswerForm = (deps: Deps, named: Named, answers: FormAnswers, doing: Doing) => Promise<Mrkdwn>;

/**
 * Answers forms that carry the defect in their metadata. A Refusal stands at the field it names, or takes the form's
 * place where it names none.
 */
export function answerForms(app: App, deps: Deps, forms: Record<string, AnswerForm>): void {
  for (const [callbackId, run] of Object.entries(forms)) {
    app.view(callbackId, async ({ ack, body, view }) => {
      const answers = readForm(view.state.values);
      const doing = { by: body.user.id, now: deps.clock.now() };
      const work = async (db: Db): Promise<ViewAnswer> => {
        const inside = { ...deps, db };
        return doneAnswer(await run(inside, await defectOf(inside, body, view.private_metadata), answers, doing));
      };
      const outcome = await submitOnce(deps.db, submissionOf(body, view, doing.now), work).catch((error: unknown) => ({
        error,
      }));
      if ('said' in outcome) {
        await ack(outcome.said ?? undefined);
        deps.wake();
        return;
      }
      const { error } = outcome;
      const field = error instanceof Refusal ? answers.names.find((name) => name === error.field) : undefined;
      const words = wordsFor(deps, error);
      if (field) await ack({ response_action: 'errors', errors: { [field]: words } });
      else await ack({ response_action: 'update', view: noticeModal('Not done', mrkdwn`${words}`) });
    });
  }
}

/** The defect that a button or form names. Its program must be of the workspace that the click comes from. */
export async function defectOf(
  deps: Deps,
  body: Parameters<typeof teamOf>[0] & { channel?: { id?: string } },
  value: string | undefined,
): Promise<Named> {
  const ref = parseDefectRef(value ?? '');
  if (!ref) throw new Refusal('This button is too old to be used. Find the defect with `/defect list mine`.');
  const program =
    ref.programId === undefined
      ? await programOf(deps.db, teamOf(body), body.channel?.id)
      : await programNamed(deps.db, teamOf(body), ref.programId);
  return { program, number: ref.number };
}
