import { logChange } from '../../db/defects/events.ts';
import {
  type GroupingRule,
  insertGroupingRule,
  listGroupingRules,
  lockGroupingRule,
  lockGroupingRules,
  updateGroupingRule,
} from '../../db/grouping/grouping-rules.ts';
import { listAreas } from '../../db/programs/programs.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { foldForRule, parseRuleWords, type RuleTerms } from '../../domain/grouping/grouping-rule.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { findOrRefuse } from '../defects/show-defect.ts';
import { because, type Db, type Doing, type Program } from '../doing.ts';
import { moveByRule, takeMoveBack } from './move-by-rule.ts';

/** Every report is held against all rules that are on, and nobody oversees more. */
export const MOST_RULES = 200;

const GONE = 'This rule is not there any more.';

/** What a rule's form holds. */
export type WantedRule = { words: string; areaId: number | null };

/** Reads a rule that is wanted for a defect, or says at its field what is wrong with it. */
export async function checkRule(db: Db, program: Program, number: number, wanted: WantedRule): Promise<RuleTerms> {
  const target = await findOrRefuse(db, program, number);
  if (target.state === 'merged') {
    throw new Refusal(`${defectKey(number)} is merged into another defect. Make the rule for that one.`);
  }
  const words = parseRuleWords(wanted.words);
  const { areaId } = wanted;
  if (areaId !== null && !(await listAreas(db, program.id)).some(({ id }) => id === areaId)) {
    throw new Refusal('Pick an area of this program, or any.', 'area');
  }
  const rules = await listGroupingRules(db, program.id, 'on');
  const same = rules.find((one) => foldForRule(one.words) === foldForRule(words) && one.areaId === areaId);
  if (same) {
    throw new Refusal('There is such a rule already. `/defect rules` shows it.', 'words');
  }
  refuseOneMore(rules, 'words');
  return { words, areaId };
}

function refuseOneMore(on: readonly GroupingRule[], field?: string): void {
  if (on.length < MOST_RULES) return;
  throw new Refusal(
    `${MOST_RULES} rules are on, which is the most. Switch one off in \`/defect rules\` that joins nothing any more.`,
    field,
  );
}

/**
 * Saves a rule: from now on, reports that it means join the defect. Past ones stay where they are, unless somebody wants
 * them moved along.
 */
export async function saveRule(
  db: Db,
  program: Program,
  number: number,
  wanted: WantedRule & { movesPast: boolean },
  doing: Doing,
): Promise<{ rule: GroupingRule; moved: number }> {
  return db.transaction(async (tx) => {
    await lockGroupingRules(tx, program.id);
    const terms = await checkRule(tx, program, number, wanted);
    const target = await findOrRefuse(tx, program, number);
    const who = { savedBy: doing.by, savedAt: doing.now };
    const rule = await insertGroupingRule(tx, { programId: program.id, defectId: target.id, ...terms, ...who });
    const area = (await listAreas(tx, program.id)).find(({ id }) => id === terms.areaId);
    const why = `Reports with “${terms.words}” in the title join from now on${area ? `, in ${area.name}` : ''}.`;
    await logChange(tx, target, 'rule_saved', because(doing, why, { ruleId: rule.id, ...terms }));
    return { rule, moved: wanted.movesPast ? await moveByRule(tx, program, rule, doing) : 0 };
  });
}

/** Switches a rule off, or on again; doing so twice changes nothing. What it has joined and moved stays. */
export async function switchRule(
  db: Db,
  program: Program,
  ruleId: number,
  to: 'on' | 'off',
  doing: Doing,
): Promise<GroupingRule> {
  return db.transaction(async (tx) => {
    const rule = await holdRule(tx, program, ruleId);
    const stops = to === 'off';
    if (stops === (rule.stoppedAt !== null)) return rule;
    if (!stops) {
      await lockGroupingRules(tx, program.id);
      refuseOneMore(await listGroupingRules(tx, program.id, 'on'));
    }
    const why = `The rule “${rule.words}” is ${stops ? 'off' : 'on again'}.`;
    const target = { id: rule.defectId, programId: program.id };
    await logChange(tx, target, stops ? 'rule_stopped' : 'rule_saved', because(doing, why, { ruleId }));
    return updateGroupingRule(tx, rule.id, {
      stoppedBy: stops ? doing.by : null,
      stoppedAt: stops ? doing.now : null,
    });
  });
}

/** Takes back what a rule has moved, and answers how many reports went back. The rule stays as it is. */
export async function undoRuleMove(db: Db, program: Program, ruleId: number, doing: Doing): Promise<number> {
  const rule = (await listGroupingRules(db, program.id)).find(({ id }) => id === ruleId);
  if (!rule) throw new Refusal(GONE);
  return db.transaction((tx) => takeMoveBack(tx, program, rule, doing));
}

async function holdRule(tx: Db, program: Program, ruleId: number): Promise<GroupingRule> {
  const rule = await lockGroupingRule(tx, program.id, ruleId);
  if (!rule) throw new Refusal(GONE);
  return rule;
}
