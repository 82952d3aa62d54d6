import { stateWords } from '../../domain/defects/lifecycle.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { type DefectState, defectKey } from '../../domain/vocabulary.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { counted, dayWords, listed } from '../kit/words.ts';
import { type Outcome, outcomeWords, rateWords } from './triage-words.ts';

export type SettledDefect = {
  number: number;
  title: string;
  outcome: Outcome;
  by: string;
  ownerId: string | null;
  dueOn: string | null;
  /** Where it was merged. */
  into?: number | undefined;
};

export type TriageSummary = {
  decided: readonly SettledDefect[];
  /** Closed while the thread was open, without a decision in it: a fix that was proven, for one. */
  meanwhile?: readonly { number: number; title: string; state: DefectState }[];
  /** Overdue defects that got a new date in the one item that they share; null where there was none. */
  newDates: { answered: boolean; dated: number; all: number } | null;
  carriedOver: readonly { number: number; title: string; streak: number }[];
  leftOut: number;
  /** What the lead was told of, because it has been left open too often. */
  escalated: readonly number[];
  leadIds: readonly string[];
};

const TITLE = 80;

/** What came of the thread, as its last reply. */
export function triageSummary(summary: TriageSummary): Message {
  const { decided, meanwhile = [], carriedOver, newDates, leftOut, escalated, leadIds } = summary;
  const shared = newDates ? 1 : 0;
  const settled = decided.length + meanwhile.length + (newDates?.answered ? 1 : 0);
  const all = decided.length + meanwhile.length + carriedOver.length + shared;
  const line = `${settled} of ${all} decided (${rateWords(settled, all)}).`;
  const byOutcome = Map.groupBy(decided, ({ outcome }) => outcome);
  const groups = [...byOutcome].map(
    ([outcome, list]) => mrkdwn`*${outcomeWords(outcome)}:* ${joinMrkdwn(list.map(settledWords), ', ')}`,
  );
  const carried = carriedOver.map(
    ({ number, title, streak }) =>
      mrkdwn`${defectKey(number)} ${cleanLine(title, TITLE)}${streak > 1 ? ` (${streak} times in a row)` : ''}`,
  );
  return message(`Triage closed. ${line}`, [
    section(mrkdwn`*Triage closed.* ${line}`),
    ...(groups.length > 0 ? [section(joinMrkdwn(groups))] : []),
    ...(meanwhile.length > 0
      ? [section(mrkdwn`*Settled meanwhile:* ${joinMrkdwn(meanwhile.map(meanwhileWords), ', ')}`)]
      : []),
    ...(newDates ? [section(mrkdwn`*Overdue:* ${newDates.dated} of ${newDates.all} got a new date.`)] : []),
    ...(carried.length > 0 ? [section(mrkdwn`*Left open:* ${joinMrkdwn(carried, ', ')}`)] : []),
    ...(leftOut > 0
      ? [context(mrkdwn`${counted(leftOut, 'defect')} did not fit. The longer one waits, the sooner its turn comes.`)]
      : []),
    ...(escalated.length > 0
      ? [
          context(
            mrkdwn`${people(leadIds)} decides ${listed(escalated.map(defectKey))} now: left open three times or more.`,
          ),
        ]
      : []),
  ]);
}

function settledWords({ number, title, outcome, by, ownerId, dueOn, into }: SettledDefect): Mrkdwn {
  const what = mrkdwn`${defectKey(number)} ${cleanLine(title, TITLE)}`;
  if (outcome === 'merge' && into !== undefined) return mrkdwn`${what} into ${defectKey(into)} (${mention(by)})`;
  if (outcome !== 'accept' && outcome !== 'keep' && outcome !== 'claim') return mrkdwn`${what} (${mention(by)})`;
  const owner = ownerId ? [mention(ownerId)] : [];
  const due = outcome !== 'claim' && dueOn ? [mrkdwn`${dayWords(dueOn)}`] : [];
  return mrkdwn`${what} (${joinMrkdwn([...owner, ...due], ', ')})`;
}

function meanwhileWords({ number, title, state }: NonNullable<TriageSummary['meanwhile']>[number]): Mrkdwn {
  return mrkdwn`${defectKey(number)} ${cleanLine(title, TITLE)} (${stateWords(state)})`;
}

function people(ids: readonly string[]): Mrkdwn {
  return joinMrkdwn(ids.map(mention), ' or ');
}
