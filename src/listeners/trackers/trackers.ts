import { createHmac, randomBytes } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { ACTIONS, LEAD_ACTIONS, LEAD_VIEWS } from '../../blocks/kit/ids.ts';
import { historyModal, historyWantedModal } from '../../blocks/trackers/history-modals.ts';
import { TRACKER_WORDS } from '../../blocks/trackers/tracker-kinds.ts';
import {
  connectTrackerModal,
  TRACKER_INPUTS,
  trackerConnectedModal,
  trackerModal,
  trackerRemovedModal,
  trackersModal,
} from '../../blocks/trackers/tracker-modals.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { accessTyped } from '../../domain/trackers/access.ts';
import { TRACKER_KINDS, type TrackerKind } from '../../domain/trackers/tracker.ts';
import { type Asked, type Naming, TOO_OLD } from '../../requests/door.ts';
import { inModal } from '../../requests/listen/answer.ts';
import { onButton, onChange, onOpen } from '../../requests/listen/on-button.ts';
import { type AskedForm, onForm, showAnswer } from '../../requests/listen/on-form.ts';
import { changeCode } from '../../usecases/fixes/change-code.ts';
import { changeTracker, connectTracker, removeTracker } from '../../usecases/trackers/connect/change-tracker.ts';
import { keepHookSecret } from '../../usecases/trackers/connect/keep-hook-secret.ts';
import { readTracker, readTrackers } from '../../usecases/trackers/connect/read-trackers.ts';
import { introduceTracker, tryTracker } from '../../usecases/trackers/connect/try-tracker.ts';
import { lookAtHistory } from '../../usecases/trackers/history/look-at-history.ts';
import { wantHistory } from '../../usecases/trackers/history/want-history.ts';
import { NO_ID, programInMetadata } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

type Place = { trackerId: number; seed: string | undefined; kind: TrackerKind | undefined };

/** A window of a tracker: its program, its tracker, where its new keys come from and its kind stand in its metadata. */
const trackerInMetadata: Naming<Place> = (received) => {
  const { programId, rest } = programInMetadata(received);
  return {
    programId,
    trackerId: Number(rest[0] || NO_ID),
    seed: rest[1],
    kind: TRACKER_KINDS.find((kind) => kind === rest[2]),
  };
};
const trackerInValue: Naming<Place> = (received) => ({
  ...programInMetadata(received),
  trackerId: Number(received.value || NO_ID),
  seed: undefined,
  kind: undefined,
});

const leads = { right: 'lead', names: trackerInValue } as const;
const form = { right: 'lead', names: trackerInMetadata, inputs: TRACKER_INPUTS } as const;

/** The windows of `/defect settings`, Trackers: they lie on the settings. */
export function registerTrackers(deps: Deps): void {
  const { db } = deps;
  const list = async ({ program }: Asked): Promise<ModalView> =>
    trackersModal(await readTrackers(db, program), program.id);
  const renewList = async (asked: Asked) =>
    inModal(asked.client, asked.view?.previous_view_id ?? undefined, await list(asked));

  onOpen(deps, ACTIONS.openTrackers, { ...leads, view: (asked) => list(asked) });
  for (const kind of TRACKER_KINDS)
    onOpen(deps, TRACKER_WORDS[kind].connect, {
      ...leads,
      view: async ({ program }) => {
        const seed = randomBytes(32).toString('base64url');
        return connectTrackerModal(kind, `${program.id}::${seed}:${kind}`);
      },
    });
  onOpen(deps, LEAD_ACTIONS.openTracker, {
    ...leads,
    view: async ({ program, named }) => trackerModal(await readTracker(db, program, named.trackerId), program.id),
  });
  onChange(deps, LEAD_ACTIONS.tryTracker, {
    ...leads,
    change: async ({ client, program, named: { trackerId }, view }) => {
      const tried = await tryTracker({ db, keys: deps.keys, open: deps.openTracker }, program, trackerId);
      await inModal(client, view?.id, trackerModal(await readTracker(db, program, trackerId), program.id, tried));
    },
  });
  onChange(deps, LEAD_ACTIONS.lookAtHistory, {
    ...leads,
    change: async ({ client, program, named: { trackerId }, view, now }) => {
      const preview = await lookAtHistory({ db, keys: deps.keys, open: deps.openTracker }, program, trackerId, now);
      const shown =
        typeof preview === 'string'
          ? trackerModal(await readTracker(db, program, trackerId), program.id, preview)
          : historyModal(preview, `${program.id}:${trackerId}`);
      await inModal(client, view?.id, shown);
    },
  });
  onForm(deps, LEAD_VIEWS.history, {
    ...form,
    work: async (tx, { program, named, doing }) => (await wantHistory(tx, program, named.trackerId, doing)).place,
    answer: (place) => showAnswer(historyWantedModal(place)),
  });
  onButton(deps, LEAD_ACTIONS.removeTracker, {
    ...leads,
    work: async (tx, { program, named, doing }) => (await removeTracker(tx, program, named.trackerId, doing)).place,
    tell: async (place, asked) => {
      await inModal(asked.client, asked.view?.id, trackerRemovedModal(place));
      await renewList(asked);
    },
  });

  onForm(deps, LEAD_VIEWS.connectTracker, {
    ...form,
    check: async ({ program, form: sent, named: { kind } }) => {
      if (!kind) throw new Refusal(TOO_OLD);
      const access = accessTyped(kind, {
        place: sent.text(TRACKER_INPUTS.place),
        token: sent.text(TRACKER_INPUTS.token),
        site: sent.text(TRACKER_INPUTS.site),
        email: sent.text(TRACKER_INPUTS.email),
        app: sent.text(TRACKER_INPUTS.app),
        installation: sent.text(TRACKER_INPUTS.installation),
        key: sent.text(TRACKER_INPUTS.key),
      });
      return { token: access.token, connection: await introduceTracker(deps.openTracker, program, access) };
    },
    work: async (tx, asked, { connection, token }) => {
      const keep = { keys: deps.keys, token, secret: keyOf(asked, 'secret'), address: keyOf(asked, 'address') };
      const { kind, place, account, accountName } = await connectTracker(
        tx,
        asked.program,
        connection,
        keep,
        asked.doing,
      );
      return { kind, place, account: accountName ?? account, isPublic: connection.isPublic };
    },
    answer: (connected, asked) =>
      showAnswer(
        trackerConnectedModal({
          ...connected,
          address: `${deps.publicUrl ?? ''}/trackers/${keyOf(asked, 'address')}`,
          secret: keyOf(asked, 'secret'),
        }),
      ),
    afterwards: renewList,
  });
  onForm(deps, LEAD_VIEWS.tracker, {
    ...form,
    work: async (tx, { program, named, form: sent, doing }) => {
      const wanted = {
        creation: sent.choice(TRACKER_INPUTS.creation),
        reopening: sent.choice(TRACKER_INPUTS.reopening),
        reopenDays: sent.text(TRACKER_INPUTS.reopenDays),
        labels: sent.choice(TRACKER_INPUTS.labels),
      };
      await changeTracker(tx, program, named.trackerId, wanted, doing);
      const typed = sent.text(TRACKER_INPUTS.secret);
      await keepHookSecret(tx, program, named.trackerId, { keys: deps.keys, typed }, doing);
      const followed = { claiming: sent.choice(TRACKER_INPUTS.claiming), agents: sent.text(TRACKER_INPUTS.agents) };
      await changeCode(tx, program, named.trackerId, followed, doing);
    },
    answer: () => null,
    afterwards: renewList,
  });
}

// A form carries where its keys come from, so that sent twice it shows the same, and what is shown once is kept nowhere.
function keyOf({ named: { seed }, digest }: AskedForm<Place>, what: string): string {
  if (!seed) throw new Refusal(TOO_OLD);
  return createHmac('sha256', seed).update(`${what} ${digest}`).digest('base64url');
}
