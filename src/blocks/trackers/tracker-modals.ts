import type { KnownBlock, ModalView } from '@slack/types';
import { CREATIONS, type Creation, REOPENINGS, type Reopening } from '../../domain/trackers/reopening.ts';
import { TRACKER_KINDS, TRACKER_NAMES, type TrackerKind } from '../../domain/trackers/tracker.ts';
import { CODE_INPUTS, type CodeFacts, codeInputs } from '../fixes/code-settings.ts';
import { LEAD_ACTIONS, LEAD_VIEWS } from '../kit/ids.ts';
import { choiceInput, numberInput, textInput } from '../kit/inputs.ts';
import { joinMrkdwn, link, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, option, plain, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';
import { TRACKER_WORDS } from './tracker-kinds.ts';

/** A tracker as settings show it. */
export type TrackerFacts = {
  id: number;
  kind: TrackerKind;
  place: string;
  webUrl: string;
  account: string;
  creation: Creation;
  reopening: Reopening;
  reopenDays: number;
  /** Whether severity and harm are written as labels. */
  labels: boolean;
  /** How many tickets are linked, and how many of them could not be brought up to date. */
  linked: number;
  inTrouble: number;
  /** Why it could not be asked what changed; null while it can. */
  trouble: string | null;
  /** How far its history is taken in, as a sentence; empty where nobody wanted that. */
  history: string;
  /** How what is merged and goes out there is followed; null where the tracker holds no code. */
  code: CodeFacts | null;
};

export const TRACKER_INPUTS = {
  place: 'place',
  site: 'site',
  email: 'email',
  token: 'token',
  app: 'app',
  installation: 'installation',
  key: 'key',
  secret: 'secret',
  creation: 'creation',
  reopening: 'reopening',
  reopenDays: 'reopen_days',
  labels: 'labels',
  ...CODE_INPUTS,
} as const;

const CREATION_WORDS: Record<Creation, string> = {
  always: 'Always, when it is accepted',
  asked: 'When somebody asks for one',
  never: 'Never; tickets are only linked',
};

const REOPENING_WORDS: Record<Reopening, string> = {
  reopen: 'It is told, and opened again while it is young',
  comment: 'It is told, and stays closed',
  new_ticket: 'It is told, and a new ticket is made',
};

/** All trackers of a program. */
export function trackersModal(trackers: readonly TrackerFacts[], programId: number): ModalView {
  const value = String(programId);
  const lead =
    trackers.length === 0
      ? mrkdwn`Where is the work done? Connect the repository or team whose issues you work on: closing one as done claims a fix here, and what the data say of the fix is told there.`
      : mrkdwn`Where the work is done. Done there is claimed here; what the data say of a fix is told there.`;
  return {
    type: 'modal',
    private_metadata: value,
    title: plain('Trackers', 24),
    close: plain('Back', 24),
    blocks: [
      section(lead),
      actions('connect_tracker', [
        ...TRACKER_KINDS.map((kind) => button(TRACKER_WORDS[kind].connect, `Connect ${TRACKER_NAMES[kind]}`, value)),
        ...(trackers.length > 0 ? [button(LEAD_ACTIONS.openTrackerPeople, 'Who is who', value)] : []),
      ]),
      ...trackers.map(trackerSection),
    ],
  };
}

function trackerSection(tracker: TrackerFacts): KnownBlock {
  const lines = [
    mrkdwn`*${link(tracker.webUrl, tracker.place)}*  ${TRACKER_NAMES[tracker.kind]}, as ${tracker.account}`,
    mrkdwn`${counted(tracker.linked, 'ticket')} linked.`,
    ...troubles(tracker),
  ];
  const look = button(LEAD_ACTIONS.openTracker, 'Look', String(tracker.id), { spoken: `Look at ${tracker.place}` });
  return section(joinMrkdwn(lines), look);
}

function troubles({ inTrouble, trouble, code }: TrackerFacts) {
  return [
    ...(inTrouble > 0 ? [mrkdwn`${counted(inTrouble, 'ticket')} could not be brought up to date.`] : []),
    ...[trouble, code?.trouble].flatMap((words) => (words ? [mrkdwn`${words}`] : [])),
  ];
}

/** One tracker: what of it can be set, and a way to try it. `tried` is what the last try answered. */
export function trackerModal(tracker: TrackerFacts, programId: number, tried?: string): ModalView {
  const id = String(tracker.id);
  return {
    type: 'modal',
    callback_id: LEAD_VIEWS.tracker,
    private_metadata: `${programId}:${id}`,
    title: plain('Tracker', 24),
    submit: plain('Save', 24),
    close: plain('Back', 24),
    blocks: [
      ...(tried === undefined ? [] : [section(mrkdwn`*Tried:* ${tried}`)]),
      section(
        joinMrkdwn([
          mrkdwn`*${link(tracker.webUrl, tracker.place)}*  ${TRACKER_NAMES[tracker.kind]}, as ${tracker.account}. ${counted(tracker.linked, 'ticket')} linked.`,
          ...troubles(tracker),
        ]),
      ),
      actions('tracker', [
        button(LEAD_ACTIONS.tryTracker, 'Try it', id),
        button(LEAD_ACTIONS.lookAtHistory, 'Take in its history', id),
        button(LEAD_ACTIONS.removeTracker, 'Remove', id, {
          style: 'danger',
          confirm: {
            title: plain('Remove this tracker?'),
            text: plain('Its token is forgotten and its links end. The tickets stay as they are.', 300),
            confirm: plain('Remove', 30),
            deny: plain('Keep', 30),
          },
        }),
      ]),
      context(
        mrkdwn`_Try it_ reads one ticket and writes none. _Take in its history_ shows first what would come.${tracker.history}`,
      ),
      choiceInput(TRACKER_INPUTS.creation, {
        label: 'When does a defect get a ticket?',
        options: CREATIONS.map((one) => option(CREATION_WORDS[one], one)),
        initial: tracker.creation,
      }),
      choiceInput(TRACKER_INPUTS.reopening, {
        label: 'And the ticket of a defect that came back?',
        hint: 'Counts, too, for one that is accepted after its ticket was closed.',
        options: REOPENINGS.map((one) => option(REOPENING_WORDS[one], one)),
        initial: tracker.reopening,
      }),
      numberInput(TRACKER_INPUTS.reopenDays, {
        label: 'How many days after it was closed is it young?',
        hint: 'After that it is only told. Counts where tickets are opened again.',
        initial: tracker.reopenDays,
        least: 1,
        most: 365,
      }),
      choiceInput(TRACKER_INPUTS.labels, {
        label: 'Severity and harm as labels of its tickets?',
        hint: 'burndown:S2 and burndown:harm-high. Labels of people are never touched.',
        options: [option('Yes', 'yes'), option('No', 'no')],
        initial: tracker.labels ? 'yes' : 'no',
      }),
      ...(TRACKER_WORDS[tracker.kind].givesSecret
        ? [
            textInput(TRACKER_INPUTS.secret, {
              label: 'Signing secret of the webhook',
              hint: `As ${TRACKER_NAMES[tracker.kind]} shows it. Empty leaves the one that is there. It is stored encrypted and never shown.`,
              limit: 200,
              optional: true,
            }),
          ]
        : []),
      ...(tracker.code ? codeInputs(tracker.code) : []),
    ],
  };
}

export function connectTrackerModal(kind: TrackerKind, metadata: string): ModalView {
  const { site, place, email, token, app } = TRACKER_WORDS[kind];
  return {
    type: 'modal',
    callback_id: LEAD_VIEWS.connectTracker,
    private_metadata: metadata,
    title: plain(`Connect ${TRACKER_NAMES[kind]}`, 24),
    submit: plain('Connect', 24),
    close: plain('Back', 24),
    blocks: [
      ...(site ? [textInput(TRACKER_INPUTS.site, { ...site, limit: 200 })] : []),
      textInput(TRACKER_INPUTS.place, { ...place, limit: 140 }),
      ...(email ? [textInput(TRACKER_INPUTS.email, { ...email, limit: 200, optional: true })] : []),
      textInput(TRACKER_INPUTS.token, { ...token, limit: 400, optional: app !== undefined }),
      ...(app
        ? [
            textInput(TRACKER_INPUTS.app, { ...app.id, limit: 20, optional: true }),
            textInput(TRACKER_INPUTS.installation, { ...app.installation, limit: 200, optional: true }),
            textInput(TRACKER_INPUTS.key, { ...app.key, limit: 3_000, optional: true, lines: true }),
          ]
        : []),
    ],
  };
}

/** Shown once: the address is kept as a hash only, and the secret is never shown again. */
export function trackerConnectedModal(shown: {
  kind: TrackerKind;
  place: string;
  account: string;
  isPublic: boolean;
  address: string;
  secret: string;
}): ModalView {
  return {
    type: 'modal',
    title: plain('Shown only once', 24),
    close: plain('Done', 24),
    blocks: [
      section(
        mrkdwn`*${shown.place}* is connected, as ${shown.account}. Nothing was written there.${shown.isPublic ? ' Everybody can read what is written there, what reporters said included.' : ''}`,
      ),
      section(mrkdwn`${TRACKER_WORDS[shown.kind].setUp}`),
      section(mrkdwn`*Address*\n\`${shown.address}\``),
      ...(TRACKER_WORDS[shown.kind].givesSecret ? [] : [section(mrkdwn`*Secret*\n\`${shown.secret}\``)]),
      context(
        mrkdwn`Without a webhook changes arrive within five minutes. To see this again, remove the tracker and connect it anew.`,
      ),
    ],
  };
}

export function trackerRemovedModal(place: string): ModalView {
  return {
    type: 'modal',
    title: plain('Removed', 24),
    close: plain('Back', 24),
    blocks: [
      section(
        mrkdwn`*${place}* is removed. Its token is forgotten and its links have ended; the tickets stay as they are.`,
      ),
    ],
  };
}
