import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { TRACKER_NAMES, type TrackerKind } from '../../domain/trackers/tracker.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { ACTIONS, LEAD_ACTIONS } from '../kit/ids.ts';
import { link, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';

type Asked = {
  programId: number;
  /** The row that holds who it is. */
  personId: number;
  number: number;
  title: string;
  ownerId: string | null;
  kind: TrackerKind;
  /** What people call the account there. */
  account: string;
  ticket: { key: string; url: string };
};

const NAME_LIMIT = 80;

/** To those who lead: a ticket was assigned to an account that nobody here is known by. */
export function accountAskedMessage(asked: Asked): Message {
  const { number, ticket, kind, personId, programId, ownerId } = asked;
  const account = accountName(asked);
  const meanwhile = ownerId
    ? mrkdwn`Until somebody says so, ${mention(ownerId)} owns the defect.`
    : mrkdwn`Until somebody says so, nobody owns the defect.`;
  return message(`${ticket.key} is assigned to ${account}, whom I do not know here. (${defectKey(number)})`, [
    section(
      mrkdwn`${named(asked)}\n${link(ticket.url, ticket.key)} is assigned to *${account}* on ${TRACKER_NAMES[kind]}. Who is that here? ${meanwhile}`,
    ),
    actions('who_is', [
      button(LEAD_ACTIONS.nameAccount, 'Say who it is', `${programId}:${personId}`, {
        style: 'primary',
        spoken: `Say who ${account} is`,
      }),
    ]),
  ]);
}

/** To an owner whose account in a tracker nobody knows. */
export function ownerAskedMessage(asked: Asked): Message {
  const { number, ticket, kind, personId, programId } = asked;
  const tracker = TRACKER_NAMES[kind];
  const value = `${programId}:${personId}`;
  return message(
    `Which account is yours on ${tracker}? ${ticket.key} of ${defectKey(number)} is to be assigned to you.`,
    [
      section(
        mrkdwn`${named(asked)}\nYou own it, so ${link(ticket.url, ticket.key)} is to be assigned to you. Which account is yours on ${tracker}?`,
      ),
      actions('which_account', [
        button(ACTIONS.nameOwnAccount, 'Name it', value, {
          style: 'primary',
          spoken: `Name your account on ${tracker}`,
        }),
        button(ACTIONS.noAccount, 'I have none', value, { spoken: `I have no account on ${tracker}` }),
      ]),
    ],
  );
}

type Answered = { kind: TrackerKind; account: string; userId: string | null };

/** What stands in the place of the question to those who lead, once somebody has answered it. */
export function accountNamedMessage(answered: Answered): Message {
  const account = accountName(answered);
  const tracker = TRACKER_NAMES[answered.kind];
  const where = mrkdwn`\`/defect settings\`, Trackers, _Who is who_ changes that.`;
  return answered.userId
    ? message(`${account} on ${tracker} is known now.`, [
        section(mrkdwn`*${account}* on ${tracker} is ${mention(answered.userId)}. ${where}`),
      ])
    : message(`${account} on ${tracker} is nobody here.`, [
        section(mrkdwn`*${account}* on ${tracker} is nobody here, so what is assigned to it keeps its owner. ${where}`),
      ]);
}

/** The same for the owner who was asked; without an account where there is none. */
export function ownAccountNamedMessage({ kind, account }: { kind: TrackerKind; account: string | null }): Message {
  const tracker = TRACKER_NAMES[kind];
  return account === null
    ? message(`You have no account on ${tracker}.`, [
        section(mrkdwn`You have no account on ${tracker}, so nothing is assigned to you there.`),
      ])
    : message(`You are ${account} on ${tracker}.`, [
        section(
          mrkdwn`You are *${cleanLine(account, NAME_LIMIT)}* on ${tracker}: tickets of what you own are assigned to you there.`,
        ),
      ]);
}

/** To those who lead: the ticket was given to somebody who cannot be the owner, or could not be given to the owner. */
export function notGivenMessage(
  given: Omit<Asked, 'personId' | 'programId'> & {
    userId: string;
    place: string;
    why: 'cannot_see' | 'not_assignable';
  },
): Message {
  const { number, ticket, userId, ownerId, place, why } = given;
  const account = accountName(given);
  const key = defectKey(number);
  const said: Mrkdwn =
    why === 'cannot_see'
      ? mrkdwn`${link(ticket.url, ticket.key)} is assigned to *${account}*, who is ${mention(userId)} here and cannot see this program. So ${ownerId ? mrkdwn`${mention(ownerId)} still owns it` : mrkdwn`it has no owner`}. Invite them to the channel and assign it here, or assign the ticket to somebody else.`
      : mrkdwn`${mention(userId)} owns it, but ${link(ticket.url, ticket.key)} could not be assigned to *${account}*. Give that account access to ${place}.`;
  const spoken =
    why === 'cannot_see'
      ? `${ticket.key} is assigned to ${account}, who cannot see this program. (${key})`
      : `${ticket.key} could not be assigned to ${account}. (${key})`;
  return message(spoken, [section(mrkdwn`${named(given)}\n${said}`)]);
}

function named({ number, title }: Pick<Asked, 'number' | 'title'>): Mrkdwn {
  return mrkdwn`*${defectKey(number)}*  ${cleanLine(title, TITLE_LIMIT)}`;
}

function accountName({ account }: { account: string }): string {
  return cleanLine(account, NAME_LIMIT);
}
