import { createHmac, randomBytes } from 'node:crypto';
import type { App, BlockAction, ButtonAction, ViewStateValue } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { ACTIONS, VIEWS } from '../blocks/ids.ts';
import { SIGNAL_WORDS } from '../blocks/signal-kinds.ts';
import {
  addSignalSourceModal,
  rotateSecretModal,
  SIGNAL_INPUTS,
  signalRemovedModal,
  signalSecretModal,
  signalSourceModal,
  signalsModal,
} from '../blocks/signal-modals.ts';
import { Refusal } from '../domain/refusal.ts';
import type { SignalKind } from '../domain/signals/signal.ts';
import {
  addSignalSource,
  pauseOrResume,
  removeSignalSource,
  rotateSecret,
  type WantedSource,
} from '../usecases/change-signal-source.ts';
import type { Db, Doing, Program } from '../usecases/doing.ts';
import { listAreas, programNamed } from '../usecases/find-program.ts';
import { readSignalSource, readSignalSources } from '../usecases/read-signal-sources.ts';
import { submitOnce } from '../usecases/submit-once.ts';
import { tryPayload } from '../usecases/try-payload.ts';
import { act } from './act.ts';
import { answer, wordsFor } from './answer.ts';
import type { Deps } from './deps.ts';
import { type FormAnswers, readForm } from './form-answers.ts';
import { inModal, teamOf, tellAlone } from './slack-context.ts';
import { submissionOf } from './submission.ts';

type Clicked = {
  client: WebClient;
  program: Program;
  doing: Doing;
  triggerId: string;
  viewId: string;
  value: string;
};

/** A form that was sent. `once` does what it asks for and keeps what is not secret of it; `keyFor` makes its new keys. */
type Sent = {
  form: FormAnswers;
  program: Program;
  sourceId: number;
  doing: Doing;
  once: <A>(change: (tx: Db) => Promise<A>) => Promise<A>;
  keyFor: (what: 'address' | 'secret') => string;
};

/** The windows of `/defect settings`, Signals: they lie on the settings, so a window's program is in its metadata. */
export function registerSignals(app: App, deps: Deps): void {
  const { db } = deps;
  const onClick = (actionId: string, work: (clicked: Clicked) => Promise<unknown>) =>
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, action, client }) => {
      await ack();
      await answer(deps, tellAlone(client, body.user.id), async () => {
        const program = await programNamed(db, teamOf(body), Number(body.view?.private_metadata.split(':')[0]));
        const doing = { by: body.user.id, now: deps.clock.now() };
        const viewId = body.view?.id ?? '';
        await work({ client, program, doing, triggerId: body.trigger_id, viewId, value: action.value ?? '' });
      });
    });

  onClick(ACTIONS.openSignals, async ({ client, program, doing, triggerId }) =>
    client.views.push({ trigger_id: triggerId, view: await listView(deps, program, doing) }),
  );
  onClick(ACTIONS.addSignalSource, async ({ client, program, triggerId }) => {
    const view = addSignalSourceModal(await listAreas(db, program.id), `${program.id}::${newSeed()}`);
    await client.views.push({ trigger_id: triggerId, view });
  });
  onClick(ACTIONS.openSignalSource, async ({ client, program, doing, triggerId, value }) =>
    client.views.push({ trigger_id: triggerId, view: await sourceView(deps, program, Number(value), doing) }),
  );
  onClick(ACTIONS.rotateSignalSecret, async ({ client, program, doing, viewId, value }) => {
    const source = await readSignalSource(db, program, Number(value), doing);
    const metadata = `${program.id}:${value}:${newSeed()}`;
    await client.views.update({ view_id: viewId, view: rotateSecretModal(source.name, metadata) });
  });

  const onAct = <A>(
    actionId: string,
    work: (db: Db, program: Program, id: number, doing: Doing, to: string | undefined) => Promise<A>,
    show: (done: A, program: Program, id: number, doing: Doing) => Promise<ModalView>,
  ) =>
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, context, action, client }) => {
      const doing = { by: body.user.id, now: deps.clock.now() };
      const [named, to] = (action.value ?? '').split(':');
      const id = Number(named);
      const programIn = (inside: Db) =>
        programNamed(inside, teamOf(body), Number(body.view?.private_metadata.split(':')[0]));
      const change = async (tx: Db) => work(tx, await programIn(tx), id, doing, to);
      await act(deps, { ack, body, context }, tellAlone(client, body.user.id), change, async (done) => {
        const program = await programIn(db);
        await inModal(client, body.view?.id, await show(done, program, id, doing));
        await inModal(client, body.view?.previous_view_id ?? undefined, await listView(deps, program, doing));
      });
    });

  const pause = (tx: Db, program: Program, id: number, doing: Doing, to: string | undefined) =>
    pauseOrResume(tx, program, id, to === 'resume' ? 'resume' : 'pause', doing);
  onAct(ACTIONS.pauseSignalSource, pause, (_, program, id, doing) => sourceView(deps, program, id, doing));
  const remove = async (tx: Db, program: Program, id: number, doing: Doing) =>
    (await removeSignalSource(tx, program, id, doing)).name;
  onAct(ACTIONS.removeSignalSource, remove, async (name) => signalRemovedModal(name));

  const onSubmit = (callbackId: string, work: (sent: Sent) => Promise<ModalView>) =>
    app.view(callbackId, async ({ ack, body, view, client }) => {
      try {
        const [programId, sourceId, seed] = view.private_metadata.split(':');
        const program = await programNamed(db, teamOf(body), Number(programId));
        const doing = { by: body.user.id, now: deps.clock.now() };
        const submission = submissionOf(body, view, doing.now);
        const shown = await work({
          form: readForm(view.state.values as Record<string, Record<string, ViewStateValue>>),
          program,
          sourceId: Number(sourceId),
          doing,
          once: async (change) => (await submitOnce(db, submission, change)).said,
          keyFor: (what) => keyOf(seed, `${what} ${submission.digest}`),
        });
        await ack({ response_action: 'update', view: shown });
        await inModal(client, view.previous_view_id ?? undefined, await listView(deps, program, doing));
      } catch (error) {
        const field = error instanceof Refusal ? error.field : undefined;
        const names = Object.keys(view.state.values);
        const block = SIGNAL_INPUTS[field as keyof typeof SIGNAL_INPUTS] ?? names[0] ?? SIGNAL_INPUTS.name;
        await ack({ response_action: 'errors', errors: { [block]: wordsFor(deps, error) } });
      }
    });

  onSubmit(VIEWS.addSignalSource, async ({ form, program, doing, once, keyFor }) => {
    const kind = form.choice(SIGNAL_INPUTS.kind) as SignalKind | null;
    const given = form.text(SIGNAL_INPUTS.secret).trim() || null;
    const made = given === null && kind !== null && !SIGNAL_WORDS[kind]?.givesSecret ? keyFor('secret') : null;
    const wanted: WantedSource = {
      kind,
      name: form.text(SIGNAL_INPUTS.name),
      areaId: Number(form.choice(SIGNAL_INPUTS.area)),
      severity: form.choice(SIGNAL_INPUTS.severity),
      mapping: form.text(SIGNAL_INPUTS.mapping),
      secret: given ?? made,
    };
    const token = keyFor('address');
    const source = await once(async (tx) => shownOf(await addSignalSource(tx, program, wanted, token, doing)));
    const address = `${deps.publicUrl ?? ''}/signals/${source.kind}/${token}`;
    return signalSecretModal({ ...source, address, secret: made, hasSecret: wanted.secret !== null });
  });

  onSubmit(VIEWS.rotateSignalSecret, async ({ form, program, sourceId, doing, once, keyFor }) => {
    const given = form.text(SIGNAL_INPUTS.secret).trim();
    const secret = given || keyFor('secret');
    const source = await once(async (tx) => {
      const { kind } = await readSignalSource(tx, program, sourceId, doing);
      if (!given && SIGNAL_WORDS[kind].givesSecret) {
        throw new Refusal(`${SIGNAL_WORDS[kind].label} makes its secrets itself. Paste the new one here.`, 'secret');
      }
      return shownOf(await rotateSecret(tx, program, sourceId, secret, doing));
    });
    return signalSecretModal({ ...source, address: null, secret: given ? null : secret, hasSecret: true });
  });

  onSubmit(VIEWS.signalSource, async ({ form, program, sourceId, doing }) => {
    const tried = await tryPayload(db, program, sourceId, form.text(SIGNAL_INPUTS.payload), doing);
    return sourceView(deps, program, sourceId, doing, tried);
  });
}

// A form carries where its keys come from, so that sent twice it shows the same, and what is shown once is kept nowhere.
function newSeed(): string {
  return randomBytes(32).toString('base64url');
}

function keyOf(seed: string | undefined, what: string): string {
  if (!seed) throw new Error('A form without a seed.');
  return createHmac('sha256', seed).update(what).digest('base64url');
}

/** What may be kept of a source: its secrets are not. */
function shownOf({ kind, name }: { kind: SignalKind; name: string }): { kind: SignalKind; name: string } {
  return { kind, name };
}

async function listView(deps: Deps, program: Program, doing: Doing): Promise<ModalView> {
  const sources = await readSignalSources(deps.db, program, doing);
  return signalsModal(sources, program.timeZone, deps.publicUrl !== undefined, String(program.id));
}

async function sourceView(deps: Deps, program: Program, id: number, doing: Doing, tried?: string): Promise<ModalView> {
  const source = await readSignalSource(deps.db, program, id, doing);
  return signalSourceModal(source, program.timeZone, `${program.id}:${id}`, tried);
}
