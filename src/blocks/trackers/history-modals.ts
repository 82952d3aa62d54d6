import type { ModalView } from '@slack/types';
import type { HistoryTally } from '../../domain/trackers/past-ticket.ts';
import { LEAD_VIEWS } from '../kit/ids.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, plain, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';
import { leftOutWords, linkedWords } from './history-words.ts';

/** What the first page of a tracker's history holds. */
export type HistoryPreview = {
  place: string;
  /** How many tickets there are on it, and whether there are no others. */
  read: number;
  isAll: boolean;
  /** Those that would be taken in. */
  open: number;
  closed: number;
  /** The same by their kind, which is empty where they have none. */
  kinds: Readonly<Record<string, number>>;
  tally: HistoryTally;
};

const KINDS_SHOWN = 8;

/** What would come, as a question. */
export function historyModal(preview: HistoryPreview, metadata: string): ModalView {
  const { place, read, isAll, open, closed, tally } = preview;
  const seen = isAll ? counted(read, 'issue') : `the first ${counted(read, 'issue')}, and there are more`;
  const leftOut = leftOutWords(tally);
  const comes = open + closed;
  return {
    type: 'modal',
    callback_id: LEAD_VIEWS.history,
    private_metadata: metadata,
    title: plain('Take in its history', 24),
    submit: plain('Take it in', 24),
    close: plain('Back', 24),
    blocks: [
      section(
        joinMrkdwn([
          mrkdwn`*${place}*: I looked at ${seen}.`,
          comes === 0
            ? mrkdwn`None of these would be taken in.`
            : mrkdwn`${counted(comes, 'issue')} would be taken in${kindWords(preview.kinds)}: ${open} open, to be triaged, and ${closed} closed, to come in closed as the tracker says: as a claimed fix, an accepted risk or dismissed.`,
          ...(tally.linked ? [mrkdwn`Only linked: ${linkedWords(tally.linked)}.`] : []),
          ...(leftOut ? [mrkdwn`Left out: ${leftOut}.`] : []),
        ]),
      ),
      section(
        mrkdwn`Take in all of its history? Each issue becomes a defect and its ticket, with its dates, and is followed from then on. Nobody is told of each, and nothing is written to an issue before it or its defect changes.`,
      ),
      context(mrkdwn`It is read as fast as the tracker allows. You are told once when it is done.`),
    ],
  };
}

export function historyWantedModal(place: string): ModalView {
  return {
    type: 'modal',
    title: plain('Under way', 24),
    close: plain('Done', 24),
    blocks: [section(mrkdwn`The history of *${place}* is being taken in. I tell you when it is done.`)],
  };
}

function kindWords(kinds: Readonly<Record<string, number>>): string {
  const named = Object.entries(kinds).filter(([kind]) => kind !== '');
  if (named.length === 0) return '';
  const unnamed = kinds[''] ?? 0;
  const shown = named.sort(([, a], [, b]) => b - a).slice(0, KINDS_SHOWN);
  const words = shown.map(([kind, count]) => `${count} ${kind}`);
  return ` (${[...words, ...(unnamed > 0 ? [`${unnamed} without a kind`] : [])].join(', ')})`;
}
