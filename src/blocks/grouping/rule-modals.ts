import type { KnownBlock, ModalView } from '@slack/types';
import { RULE_WORDS_LIMIT } from '../../domain/grouping/grouping-rule.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type DefectOfForm, defectForm } from '../defects/defect-form.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { choiceInput, textInput } from '../kit/inputs.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, option, plain, section } from '../kit/parts.ts';
import { counted, dayWords } from '../kit/words.ts';

/** The names of the inputs, which are also the fields that a refusal may name. */
export const RULE_INPUTS = { words: 'words', area: 'area', past: 'past' } as const;

export const ANY_AREA = 'any';
export const MOVE_PAST = 'move';

export type RuleForm = DefectOfForm & {
  words: string;
  areaId: number | null;
  areas: readonly { id: number; name: string }[];
  /** What the rule would have done so far; null until there are words to look for. */
  preview: { words: Mrkdwn; moving: number } | null;
  /** Carried through the form and given back on submit. */
  metadata: string;
};

/** "Title contains … in area …": nothing is saved before its preview was read. */
export function ruleModal(asked: RuleForm): ModalView {
  const { words, areaId, areas, preview } = asked;
  const heading = 'Grouping rule';
  const form = defectForm(asked, VIEWS.rule, heading, [
    section(
      mrkdwn`Reports to come that match join this defect by themselves. Past ones stay where they are, unless you say otherwise.`,
    ),
    textInput(RULE_INPUTS.words, {
      label: 'Title contains',
      hint: 'As plain text; capitals do not matter.',
      initial: words,
      limit: RULE_WORDS_LIMIT,
      placeholder: 'pool exhausted',
    }),
    choiceInput(RULE_INPUTS.area, {
      label: 'In area',
      options: [option('any area', ANY_AREA), ...areas.slice(0, 99).map(({ id, name }) => option(name, String(id)))],
      initial: areaId === null ? ANY_AREA : String(areaId),
    }),
    ...(preview ? [{ ...section(mrkdwn`*On the reports so far*\n${preview.words}`), block_id: 'preview' }] : []),
    ...(preview && preview.moving > 0 ? [pastInput(preview.moving)] : []),
  ]);
  return {
    ...form,
    private_metadata: asked.metadata,
    submit: plain(preview ? 'Save the rule' : 'Preview', 24),
  };
}

function pastInput(moving: number): KnownBlock {
  const what = moving === 1 ? 'Move this report now as well' : `Move these ${moving} reports now as well`;
  return {
    type: 'input',
    block_id: RULE_INPUTS.past,
    optional: true,
    label: plain('Past reports', 150),
    hint: plain('/defect rules takes the move back.', 150),
    element: { type: 'checkboxes', action_id: RULE_INPUTS.past, options: [option(what, MOVE_PAST)] },
  };
}

/** A rule as the list shows it. */
export type RuleFacts = {
  id: number;
  words: string;
  area: string | null;
  target: { number: number; title: string };
  savedBy: string;
  savedOn: string;
  stopped: { by: string; on: string } | null;
  joined: number;
  /** Past reports that it has moved, while that can be taken back. */
  moved: number;
};

const RULES_SHOWN = 30;

/** All rules of a program, those that are on first. `said` tells what the last click has done. */
export function rulesModal(rules: readonly RuleFacts[], todayOn: string, metadata: string, said?: Mrkdwn): ModalView {
  const lead =
    rules.length === 0
      ? mrkdwn`There is no rule yet. \`/defect rule 42 "pool exhausted"\` makes reports with these words in the title join D-42.`
      : mrkdwn`Reports that match a rule join its defect by themselves. What people have told apart stays apart.`;
  return {
    type: 'modal',
    private_metadata: metadata,
    title: plain('Grouping rules', 24),
    close: plain('Close', 24),
    blocks: [
      ...(said ? [section(said)] : []),
      section(lead),
      ...rules.slice(0, RULES_SHOWN).flatMap((rule) => ruleBlocks(rule, todayOn)),
      ...(rules.length > RULES_SHOWN ? [context(mrkdwn`and ${rules.length - RULES_SHOWN} more`)] : []),
    ],
  };
}

function ruleBlocks(rule: RuleFacts, todayOn: string): KnownBlock[] {
  const { id, target, stopped, moved } = rule;
  const by = mrkdwn`Saved by ${mention(rule.savedBy)} on ${dayWords(rule.savedOn, todayOn)}.`;
  const since =
    rule.joined === 0 ? 'No report has joined by it yet.' : `${counted(rule.joined, 'report')} joined by it.`;
  const past = moved > 0 ? ` It moved ${counted(moved, 'past report')}.` : '';
  const off = stopped ? mrkdwn` Off since ${dayWords(stopped.on, todayOn)}, by ${mention(stopped.by)}.` : mrkdwn``;
  const lines = [
    mrkdwn`${ruleWords(rule)} → *${defectKey(target.number)}* ${target.title}`,
    mrkdwn`${by} ${since}${past}${off}`,
  ];
  return [
    section(joinMrkdwn(lines)),
    actions(`rule_${id}`, [
      button(ACTIONS.switchRule, stopped ? 'Switch on' : 'Switch off', stopped ? `${id}:on` : `${id}:off`),
      ...(moved > 0 ? [button(ACTIONS.undoRuleMove, `Take back ${counted(moved, 'report')}`, String(id))] : []),
    ]),
  ];
}

/** "Title contains “pool exhausted”, in billing". */
export function ruleWords({ words, area }: Pick<RuleFacts, 'words' | 'area'>): Mrkdwn {
  return mrkdwn`Title contains “${words}”${area === null ? '' : `, in ${area}`}`;
}
