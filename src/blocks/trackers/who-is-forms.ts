import type { KnownBlock, ModalView } from '@slack/types';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { TRACKER_NAMES, type TrackerKind } from '../../domain/trackers/tracker.ts';
import type { TrackerPerson } from '../../domain/trackers/tracker-person.ts';
import { LEAD_VIEWS, VIEWS } from '../kit/ids.ts';
import { choiceInput, personInput, textInput } from '../kit/inputs.ts';
import { joinMrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { context, option, plain, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';

export const WHO_INPUTS = { person: 'person', account: 'account', tracker: 'tracker' } as const;

export type KnownAccount = TrackerPerson & { id: number; kind: TrackerKind };

const NAME_LIMIT = 80;
/** Each is a block, of which a window has a hundred. */
const SHOWN = 80;

/** Who an account is: for those who lead. */
export function nameAccountModal({ id, kind, name, account, userId }: KnownAccount, programId: number): ModalView {
  const shown = cleanLine(name ?? account, NAME_LIMIT);
  return {
    type: 'modal',
    callback_id: LEAD_VIEWS.nameAccount,
    private_metadata: `${programId}:${id}`,
    title: plain('Who is it?', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      personInput(WHO_INPUTS.person, {
        label: `Who is ${shown} on ${TRACKER_NAMES[kind]}?`,
        hint: 'Leave it empty where it is nobody here: then what is assigned to it keeps its owner.',
        initial: userId,
        optional: true,
      }),
    ],
  };
}

/** Which account is theirs: for the owner who was asked. */
export function nameOwnAccountModal({ id, kind }: KnownAccount, programId: number): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.nameOwnAccount,
    private_metadata: `${programId}:${id}`,
    title: plain('Your account', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      textInput(WHO_INPUTS.account, {
        label: `Your account on ${TRACKER_NAMES[kind]}`,
        hint: 'Its name, as people see it there, or its e-mail.',
        limit: 100,
      }),
    ],
  };
}

/** What an account's input is called: with who it was when it was shown, so that only what was changed is saved. */
export function whoInput({ id, userId }: Pick<KnownAccount, 'id' | 'userId'>): string {
  return `who:${id}:${userId ?? ''}`;
}

export function readWhoInput(name: string): { id: number; before: string | null } | null {
  const [, id, before] = /^who:(\d{1,15}):([UW][A-Z0-9]*)?$/.exec(name) ?? [];
  return id === undefined ? null : { id: Number(id), before: before ?? null };
}

/** Everybody who is known in the trackers of a program, and who is not. */
export function whoIsWhoModal(
  {
    people,
    places,
  }: { people: readonly KnownAccount[]; places: readonly { id: number; kind: TrackerKind; place: string }[] },
  programId: number,
): ModalView {
  const accounts = people.filter(({ account }) => account !== null);
  const waiting = people.filter(
    ({ account, userId, knownBy }) => account === null && userId !== null && knownBy === null,
  );
  const more = accounts.length - SHOWN;
  return {
    type: 'modal',
    callback_id: LEAD_VIEWS.trackerPeople,
    private_metadata: String(programId),
    title: plain('Who is who', 24),
    submit: plain('Save', 24),
    close: plain('Back', 24),
    blocks: [
      section(
        mrkdwn`Whoever a ticket is assigned to owns its defect, and the other way round. People are known by their e-mail, and else by what was said here; who is asked is asked once.`,
      ),
      ...(waiting.length > 0 ? [section(waitingWords(waiting))] : []),
      ...accounts.slice(0, SHOWN).map(accountInput),
      ...(more > 0
        ? [context(mrkdwn`${counted(more, 'more account')}, all of them known. To change one, name it below.`)]
        : []),
      ...newAccountInputs(places),
    ],
  };
}

function waitingWords(waiting: readonly KnownAccount[]) {
  const named = waiting
    .slice(0, 20)
    .map(({ kind, userId }) => mrkdwn`${mention(userId ?? '')} on ${TRACKER_NAMES[kind]}`);
  const more = waiting.length > 20 ? mrkdwn` and ${waiting.length - 20} more` : mrkdwn``;
  return mrkdwn`Nobody knows yet which account is theirs: ${joinMrkdwn(named, ', ')}${more}. They own something and were asked.`;
}

function accountInput(known: KnownAccount): KnownBlock {
  const { name, account, kind, userId, knownBy } = known;
  return personInput(whoInput(known), {
    label: `${cleanLine(name ?? account, NAME_LIMIT)} on ${TRACKER_NAMES[kind]}`,
    ...(knownBy === null ? { hint: 'Nobody knows yet.' } : {}),
    ...(knownBy === 'email' ? { hint: 'By the e-mail.' } : {}),
    ...(knownBy === 'person' && userId === null ? { hint: 'Nobody here.' } : {}),
    initial: userId,
    optional: true,
  });
}

function newAccountInputs(places: readonly { id: number; kind: TrackerKind; place: string }[]): KnownBlock[] {
  if (places.length === 0) return [];
  const options = places
    .slice(0, 100)
    .map(({ id, kind, place }) => option(`${place} (${TRACKER_NAMES[kind]})`, String(id)));
  return [
    { type: 'divider' },
    textInput(WHO_INPUTS.account, {
      label: 'Another account',
      hint: 'Its name, as people see it there, or its e-mail.',
      limit: 100,
      optional: true,
    }),
    choiceInput(WHO_INPUTS.tracker, { label: 'Where?', options, initial: options[0]?.value, optional: true }),
    personInput(WHO_INPUTS.person, { label: 'Who is that here?', optional: true }),
  ];
}
