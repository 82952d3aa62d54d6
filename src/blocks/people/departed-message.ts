import type { ModalView } from '@slack/types';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { personInput } from '../kit/inputs.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, plain, section } from '../kit/parts.ts';
import { counted, listed } from '../kit/words.ts';

export type DepartedDefect = { number: number; title: string };

/** One of them as it stands now. `dueOn` is YYYY-MM-DD. */
export type StillUnowned = DepartedDefect & { dueOn: string | null };

export type Departed = {
  programId: number;
  userId: string;
  name: string;
  /** When it was found out, in milliseconds: part of what the message is called. */
  atMs: number;
  owned: readonly DepartedDefect[];
  wasLead: boolean;
  hasLead: boolean;
};

export const REASSIGN_INPUTS = { owner: 'owner' } as const;

const SHOWN = 15;
/** As many numbers as the value of a button holds. */
const AT_ONCE = 150;

/** To the leads: what somebody owned who is gone, and one button for all of it. */
export function departedMessage(departed: Departed): Message {
  const { name, owned, wasLead, hasLead } = departed;
  const what = `${name} is deactivated`;
  const lead = wasLead ? leadWords(hasLead) : '';
  if (owned.length === 0) return message(`${what}.`, [section(mrkdwn`*${what}.*${lead}`)]);
  const unowned = `${counted(owned.length, 'open defect')} ${owned.length === 1 ? 'has' : 'have'} no owner now`;
  return message(`${what}: ${unowned}.`, [
    section(joinMrkdwn([mrkdwn`*${what}: ${unowned}.*${lead}`, ...lines(owned)])),
    actions('departed', [button(ACTIONS.reassignAll, 'Reassign all', buttonValue(departed), { style: 'primary' })]),
  ]);
}

/** What the message says once that is settled. */
export function reassignedMessage(name: string, words: Mrkdwn): Message {
  return message(`What ${name} owned has a new owner.`, [section(mrkdwn`*${name} is deactivated.* ${words}`)]);
}

export function reassignedWords(ownerId: string, given: readonly number[], others: number): Mrkdwn {
  const rest =
    others > 0 ? ` ${counted(others, 'other')} already had an owner or ${others === 1 ? 'was' : 'were'} closed.` : '';
  if (given.length === 0) return mrkdwn`All of it already had an owner or was closed.`;
  return mrkdwn`${mention(ownerId)} owns ${listed(given.map(defectKey))} now.${rest}`;
}

/** `metadata` is the value of the button. */
export function reassignModal(owned: readonly StillUnowned[], metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.reassign,
    private_metadata: metadata,
    title: plain('Reassign all', 24),
    submit: plain('Reassign', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(joinMrkdwn(lines(owned))),
      personInput(REASSIGN_INPUTS.owner, { label: 'New owner of all of them', hint: dueHint(owned) }),
    ],
  };
}

function leadWords(hasLead: boolean): string {
  return hasLead
    ? ' They are no lead of the program any more.'
    : ' They led the program, which has no lead now: an admin of the workspace can name one in `/defect settings`.';
}

function lines(owned: readonly DepartedDefect[]): Mrkdwn[] {
  const more = owned.length - SHOWN;
  return [
    ...owned
      .slice(0, SHOWN)
      .map(({ number, title }) => mrkdwn`*${defectKey(number)}*  ${cleanLine(title, TITLE_LIMIT)}`),
    ...(more > 0 ? [mrkdwn`and ${more} more`] : []),
  ];
}

function buttonValue({ programId, userId, atMs, owned }: Departed): string {
  const numbers = owned.slice(0, AT_ONCE).map(({ number }) => number);
  return [programId, userId, atMs, numbers.join(',')].join(':');
}

function dueHint(owned: readonly StillUnowned[]): string {
  const dated = owned.filter(({ dueOn }) => dueOn !== null).length;
  if (dated === 0) return owned.length === 1 ? 'It has no due date.' : 'None of them has a due date.';
  return dated === owned.length ? 'Due dates stay as they are.' : 'Due dates stay as they are; some have none.';
}
