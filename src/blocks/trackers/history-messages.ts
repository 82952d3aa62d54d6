import type { HistoryTally } from '../../domain/trackers/past-ticket.ts';
import { joinMrkdwn, link, mrkdwn } from '../kit/mrkdwn.ts';
import { type Message, message, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';
import { leftOutWords, linkedWords } from './history-words.ts';

/** To the lead who wanted it: what of a tracker's history was taken in. `stopped` says why not all of it was. */
export function historyMessage(given: {
  place: string;
  webUrl: string;
  tally: HistoryTally;
  stopped: string | null;
}): Message {
  const { place, webUrl, tally, stopped } = given;
  const taken = tally.opened + tally.joined;
  const lead = stopped
    ? `I stopped taking in the history of ${place}. ${stopped}`
    : `The history of ${place} is taken in: ${counted(taken, 'issue')}.`;
  const leftOut = leftOutWords(tally);
  return message(lead, [
    section(
      joinMrkdwn([
        stopped
          ? mrkdwn`I stopped taking in the history of *${link(webUrl, place)}*. ${stopped}`
          : mrkdwn`The history of *${link(webUrl, place)}* is taken in.`,
        mrkdwn`Taken in: ${counted(taken, 'issue')}${taken > 0 ? `: ${becameWords(tally)}` : ''}.`,
        ...(tally.linked ? [mrkdwn`Linked: ${linkedWords(tally.linked)}.`] : []),
        ...(leftOut ? [mrkdwn`Left out: ${leftOut}.`] : []),
        ...(stopped
          ? [
              mrkdwn`What came so far stays. *Take in its history* in \`/defect settings\`, Trackers, reads it from its beginning again, and takes in what is not here yet.`,
            ]
          : []),
      ]),
    ),
  ]);
}

/** To the lead who wanted it: something went wrong that has no words of its own. */
export function historyTroubleMessage({ place, webUrl }: { place: string; webUrl: string }): Message {
  const more = 'What came so far stays, and I try the rest again every two minutes. Why is in the log of this bot.';
  return message(`A page of the history of ${place} could not be taken in. ${more}`, [
    section(mrkdwn`A page of the history of *${link(webUrl, place)}* could not be taken in. ${more}`),
  ]);
}

function becameWords({ opened, joined, became }: HistoryTally): string {
  const { claimed = 0, risk_accepted: accepted = 0, dismissed = 0, merged = 0 } = became;
  const open = opened - claimed - accepted - dismissed - merged;
  return [
    [open, `${open} open, waiting for triage`],
    [claimed, `${counted(claimed, 'claimed fix', 'claimed fixes')}`],
    [accepted, `${counted(accepted, 'accepted risk')}`],
    [dismissed, `${dismissed} dismissed`],
    [merged, `${merged} merged`],
    [joined, `${joined} joined to defects by rules`],
  ]
    .flatMap(([count, words]) => (count ? String(words) : []))
    .join(', ');
}
