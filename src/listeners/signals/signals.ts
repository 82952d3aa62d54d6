import { createHmac, randomBytes } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { leftOutModal } from '../../blocks/signals/left-out-words.ts';
import { SIGNAL_WORDS } from '../../blocks/signals/signal-kinds.ts';
import {
  addSignalSourceModal,
  rotateSecretModal,
  SIGNAL_INPUTS,
  signalRemovedModal,
  signalSecretModal,
  signalSourceModal,
  signalsModal,
} from '../../blocks/signals/signal-modals.ts';
import { RULES_INPUTS, sourceRulesModal } from '../../blocks/signals/source-rules-modal.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { SignalKind } from '../../domain/signals/signal.ts';
import { type Asked, type Naming, TOO_OLD } from '../../requests/door.ts';
import { inModal } from '../../requests/listen/answer.ts';
import { onButton, onChange, onOpen } from '../../requests/listen/on-button.ts';
import { type AskedForm, onForm, onTrial, showAnswer } from '../../requests/listen/on-form.ts';
import { listAreas } from '../../usecases/doing.ts';
import {
  addSignalSource,
  changeSourceRules,
  pauseOrResume,
  removeSignalSource,
  rotateSecret,
  type WantedSource,
} from '../../usecases/signals/change-signal-source.ts';
import { readLeftOut, readSignalSource, readSignalSources } from '../../usecases/signals/read-signal-sources.ts';
import { tryPayload } from '../../usecases/signals/try-payload.ts';
import { NO_ID, programInMetadata } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

type Source = { sourceId: number; seed: string | undefined };
type Value = { sourceId: number; to: string | undefined };

/** A window of a source: its program, its source and where its new keys come from stand in its metadata. */
const sourceInMetadata: Naming<Source> = (received) => {
  const { programId, rest } = programInMetadata(received);
  return { programId, sourceId: Number(rest[0] || NO_ID), seed: rest[1] };
};
/** A button of a source: the source, and what is to become of it, are its value. */
const sourceInValue: Naming<Value> = (received) => {
  const [sourceId, to] = received.value.split(':');
  return { ...programInMetadata(received), sourceId: Number(sourceId || NO_ID), to };
};

const leads = { right: 'lead', names: sourceInValue } as const;

/** The windows of `/defect settings`, Signals: they lie on the settings. */
export function registerSignals(deps: Deps): void {
  const { db } = deps;
  const list = async ({ program, now }: Asked): Promise<ModalView> => {
    const sources = await readSignalSources(db, program, now);
    return signalsModal(sources, program.timeZone, deps.publicUrl !== undefined, String(program.id));
  };
  const sourceView = async ({ program, now }: Asked, id: number, tried?: string): Promise<ModalView> => {
    const source = await readSignalSource(db, program, id, now);
    return signalSourceModal(source, program.timeZone, `${program.id}:${id}`, tried);
  };
  const renewList = async (asked: Asked) =>
    inModal(asked.client, asked.view?.previous_view_id ?? undefined, await list(asked));

  onOpen(deps, ACTIONS.openSignals, { ...leads, view: (asked) => list(asked) });
  onOpen(deps, ACTIONS.addSignalSource, {
    ...leads,
    view: async ({ program }) => addSignalSourceModal(await listAreas(db, program.id), `${program.id}::${newSeed()}`),
  });
  onOpen(deps, ACTIONS.openSignalSource, {
    ...leads,
    view: (asked) => sourceView(asked, asked.named.sourceId),
  });
  onChange(deps, ACTIONS.rotateSignalSecret, {
    ...leads,
    change: async ({ client, program, named: { sourceId }, view, now }) => {
      const source = await readSignalSource(db, program, sourceId, now);
      const rotating = rotateSecretModal(source.name, `${program.id}:${sourceId}:${newSeed()}`);
      await inModal(client, view?.id, rotating);
    },
  });

  onChange(deps, ACTIONS.openSourceRules, {
    ...leads,
    change: async ({ client, program, named: { sourceId }, view, now }) => {
      const { name, rules } = await readSignalSource(db, program, sourceId, now);
      const areas = (await listAreas(db, program.id)).map((area) => area.name);
      await inModal(client, view?.id, sourceRulesModal(name, rules, areas, `${program.id}:${sourceId}`));
    },
  });

  onChange(deps, ACTIONS.openLeftOut, {
    ...leads,
    change: async ({ client, program, named: { sourceId }, view, now }) => {
      const { name, all, hasMore } = await readLeftOut(db, program, sourceId, now);
      await inModal(client, view?.id, leftOutModal(name, all, hasMore));
    },
  });

  onButton(deps, ACTIONS.pauseSignalSource, {
    ...leads,
    work: (tx, { program, named: { sourceId, to }, doing }) =>
      pauseOrResume(tx, program, sourceId, to === 'resume' ? 'resume' : 'pause', doing),
    tell: async (_, asked) => {
      await inModal(asked.client, asked.view?.id, await sourceView(asked, asked.named.sourceId));
      await renewList(asked);
    },
  });
  onButton(deps, ACTIONS.removeSignalSource, {
    ...leads,
    work: async (tx, { program, named: { sourceId }, doing }) =>
      (await removeSignalSource(tx, program, sourceId, doing)).name,
    tell: async (name, asked) => {
      await inModal(asked.client, asked.view?.id, signalRemovedModal(name));
      await renewList(asked);
    },
  });

  const form = { right: 'lead', names: sourceInMetadata, inputs: SIGNAL_INPUTS, afterwards: renewList } as const;
  onForm(deps, VIEWS.addSignalSource, {
    ...form,
    work: async (tx, asked) =>
      shownOf(
        await addSignalSource(
          tx,
          asked.program,
          wantedIn(asked),
          { token: addressOf(asked), keys: deps.keys },
          asked.doing,
        ),
      ),
    answer: (source, asked) => {
      const { secret } = wantedIn(asked);
      const address = `${deps.publicUrl ?? ''}/signals/${source.kind}/${addressOf(asked)}`;
      const made = secret !== null && secret !== givenIn(asked) ? secret : null;
      return showAnswer(signalSecretModal({ ...source, address, secret: made, hasSecret: secret !== null }));
    },
  });

  onForm(deps, VIEWS.rotateSignalSecret, {
    ...form,
    work: async (tx, asked) => {
      const { program, named, doing } = asked;
      const { kind } = await readSignalSource(tx, program, named.sourceId, asked.now);
      if (!givenIn(asked) && SIGNAL_WORDS[kind].givesSecret) {
        throw new Refusal(`${SIGNAL_WORDS[kind].label} makes its secrets itself. Paste the new one here.`, 'secret');
      }
      return shownOf(
        await rotateSecret(
          tx,
          program,
          named.sourceId,
          { secret: givenIn(asked) ?? secretOf(asked), keys: deps.keys },
          doing,
        ),
      );
    },
    answer: (source, asked) => {
      const secret = givenIn(asked) === null ? secretOf(asked) : null;
      return showAnswer(signalSecretModal({ ...source, address: null, secret, hasSecret: true }));
    },
  });

  onForm(deps, VIEWS.sourceRules, {
    ...form,
    inputs: RULES_INPUTS,
    work: (tx, { program, named, form: sent, doing }) =>
      changeSourceRules(
        tx,
        program,
        named.sourceId,
        {
          labels: sent.text(RULES_INPUTS.labels),
          without: sent.text(RULES_INPUTS.without),
          events: sent.text(RULES_INPUTS.events),
          environments: sent.choice(RULES_INPUTS.environments),
          areas: sent.text(RULES_INPUTS.areas),
        },
        doing,
      ),
    answer: async (_, asked) => showAnswer(await sourceView(asked, asked.named.sourceId)),
  });

  onTrial(deps, VIEWS.signalSource, {
    ...form,
    show: async (asked) => {
      const { program, named, form: sent, now } = asked;
      const tried = await tryPayload(db, program, named.sourceId, sent.text(SIGNAL_INPUTS.payload), now);
      return showAnswer(await sourceView(asked, named.sourceId, tried));
    },
  });
}

type Sent = AskedForm<Source>;

function wantedIn(sent: Sent): WantedSource {
  const { form } = sent;
  const kind = form.choice(SIGNAL_INPUTS.kind) as SignalKind | null;
  const isMade = kind !== null && !SIGNAL_WORDS[kind]?.givesSecret;
  return {
    kind,
    name: form.text(SIGNAL_INPUTS.name),
    areaId: Number(form.choice(SIGNAL_INPUTS.area)),
    severity: form.choice(SIGNAL_INPUTS.severity),
    mapping: form.text(SIGNAL_INPUTS.mapping),
    secret: givenIn(sent) ?? (isMade ? secretOf(sent) : null),
  };
}

function givenIn({ form }: Sent): string | null {
  return form.text(SIGNAL_INPUTS.secret).trim() || null;
}

// A form carries where its keys come from, so that sent twice it shows the same, and what is shown once is kept nowhere.
function newSeed(): string {
  return randomBytes(32).toString('base64url');
}

const addressOf = (sent: Sent) => keyOf(sent, 'address');
const secretOf = (sent: Sent) => keyOf(sent, 'secret');

function keyOf({ named: { seed }, digest }: Sent, what: string): string {
  if (!seed) throw new Refusal(TOO_OLD);
  return createHmac('sha256', seed).update(`${what} ${digest}`).digest('base64url');
}

/** What may be kept of a source: its secrets are not. */
function shownOf({ kind, name }: { kind: SignalKind; name: string }): { kind: SignalKind; name: string } {
  return { kind, name };
}
