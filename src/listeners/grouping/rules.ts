import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { ANY_AREA, MOVE_PAST, RULE_INPUTS, ruleModal, rulesModal } from '../../blocks/grouping/rule-modals.ts';
import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { type Mrkdwn, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { noticeModal } from '../../blocks/kit/notice-modal.ts';
import { counted } from '../../blocks/kit/words.ts';
import { note } from '../../blocks/programs/help-message.ts';
import { splitRuleText } from '../../domain/command.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import type { Asked, Naming } from '../../requests/door.ts';
import { inModal, tellAlone } from '../../requests/listen/answer.ts';
import { onButton, onOpen } from '../../requests/listen/on-button.ts';
import { onForm, showAnswer } from '../../requests/listen/on-form.ts';
import { findOrRefuse } from '../../usecases/defects/show-defect.ts';
import type { Db, Program } from '../../usecases/doing.ts';
import { listAreas } from '../../usecases/doing.ts';
import {
  checkRule,
  saveRule,
  switchRule,
  undoRuleMove,
  type WantedRule,
} from '../../usecases/grouping/change-rules.ts';
import { previewRule } from '../../usecases/grouping/preview-rule.ts';
import { readRules } from '../../usecases/grouping/read-rules.ts';
import { defectInValue, programInMetadata } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

/** What the form knows between its preview and its saving: `shown` is the rule that the preview was of. */
const formState = z.object({
  programId: z.number(),
  number: z.number(),
  shown: z.object({ words: z.string(), areaId: z.number().nullable() }).optional(),
});

/** The list of rules names its program in its metadata, and each button its rule. */
const ruleInValue: Naming<{ ruleId: number; to: string | undefined }> = (received) => {
  const [ruleId, to] = received.value.split(':');
  return { ...programInMetadata(received), ruleId: Number(ruleId), to };
};

/** The form of a grouping rule, and the list of all. */
export function registerRules(deps: Deps): void {
  const { db } = deps;
  onOpen(deps, ACTIONS.addRule, {
    right: 'decide',
    names: defectInValue,
    view: ({ program, named: { number } }) => formOf(db, program, number, null),
  });

  onForm(deps, VIEWS.rule, {
    right: 'decide',
    names: ({ view }) => formState.parse(JSON.parse(view?.private_metadata ?? '{}')),
    work: async (tx, { program, named: { number, shown }, form, doing }) => {
      const area = form.choice(RULE_INPUTS.area);
      const areaId = !area || area === ANY_AREA ? null : Number(area);
      const terms = await checkRule(tx, program, number, { words: form.text(RULE_INPUTS.words), areaId });
      if (terms.words !== shown?.words || terms.areaId !== shown.areaId) return { terms, moved: null };
      const movesPast = form.several(RULE_INPUTS.past).includes(MOVE_PAST);
      const { moved } = await saveRule(tx, program, number, { ...terms, movesPast }, doing);
      return { terms, moved };
    },
    answer: async ({ terms, moved }, { program, named: { number } }) =>
      showAnswer(
        moved === null
          ? await formOf(db, program, number, terms)
          : noticeModal('Saved', savedWords(number, terms.words, moved)),
      ),
  });

  const showInList = async (said: string, asked: Asked) => {
    const list = await rulesList(db, asked.program, asked.now, said);
    if (!(await inModal(asked.client, asked.view?.id, list))) await tellAlone(asked)(note(said));
  };
  onButton(deps, ACTIONS.switchRule, {
    right: 'decide',
    names: ruleInValue,
    work: async (tx, { program, named: { ruleId, to }, doing }) => {
      const { words, stoppedAt } = await switchRule(tx, program, ruleId, to === 'on' ? 'on' : 'off', doing);
      return stoppedAt
        ? `The rule “${words}” is off. What has joined by it stays.`
        : `The rule “${words}” is on again.`;
    },
    tell: showInList,
  });
  onButton(deps, ACTIONS.undoRuleMove, {
    right: 'decide',
    names: ruleInValue,
    work: async (tx, { program, named: { ruleId }, doing }) => {
      const back = await undoRuleMove(tx, program, ruleId, doing);
      return `${counted(back, 'report')} went back to where ${back === 1 ? 'it was' : 'they were'}. The rule itself stays as it is.`;
    },
    tell: showInList,
  });

  onOpen(deps, ACTIONS.openRules, {
    right: 'read',
    names: programInMetadata,
    view: ({ program, now }) => rulesList(db, program, now),
  });
}

/** The form, with the preview where the words were typed along. */
export async function ruleFormFor(
  db: Db,
  program: Program,
  typed: { number: number; text: string },
): Promise<ModalView> {
  const areas = await listAreas(db, program.id);
  const { words, areaNamed } = splitRuleText(
    typed.text,
    areas.map(({ name }) => name),
  );
  const area = areas.find(({ name }) => name.toLowerCase() === areaNamed?.toLowerCase());
  if (areaNamed !== null && !area) {
    throw new Refusal(`There is no area “${areaNamed}”. There is: ${areas.map(({ name }) => name).join(', ')}.`);
  }
  const wanted = words ? await checkRule(db, program, typed.number, { words, areaId: area?.id ?? null }) : null;
  return formOf(db, program, typed.number, wanted);
}

export async function rulesList(db: Db, program: Program, now: Date, said?: string): Promise<ModalView> {
  const todayOn = localDateOn(now, program.timeZone);
  const words = said === undefined ? undefined : mrkdwn`${said}`;
  return rulesModal(await readRules(db, program), todayOn, String(program.id), words);
}

/** `shown` is what to preview; without it the form asks for the words first. */
async function formOf(db: Db, program: Program, number: number, shown: WantedRule | null): Promise<ModalView> {
  const { title } = await findOrRefuse(db, program, number);
  const state = { programId: program.id, number, ...(shown ? { shown } : {}) } satisfies z.infer<typeof formState>;
  return ruleModal({
    ref: { programId: program.id, number },
    title,
    words: shown?.words ?? '',
    areaId: shown?.areaId ?? null,
    areas: await listAreas(db, program.id),
    preview: shown ? await previewRule(db, program, number, shown) : null,
    metadata: JSON.stringify(state),
  });
}

function savedWords(number: number, words: string, moved: number): Mrkdwn {
  const past = moved > 0 ? ` ${counted(moved, 'past report')} moved there as well.` : '';
  return mrkdwn`Reports with “${words}” in the title join ${defectKey(number)} from now on.${past} \`/defect rules\` shows all rules, and switches them off.`;
}
