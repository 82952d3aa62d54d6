import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import type { TicketQuestion } from '../../domain/trackers/take-status.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { link, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';

export type TicketNews = {
  programId: number;
  number: number;
  title: string;
  ticket: { key: string; url: string };
};

/** To the owner whose ticket was closed as done: the fix is claimed, and what the form would have asked is still open. */
export function ticketClaimedMessage(news: TicketNews): Message {
  const key = defectKey(news.number);
  return message(`${news.ticket.key} was closed as done, so a fix of ${key} is claimed.`, [
    section(
      mrkdwn`${named(news)}\n${ticketLink(news)} was closed as done, so a fix is claimed and being proven. What kind of fix is it, and what keeps it fixed? Proving goes on meanwhile.`,
    ),
    actions(`ticket_claimed_${news.number}`, [
      button(ACTIONS.completeClaim, 'Fill it in', defectRefValue(news), {
        style: 'primary',
        spoken: `Complete the claim of ${key}`,
      }),
    ]),
  ]);
}

/** To the owner, or the leads, where the ticket was closed or opened in a way that a person has to settle. */
export function ticketAskedMessage({ question, ...news }: TicketNews & { question: TicketQuestion }): Message {
  const { said, offered } = QUESTIONS[question];
  const ref = defectRefValue(news);
  const key = defectKey(news.number);
  return message(`${news.ticket.key} ${said} (${key})`, [
    section(mrkdwn`${named(news)}\n${ticketLink(news)} ${said}`),
    ...(offered.length > 0
      ? [
          actions(
            `ticket_asked_${news.number}`,
            offered.map(([action, label]) => button(action, label, ref, { spoken: `${label}: ${key}` })),
          ),
        ]
      : []),
  ]);
}

const QUESTIONS: Record<TicketQuestion, { said: string; offered: readonly (readonly [string, string])[] }> = {
  accept_first: {
    said: 'was closed as done, but nobody has accepted the defect, so no fix is claimed. Whoever accepts it now says that it is still to do: the ticket is then opened again, or its owner is asked, as the settings say.',
    offered: [[ACTIONS.accept, 'Accept']],
  },
  claim: {
    said: 'was closed as done. A fix of this defect can only be claimed in the form, which asks for more than a ticket tells.',
    offered: [[ACTIONS.claim, 'Claim fix']],
  },
  set_aside: {
    said: 'was closed as not planned. The defect is still open: is its risk accepted, or is it no defect? If neither, open the ticket again.',
    offered: [
      [ACTIONS.acceptRisk, 'Accept risk'],
      [ACTIONS.dismiss, 'Not a defect'],
    ],
  },
  merge: {
    said: 'was closed as a duplicate. Which defect is it part of?',
    offered: [[ACTIONS.merge, 'Merge']],
  },
  still_to_do: {
    said: 'is closed as done since before, and the defect is to do. If that fixed it, claim the fix. If not, open the ticket again.',
    offered: [[ACTIONS.claim, 'Claim fix']],
  },
  seen_again: {
    said: 'was opened again, but the fix is proven. If you have seen the failure since, report it: then the fix counts as one that did not hold.',
    offered: [],
  },
};

function named({ number, title }: TicketNews): Mrkdwn {
  return mrkdwn`*${defectKey(number)}*  ${cleanLine(title, TITLE_LIMIT)}`;
}

function ticketLink({ ticket }: TicketNews): Mrkdwn {
  return link(ticket.url, ticket.key);
}
