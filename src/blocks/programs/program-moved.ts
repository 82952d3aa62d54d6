import type { Rhythm } from '../../domain/programs/settings.ts';
import { channelLink, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { cadenceWords, momentWords } from '../kit/words.ts';

export type ProgramMoved = {
  from: string;
  to: string;
  /** The name of a private channel is for those in it. */
  isToPrivate: boolean;
  triage: Rhythm;
  digest: Rhythm;
  next: { triage: Date; digest: Date };
  timeZone: string;
  by: string;
};

/** For whoever chose it. */
export function programMovedSentence(channelId: string): Mrkdwn {
  return mrkdwn`Triage, digest and every other post now go to ${channelLink(channelId)}. Threads that are open go on where they are.`;
}

/** @param ownName null where it is called by its channel again */
export function programNamedSentence(ownName: string | null): Mrkdwn {
  return ownName === null
    ? mrkdwn`The program is now called by its channel.`
    : mrkdwn`The program is now called ${ownName}.`;
}

/** What the new channel and the old one are told. */
export function programMovedMessage(side: 'here' | 'away', moved: ProgramMoved): Message {
  const words = side === 'here' ? arrivalWords(moved) : departureWords(moved);
  const text =
    side === 'here'
      ? 'The stability program is in this channel from now on.'
      : 'The stability program of this channel has moved.';
  return message(text, [section(words), context(mrkdwn`Changed in the settings by ${mention(moved.by)}.`)]);
}

function arrivalWords({ from, triage, digest, next, timeZone }: ProgramMoved): Mrkdwn {
  return joinMrkdwn([
    mrkdwn`*The stability program of ${channelLink(from)} is in this channel from now on.* Report what breaks with \`/defect\`.`,
    mrkdwn`Triage opens here ${cadenceWords(triage)}, next ${momentWords(next.triage, timeZone)}. The digest comes ${cadenceWords(digest)}, next ${momentWords(next.digest, timeZone)}.`,
  ]);
}

function departureWords({ to, isToPrivate }: ProgramMoved): Mrkdwn {
  const where = isToPrivate ? mrkdwn`a private channel; its leads can invite you` : channelLink(to);
  return mrkdwn`The stability program of this channel has moved to ${where}. Triage and digest come there from now on.`;
}
