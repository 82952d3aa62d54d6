import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { link, mrkdwn } from '../kit/mrkdwn.ts';
import { type Message, message, section } from '../kit/parts.ts';

/** To a lead: what could not be read or written, and what to do. */
export function trackerTroubleMessage(given: {
  number: number;
  title: string;
  place: string;
  key: string | null;
  url: string | null;
  words: string;
}): Message {
  const { number, title, place, words } = given;
  const key = defectKey(number);
  const ticket =
    given.key && given.url ? link(given.url, given.key) : mrkdwn`the ticket that it should get in ${place}`;
  return message(`The ticket of ${key} could not be brought up to date. ${words}`, [
    section(
      mrkdwn`*${key}*  ${cleanLine(title, TITLE_LIMIT)}\nI could not bring ${ticket} up to date. ${words}\nI try again each day. \`/defect settings\`, Trackers, has *Try it*; \`/defect unlink ${number}\` ends the link.`,
    ),
  ]);
}
