import type { KnownBlock, ModalView } from '@slack/types';
import { SIGNAL_KINDS, type SignalKind } from '../../domain/signals/signal.ts';
import type { WholeRules } from '../../domain/signals/source-rules.ts';
import { SEVERITIES, type Severity } from '../../domain/vocabulary.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { choiceInput, textInput } from '../kit/inputs.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, fitting, option, plain, section } from '../kit/parts.ts';
import { counted, momentWords, SEVERITY_WORDS } from '../kit/words.ts';
import { type LeftOutFacts, leftOutWords } from './left-out-words.ts';
import { SIGNAL_WORDS } from './signal-kinds.ts';
import { rulesWords } from './source-rules-modal.ts';

/** A source as settings show it. */
export type SourceFacts = {
  id: number;
  kind: SignalKind;
  name: string;
  area: string;
  severity: Severity;
  rules: WholeRules;
  isPaused: boolean;
  hasSecret: boolean;
  refusals: number;
  lastRefusal: { at: Date; words: string } | null;
  /** How many deliveries became something, were known already or ignored, and failed. */
  counts: { useful: number; repeated: number; ignored: number; waiting: number; failed: number };
  latest: readonly { at: Date; event: string | null; words: string }[];
  /** What of the last seven days became nothing, and why; the latest first. */
  leftOut: readonly LeftOutFacts[];
  hasMoreLeftOut: boolean;
};

export const SIGNAL_INPUTS = {
  kind: 'kind',
  name: 'name',
  area: 'area',
  severity: 'severity',
  secret: 'secret',
  mapping: 'mapping',
  payload: 'payload',
} as const;

const SOURCES_SHOWN = 20;

/** All sources of a program. */
export function signalsModal(
  sources: readonly SourceFacts[],
  timeZone: string,
  hasPublicUrl: boolean,
  metadata: string,
): ModalView {
  const lead =
    sources.length === 0
      ? mrkdwn`Machines can report too: alerts, failed payments and syncs, crashes, releases. Add the first source.`
      : mrkdwn`What machines report, by source.`;
  return {
    type: 'modal',
    private_metadata: metadata,
    title: plain('Signals', 24),
    close: plain('Back', 24),
    blocks: [
      section(lead, button(ACTIONS.addSignalSource, 'Add a source', metadata, { style: 'primary' })),
      ...(hasPublicUrl
        ? []
        : [context(mrkdwn`PUBLIC_URL is not set, so addresses are shown without the name of this host.`)]),
      ...sources.slice(0, SOURCES_SHOWN).map((source) => sourceSection(source, timeZone)),
      ...(sources.length > SOURCES_SHOWN ? [context(mrkdwn`and ${sources.length - SOURCES_SHOWN} more`)] : []),
    ],
  };
}

function sourceSection(source: SourceFacts, timeZone: string): KnownBlock {
  const [last] = source.latest;
  const lines = [
    mrkdwn`*${source.name}*  ${SIGNAL_WORDS[source.kind].label}, ${source.area}${source.isPaused ? ', paused' : ''}`,
    last ? mrkdwn`${momentWords(last.at, timeZone)}: ${last.words}` : mrkdwn`Nothing has come yet.`,
    ...troubles(source, timeZone),
  ];
  return section(joinMrkdwn(lines), button(ACTIONS.openSignalSource, 'Look', String(source.id)));
}

function troubles({ hasSecret, refusals, lastRefusal, counts }: SourceFacts, timeZone: string): Mrkdwn[] {
  return [
    ...(hasSecret ? [] : [mrkdwn`It has no secret yet, so nothing is let in.`]),
    ...(lastRefusal
      ? [
          mrkdwn`${counted(refusals, 'delivery', 'deliveries')} refused, last ${momentWords(lastRefusal.at, timeZone)}: ${lastRefusal.words}`,
        ]
      : []),
    ...(counts.failed > 0
      ? [mrkdwn`${counted(counts.failed, 'delivery', 'deliveries')} could not be worked on; the log says why.`]
      : []),
  ];
}

/** One source with its latest deliveries, and a place to try a payload. `tried` is what the last one would become. */
export function signalSourceModal(source: SourceFacts, timeZone: string, metadata: string, tried?: string): ModalView {
  const { counts } = source;
  const latest = source.latest.map(({ at, event, words }) =>
    event
      ? mrkdwn`•  ${momentWords(at, timeZone)}, ${event}: ${words}`
      : mrkdwn`•  ${momentWords(at, timeZone)}: ${words}`,
  );
  const id = String(source.id);
  return {
    type: 'modal',
    callback_id: VIEWS.signalSource,
    private_metadata: metadata,
    title: plain('Signal source', 24),
    submit: plain('Try it', 24),
    close: plain('Back', 24),
    blocks: fitting([
      ...(tried === undefined ? [] : [section(mrkdwn`*It would become:* ${tried}`)]),
      section(
        source.kind === 'metrics'
          ? mrkdwn`*${source.name}*  ${SIGNAL_WORDS[source.kind].label}. Its figures count for ${source.area}.`
          : mrkdwn`*${source.name}*  ${SIGNAL_WORDS[source.kind].label}. Reports go to ${source.area}, as ${SEVERITY_WORDS[source.severity]} where the sender does not say.`,
      ),
      section(
        joinMrkdwn([
          mrkdwn`${counted(counts.useful, 'delivery', 'deliveries')} of use, ${counts.repeated} known already, ${counts.ignored} with nothing to do, ${counts.waiting} waiting.`,
          ...troubles(source, timeZone),
          ...latest,
        ]),
      ),
      ...(source.kind === 'metrics' ? [] : [context(mrkdwn`Counts: ${rulesWords(source.rules)}.`)]),
      ...(source.leftOut.length > 0 ? [section(leftOutWords(source.leftOut, source.hasMoreLeftOut))] : []),
      actions('signal_source', [
        button(
          ACTIONS.pauseSignalSource,
          source.isPaused ? 'Resume' : 'Pause',
          `${id}:${source.isPaused ? 'resume' : 'pause'}`,
        ),
        ...(source.kind === 'metrics' ? [] : [button(ACTIONS.openSourceRules, 'What counts', id)]),
        ...(source.hasMoreLeftOut ? [button(ACTIONS.openLeftOut, 'All that was left out', id)] : []),
        button(ACTIONS.rotateSignalSecret, 'New secret', id),
        button(ACTIONS.removeSignalSource, 'Remove', id, {
          style: 'danger',
          confirm: {
            title: plain('Remove this source?'),
            text: plain('Its address stops working at once. What it reported stays.', 300),
            confirm: plain('Remove', 30),
            deny: plain('Keep', 30),
          },
        }),
      ]),
      textInput(SIGNAL_INPUTS.payload, {
        label: 'Try a payload',
        hint: 'Says what it would become; nothing is filed.',
        limit: 3000,
        lines: true,
      }),
    ]),
  };
}

export function addSignalSourceModal(areas: readonly { id: number; name: string }[], metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.addSignalSource,
    private_metadata: metadata,
    title: plain('Add a source', 24),
    submit: plain('Add', 24),
    close: plain('Back', 24),
    blocks: [
      choiceInput(SIGNAL_INPUTS.kind, {
        label: 'Who sends',
        options: SIGNAL_KINDS.map((kind) => option(SIGNAL_WORDS[kind].label, kind)),
      }),
      textInput(SIGNAL_INPUTS.name, { label: 'Name', hint: 'Stands as the reporter of what it sends.', limit: 60 }),
      choiceInput(SIGNAL_INPUTS.area, {
        label: 'Area that it hurts',
        options: areas.slice(0, 100).map(({ id, name }) => option(name, String(id))),
      }),
      choiceInput(SIGNAL_INPUTS.severity, {
        label: 'Severity where the sender does not say',
        options: SEVERITIES.map((severity) => option(SEVERITY_WORDS[severity], severity)),
        initial: 'S3',
      }),
      secretInput(),
      textInput(SIGNAL_INPUTS.mapping, {
        label: 'Where its fields are',
        hint: 'Only for JSON of your own: lines such as title = /alert/name.',
        limit: 3000,
        lines: true,
        optional: true,
      }),
    ],
  };
}

function secretInput() {
  return textInput(SIGNAL_INPUTS.secret, {
    label: 'Secret',
    hint: 'The one that Stripe, Sentry or PagerDuty gives you. For the others leave it empty, and one is made.',
    limit: 200,
    optional: true,
  });
}

/** What is left to say of a source that is gone. */
export function signalRemovedModal(name: string): ModalView {
  return {
    type: 'modal',
    title: plain('Removed', 24),
    close: plain('Back', 24),
    blocks: [section(mrkdwn`*${name}* is removed. Its address no longer works; what it reported stays.`)],
  };
}

/** Asks for the secret that follows the present one. */
export function rotateSecretModal(name: string, metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.rotateSignalSecret,
    private_metadata: metadata,
    title: plain('New secret', 24),
    submit: plain('Change', 24),
    close: plain('Back', 24),
    blocks: [
      section(mrkdwn`*${name}* takes the new secret at once, and the present one for 24 more hours.`),
      secretInput(),
    ],
  };
}

/** Shown once: the address is kept as a hash only, and a secret is never shown again. */
export function signalSecretModal(shown: {
  kind: SignalKind;
  name: string;
  /** Null where only the secret is new. */
  address: string | null;
  /** Null where somebody brought it along, or has yet to. */
  secret: string | null;
  hasSecret: boolean;
}): ModalView {
  const { label, setUp } = SIGNAL_WORDS[shown.kind];
  return {
    type: 'modal',
    title: plain('Shown only once', 24),
    close: plain('Done', 24),
    blocks: [
      ...(shown.address ? [section(mrkdwn`*Address of ${shown.name}*\n\`${shown.address}\``)] : []),
      ...(shown.secret ? [section(mrkdwn`*Secret*\n\`${shown.secret}\``)] : []),
      section(mrkdwn`*In ${label}*\n${setUp}`),
      shown.hasSecret
        ? context(mrkdwn`Neither can be read again. A new secret can be had at any time.`)
        : section(mrkdwn`Nothing is let in before you have put its secret in with *New secret*.`),
    ],
  };
}
