import type { HistoryTally, LeftOut } from '../../domain/trackers/past-ticket.ts';
import { LEFT_OUT } from '../../domain/trackers/past-ticket.ts';
import { counted } from '../kit/words.ts';

const KINDS_SHOWN = 8;

const WORDS: Record<LeftOut, (count: number) => string> = {
  pull_request: (count) => counted(count, 'pull request'),
  bot: (count) => `${count} by bots`,
  ours: (count) => `${count} that I made`,
  here: (count) => `${count} that ${count === 1 ? 'is' : 'are'} here already`,
  unreadable: (count) => `${count} that I could not read`,
};

/** What is not taken in and why, on one line; empty where nothing is left out. */
export function leftOutWords({ leftOut, kinds, unreadable }: HistoryTally): string {
  const work = Object.entries(kinds)
    .sort(([, a], [, b]) => b - a)
    .slice(0, KINDS_SHOWN);
  const isOne = work.length === 1 && work[0]?.[1] === 1;
  const named = work.map(([kind, count]) => `${count} ${kind}`).join(', ');
  const rest = LEFT_OUT.flatMap((why) => (leftOut[why] ? WORDS[why](leftOut[why]) : []));
  const examples = unreadable.map(({ key, reason }) => `${key} ${reason}`).join('; ');
  const words = [
    ...(named ? [`${named}, ${isOne ? 'which is no defect' : 'which are no defects'}`] : []),
    ...rest,
  ].join('; ');
  return examples ? `${words} (${examples})` : words;
}

/** Those that are here already by an import, and get their tickets. */
export function linkedWords(linked: number): string {
  return `${linked} that an import brought before, to the defects they are reports of`;
}
