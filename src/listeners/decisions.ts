import type { App, BlockAction, ButtonAction, OverflowAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { decidedNotice, noticeModal } from '../blocks/decision-modals.ts';
import { type DefectRef, parseDefectRef } from '../blocks/defect-ref.ts';
import { ACTIONS, OPTIONS } from '../blocks/ids.ts';
import { type Mrkdwn, mrkdwn } from '../blocks/mrkdwn.ts';
import { option } from '../blocks/parts.ts';
import { Refusal } from '../domain/refusal.ts';
import { defectKey } from '../domain/vocabulary.ts';
import { closeTriageByHand } from '../usecases/close-triage-by-hand.ts';
import type { Db, Doing, Program } from '../usecases/doing.ts';
import { findEarlierDecision } from '../usecases/find-decision.ts';
import { programNamed, programOf } from '../usecases/find-program.ts';
import { listDefectsToPick } from '../usecases/list-defects-to-pick.ts';
import { submitOnce } from '../usecases/submit-once.ts';
import { answer, wordsFor } from './answer.ts';
import { ANSWERS } from './decision-answers.ts';
import { FORM_ACTIONS, type FormAction, formFor, isFormAction } from './decision-forms.ts';
import type { Deps } from './deps.ts';
import { readForm } from './form-answers.ts';
import { onQuietButton } from './quiet-button.ts';
import { teamOf, tellAlone } from './slack-context.ts';
import { doneAnswer, submissionOf, type ViewAnswer } from './submission.ts';

export { openDecisionForm } from './decision-forms.ts';

const formState = z.object({
  ref: z.string().max(60),
  kind: z.enum(['accept_risk', 'dismiss', 'defer', 'need_info']).optional(),
});

/** The buttons of decisions, wherever they stand, and the forms that they open. */
export function registerDecisions(app: App, deps: Deps): void {
  for (const action of FORM_ACTIONS) {
    app.action<BlockAction<ButtonAction>>(action, async ({ ack, body, action: clicked, client }) => {
      await ack();
      await decide(deps, client, body, action, clicked.value ?? '');
    });
  }

  app.action<BlockAction<OverflowAction>>(ACTIONS.moreDecisions, async ({ ack, body, action: chosen, client }) => {
    await ack();
    const [action = '', value = ''] = chosen.selected_option.value.split('|');
    if (isFormAction(action)) await decide(deps, client, body, action, value);
  });

  onQuietButton(app, deps, ACTIONS.closeTriage, async (db, { body, value, doing }) => {
    const [programId, triageId] = (value ?? '').split('.').map(Number);
    const program = await programNamed(db, teamOf(body), programId || 0);
    await closeTriageByHand(db, program, triageId || 0, doing);
  });

  app.options(OPTIONS.defect, async ({ ack, body, payload }) => {
    const metadata = 'view' in body && body.view ? body.view.private_metadata : '';
    const { program, ref } = await aboutForm(deps, teamOf(body), metadata);
    const found = await listDefectsToPick(deps.db, program, payload.value, deps.clock.now(), ref?.number);
    const others = found.filter(({ number }) => number !== ref?.number);
    await ack({ options: others.map(({ number, title }) => option(`${defectKey(number)}  ${title}`, String(number))) });
  });

  for (const [callbackId, run] of Object.entries(ANSWERS)) {
    app.view(callbackId, async ({ ack, body, view }) => {
      const { kind } = formState.parse(JSON.parse(view.private_metadata));
      const { program, ref } = await aboutForm(deps, teamOf(body), view.private_metadata);
      if (!ref) throw new Error('A form without a defect.');
      const answers = readForm(view.state.values);
      const doing: Doing = { by: body.user.id, now: deps.clock.now(), triageId: ref.triageId };
      const sent = { program, number: ref.number, kind, answers, doing };
      const work = async (db: Db): Promise<ViewAnswer> => {
        const words = await run(db, sent);
        // In a thread the item itself shows what was decided.
        return ref.triageId === undefined ? doneAnswer(words) : null;
      };
      const outcome = await submitOnce(deps.db, submissionOf(body, view, doing.now), work).catch((error: unknown) => ({
        error,
      }));
      if ('error' in outcome) {
        await ack(await refuse(deps, program, ref, doing, answers.names, outcome.error));
        return;
      }
      await ack(outcome.said ?? undefined);
      deps.wake();
    });
  }
}

/** Opens the form of a decision, or says in its place why there is none. */
async function decide(
  deps: Deps,
  client: WebClient,
  body: BlockAction,
  action: FormAction,
  value: string,
): Promise<void> {
  await answer(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
    const view = await viewFor(deps, body, action, value);
    const opening = { trigger_id: body.trigger_id, view };
    await (body.view?.type === 'modal' ? client.views.push(opening) : client.views.open(opening));
  });
}

async function viewFor(deps: Deps, body: BlockAction, action: FormAction, value: string): Promise<ModalView> {
  try {
    const ref = parseDefectRef(value);
    if (!ref) throw new Refusal('This button is too old to be used. Find the defect with `/defect list`.');
    const program = await programOfRef(deps, teamOf(body), ref, body.channel?.id);
    const notice = await earlierWords(deps, program, ref);
    if (notice) return noticeModal('Already decided', notice);
    return await formFor(deps, program, action, { ref, userId: body.user.id });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return noticeModal('Not possible', mrkdwn`${error.message}`);
  }
}

type Refused =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: ModalView };

/** Somebody else was faster: who decided what. Something is wrong in the form: at the input it is about. */
async function refuse(
  deps: Deps,
  program: Program,
  ref: DefectRef,
  { triageId }: Doing,
  names: readonly string[],
  error: unknown,
): Promise<Refused> {
  if (!(error instanceof Refusal)) {
    return { response_action: 'update', view: noticeModal('Not done', mrkdwn`${wordsFor(deps, error)}`) };
  }
  const notice = triageId === undefined ? null : await earlierWords(deps, program, ref);
  if (notice) return { response_action: 'update', view: noticeModal('Already decided', notice) };
  const field = names.find((name) => name === error.field);
  if (field) return { response_action: 'errors', errors: { [field]: error.message } };
  return { response_action: 'update', view: noticeModal('Not possible', mrkdwn`${error.message}`) };
}

async function earlierWords(deps: Deps, program: Program, ref: DefectRef): Promise<Mrkdwn | null> {
  if (ref.triageId === undefined) return null;
  const earlier = await findEarlierDecision(deps.db, program, ref.number, ref.triageId);
  return earlier && decidedNotice(earlier, deps.clock.now());
}

async function aboutForm(
  deps: Deps,
  workspaceId: string,
  metadata: string,
): Promise<{ program: Program; ref: DefectRef | null }> {
  const ref = metadata ? parseDefectRef(formState.parse(JSON.parse(metadata)).ref) : null;
  return { ref, program: await programOfRef(deps, workspaceId, ref) };
}

/** The program that a reference names, if this workspace has it; else that of the channel. */
async function programOfRef(
  deps: Deps,
  workspaceId: string,
  ref: DefectRef | null,
  channelId?: string,
): Promise<Program> {
  return ref?.programId === undefined
    ? programOf(deps.db, workspaceId, channelId)
    : programNamed(deps.db, workspaceId, ref.programId);
}
