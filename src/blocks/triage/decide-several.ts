import type { ModalView } from '@slack/types';
import { cleanLine } from '../../domain/text/clean-text.ts';
import type { Suggestion } from '../../domain/triage/agenda.ts';
import { type Choice, choiceValue } from '../../domain/triage/decide-several.ts';
import { type DefectState, defectKey } from '../../domain/vocabulary.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { choiceInput, textInput } from '../kit/inputs.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, option, plain, section } from '../kit/parts.ts';
import { counted, dayWords, listed } from '../kit/words.ts';

export type ChoosableItem = {
  number: number;
  title: string;
  state: DefectState;
  suggestion: Suggestion;
  /** Whoever would own it, by id and by name; null where nobody is proposed. */
  owner: { id: string; name: string } | null;
  dueOn: string;
};

export const SEVERAL_REASON = 'reason';

/** The input of each item is named by its number. */
export function choiceName(number: number): string {
  return `item_${number}`;
}

const TITLE = 90;

/** One choice for each item, as triage proposes it. `metadata` names the program and the triage. */
export function decideSeveralModal(items: readonly ChoosableItem[], metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.decideSeveral,
    private_metadata: metadata,
    title: plain('Decide several', 24),
    submit: plain('Decide', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(mrkdwn`${counted(items.length, 'item')} to decide, each as triage proposes it. It can be undone as one.`),
      ...items.map((item) => {
        const choices = choicesFor(item);
        return choiceInput(choiceName(item.number), {
          label: `${defectKey(item.number)} ${cleanLine(item.title, TITLE)}`,
          options: choices.map(({ label, choice }) => option(label, choiceValue(choice))),
          initial: choices.find(({ isProposed }) => isProposed) ? choiceValue(proposed(choices)) : 'leave',
        });
      }),
      textInput(SEVERAL_REASON, {
        label: 'Why, for what is deferred, dismissed or lived with',
        limit: 500,
        optional: true,
      }),
    ],
  };
}

type Offered = { label: string; choice: Choice; isProposed?: boolean };

function choicesFor({ state, suggestion, owner, dueOn }: ChoosableItem): Offered[] {
  const promise = (kind: 'accept' | 'keep', word: string): Offered[] =>
    owner
      ? [
          {
            label: `${word}: ${cleanLine(owner.name, 30)}, ${dayWords(dueOn)}`,
            choice: { kind, ownerId: owner.id, dueOn },
            isProposed: suggestion === (kind === 'accept' ? 'accept' : 'recommit'),
          },
        ]
      : [];
  return [
    ...(state === 'new' ? promise('accept', 'Accept') : []),
    ...(state === 'accepted' ? promise('keep', 'Keep') : []),
    { label: 'Defer to the next triage', choice: { kind: 'defer' } },
    ...(state === 'claimed' ? [] : [{ label: 'Accept the risk', choice: { kind: 'accept_risk' as const } }]),
    ...(state === 'claimed' ? [] : [{ label: 'Not a defect', choice: { kind: 'dismiss' as const } }]),
    { label: 'Leave it open', choice: { kind: 'leave' } },
  ];
}

function proposed(choices: readonly Offered[]): Choice {
  return choices.find(({ isProposed }) => isProposed)?.choice ?? { kind: 'leave' };
}

export type SeveralDecided = {
  ref: { programId: number; batchId: number };
  by: string;
  numbers: readonly number[];
  /** Whoever took it back, and what could not be taken back because it has gone on since. */
  undone: { by: string; kept: readonly number[] } | null;
};

/** In the thread: that several items were decided in one go, and the way back. */
export function severalDecided({ ref, by, numbers, undone }: SeveralDecided): Message {
  const decided = mrkdwn`${mention(by)} decided ${counted(numbers.length, 'item')} in one go.`;
  if (undone) {
    const back = mrkdwn`${mention(undone.by)} took it back${keptWords(undone.kept)}.`;
    return message('Decided in one go, and taken back.', [section(joinMrkdwn([decided, back], ' '))]);
  }
  return message(`${counted(numbers.length, 'item')} decided in one go.`, [
    section(decided),
    actions('several', [
      button(ACTIONS.undoSeveral, 'Undo all', `${ref.programId}.${ref.batchId}`, {
        spoken: `Undo ${listed(numbers.map(defectKey))}`,
      }),
    ]),
  ]);
}

function keptWords(kept: readonly number[]): Mrkdwn {
  if (kept.length === 0) return mrkdwn``;
  return mrkdwn`, except for ${listed(kept.map(defectKey))}, which changed meanwhile`;
}
