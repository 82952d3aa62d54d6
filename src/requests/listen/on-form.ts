import { createHash } from 'node:crypto';
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Mrkdwn, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { noticeModal } from '../../blocks/kit/notice-modal.ts';
import type { Db } from '../../db/engine/client.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type Asked, admit, type Door, type Entry } from '../door.ts';
import { runFormOnce } from '../once/once.ts';
import { type Received, type ReceivedView, submitted } from '../once/received.ts';
import { wordsFor } from './answer.ts';
import { type FormAnswers, readForm } from './form-answers.ts';

/** What Slack is answered to a form; null closes it. */
export type FormAnswer = ViewResponseAction | null;

/** A form that was let through. `digest` names all that it held. */
export type AskedForm<N> = Asked<N> & { form: FormAnswers; digest: string; view: ReceivedView };

export type FormListener<N, A, C = void> = Entry<N> & {
  /** What has to be asked before the work, which is one transaction; what is learnt is given to it. */
  check?: (asked: AskedForm<N>) => Promise<C>;
  /** Done once; answers with JSON, which is kept: nothing secret. */
  work: (db: Db, asked: AskedForm<N>, checked: C) => Promise<A>;
  answer: (said: A, asked: AskedForm<N>) => FormAnswer | Promise<FormAnswer>;
  /** Once the form is answered, and not for a repeat. */
  afterwards?: (asked: AskedForm<N>, said: A) => Promise<unknown>;
  /** What to show in place of a Refusal, where there is more to say. */
  refused?: (asked: AskedForm<N>) => Promise<FormAnswer>;
  /** Inputs by the names that a Refusal calls its field, where the two differ. */
  inputs?: Readonly<Record<string, string>>;
};

/** A form that changes something. What is wrong in a field is said at that field; whatever was filled in stays. */
export function onForm<N, A, C = void>(door: Door, callbackId: string, listener: FormListener<N, A, C>): void {
  eachForm(door, callbackId, listener, async (asked) => {
    const checked = (await listener.check?.(asked)) as C;
    const { workspaceId, view, digest, now } = asked;
    const name = { workspaceId, key: `form:${view.id}`, digest, now };
    const { said, isRepeat } = await runFormOnce(door.db, name, (tx) => listener.work(tx, asked, checked));
    const answer = await listener.answer(said, asked);
    return { answer, afterwards: isRepeat ? undefined : () => listener.afterwards?.(asked, said) };
  });
}

/** A form that only tries something out: each time it is sent it is answered anew. */
export function onTrial<N>(
  door: Door,
  callbackId: string,
  listener: Pick<FormListener<N, never>, 'right' | 'names' | 'inputs'> & {
    show: (asked: AskedForm<N>) => Promise<FormAnswer>;
  },
): void {
  eachForm(door, callbackId, listener, async (asked) => ({ answer: await listener.show(asked) }));
}

type Answered = { answer: FormAnswer; afterwards?: (() => Promise<unknown> | undefined) | undefined };

function eachForm<N>(
  door: Door,
  callbackId: string,
  listener: Entry<N> & Pick<FormListener<N, never>, 'refused' | 'inputs'>,
  work: (asked: AskedForm<N>) => Promise<Answered>,
): void {
  door.app.view(callbackId, async ({ ack, body, client }) => {
    const sent = submitted(body, client);
    const received = { ...sent, form: readForm(sent.view.state.values), digest: digestOf(sent.view) };
    let asked: AskedForm<N> | undefined;
    try {
      const admitted = await admit(door, received, listener);
      asked = admitted;
      const { answer, afterwards } = await work(admitted);
      await ack(answer ?? undefined);
      door.wake();
      await settled(door, afterwards?.());
    } catch (error) {
      const more = error instanceof Refusal && asked ? await listener.refused?.(asked) : null;
      await ack(more ?? whyNot(door, error, received, listener.inputs ?? {}));
    }
  });
}

export function doneAnswer(words: Mrkdwn): FormAnswer {
  return showAnswer(noticeModal('Done', words));
}

/** Shows another window in the place of the form. */
export function showAnswer(view: ModalView) {
  return { response_action: 'update' as const, view };
}

/**
 * A Refusal stands at the field that it names, or in the place of the form: the state of things does not allow it. What is
 * our own fault stands at the first field, so that nothing typed is lost.
 */
function whyNot(
  door: Door,
  error: unknown,
  { form, view }: Received & { form: FormAnswers; view: ReceivedView },
  inputs: Readonly<Record<string, string>>,
) {
  const words = wordsFor(door, error);
  const wrong =
    error instanceof Refusal ? { [error.field ?? '']: words, ...error.others } : { [firstInput(view, form)]: words };
  const errors: Record<string, string> = {};
  for (const [field, why] of Object.entries(wrong)) {
    const input = inputs[field] ?? field;
    if (form.names.includes(input)) errors[input] = why.replaceAll('`', '');
  }
  if (Object.keys(errors).length > 0) return { response_action: 'errors' as const, errors };
  return showAnswer(noticeModal('Not possible', mrkdwn`${words}`));
}

function firstInput(view: ReceivedView, { names }: FormAnswers): string {
  const blocks = (view as unknown as { blocks?: { type: string; block_id: string }[] }).blocks ?? [];
  return blocks.find(({ type, block_id: id }) => type === 'input' && names.includes(id))?.block_id ?? names[0] ?? '';
}

function digestOf({ callback_id: id, private_metadata: metadata, state }: ReceivedView): string {
  return createHash('sha256')
    .update(JSON.stringify([id, metadata, state.values]))
    .digest('hex');
}

/** The form is answered: what cannot be shown any more is only logged. */
async function settled(door: Door, work: Promise<unknown> | undefined): Promise<void> {
  await work?.catch((error: unknown) => door.log.warn({ error }, 'what follows a form could not be shown'));
}
