import type { Ritual } from '../../domain/vocabulary.ts';
import { channelLink, mrkdwn } from '../kit/mrkdwn.ts';
import { type Message, message, section } from '../kit/parts.ts';
import { listed, momentWords } from '../kit/words.ts';

const NAMES: Record<Exclude<Ritual, 'proof' | 'reminders'>, string> = {
  triage: 'triage thread',
  digest: 'digest',
  tranche_review: 'tranche review',
};
const MOST_NAMED = 3;

/** Tells a lead which occurrences of a ritual were not posted, and why. */
export function missedNotice({
  ritual,
  dueAts,
  program,
}: {
  ritual: Exclude<Ritual, 'proof' | 'reminders'>;
  dueAts: readonly Date[];
  program: { channelId: string; timeZone: string };
}): Message {
  const one = dueAts.length === 1;
  const named = dueAts.slice(-MOST_NAMED).map((at) => momentWords(at, program.timeZone));
  const which = dueAts.length > MOST_NAMED ? `, the last of them ${listed(named)},` : ` of ${listed(named)}`;
  const what = one ? `The ${NAMES[ritual]}${which} was` : `${dueAts.length} ${NAMES[ritual]}s${which} were`;
  const rest =
    'I was not running then, and it is too late now. The next one says so, too. Whoever runs me can tell why.';
  return message(`${what} not posted: ${rest}`, [
    section(mrkdwn`${what} not posted in ${channelLink(program.channelId)}: ${rest}`),
  ]);
}
