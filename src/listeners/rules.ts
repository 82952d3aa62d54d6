import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { noticeModal } from '../blocks/decision-modals.ts';
import { note } from '../blocks/help-message.ts';
import { ACTIONS, VIEWS } from '../blocks/ids.ts';
import { type Mrkdwn, mrkdwn } from '../blocks/mrkdwn.ts';
import { ANY_AREA, MOVE_PAST, RULE_INPUTS, ruleModal, rulesModal } from '../blocks/rule-modals.ts';
import { counted } from '../blocks/words.ts';
import { splitRuleText } from '../domain/command.ts';
import { Refusal } from '../domain/refusal.ts';
import { defectKey } from '../domain/vocabulary.ts';
import { localDateOn } from '../domain/working-time.ts';
import type { Db, Doing, Program } from '../usecases/doing.ts';
import { listAreas, programNamed } from '../usecases/find-program.ts';
import { checkRule, saveRule, switchRule, undoRuleMove, type WantedRule } from '../usecases/keep-rules.ts';
import { previewRule } from '../usecases/preview-rule.ts';
import { readRules } from '../usecases/read-rules.ts';
import { findOrRefuse } from '../usecases/show-defect.ts';
import { submitOnce } from '../usecases/submit-once.ts';
import { act } from './act.ts';
import { answer, wordsFor } from './answer.ts';
import { defectOf } from './defect-forms.ts';
import type { Deps } from './deps.ts';
import { readForm } from './form-answers.ts';
import { inModal, teamOf, tellAlone } from './slack-context.ts';
import { submissionOf } from './submission.ts';

/** What the form knows between its preview and its saving: `shown` is the rule that the preview was of. */
const formState = z.object({
  programId: z.number(),
  number: z.number(),
  shown: z.object({ words: z.string(), areaId: z.number().nullable() }).optional(),
});

/** The form of a grouping rule, and the list of all. */
export function registerRules(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ACTIONS.addRule, async ({ ack, body, action, client }) => {
    await ack();
    await answer(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
      const { program, number } = await defectOf(deps, body, action.value);
      const opening = { trigger_id: body.trigger_id, view: await formOf(deps, program, number, null) };
      await (body.view?.type === 'modal' ? client.views.push(opening) : client.views.open(opening));
    });
  });

  app.view(VIEWS.rule, async ({ ack, body, view }) => {
    try {
      const { programId, number, shown } = formState.parse(JSON.parse(view.private_metadata));
      const program = await programNamed(deps.db, teamOf(body), programId);
      const answers = readForm(view.state.values);
      const area = answers.choice(RULE_INPUTS.area);
      const wanted = {
        words: answers.text(RULE_INPUTS.words),
        areaId: !area || area === ANY_AREA ? null : Number(area),
      };
      const movesPast = answers.several(RULE_INPUTS.past).includes(MOVE_PAST);
      const doing = { by: body.user.id, now: deps.clock.now() };
      const { said } = await submitOnce(deps.db, submissionOf(body, view, doing.now), async (db) => {
        const terms = await checkRule(db, program, number, wanted);
        if (terms.words !== shown?.words || terms.areaId !== shown.areaId) return { terms, moved: null };
        const { moved } = await saveRule(db, program, number, { ...terms, movesPast }, doing);
        return { terms, moved };
      });
      if (said.moved === null) {
        await ack({ response_action: 'update', view: await formOf(deps, program, number, said.terms) });
        return;
      }
      const words = savedWords(number, said.terms.words, said.moved);
      await ack({ response_action: 'update', view: noticeModal('Saved', words) });
      deps.wake();
    } catch (error) {
      const field = error instanceof Refusal ? error.field : undefined;
      const block = Object.values(RULE_INPUTS).find((name) => name === field) ?? RULE_INPUTS.words;
      await ack({ response_action: 'errors', errors: { [block]: wordsFor(deps, error).replaceAll('`', '') } });
    }
  });

  const onList = (
    actionId: string,
    work: (db: Db, program: Program, ruleId: number, doing: Doing, to: string | undefined) => Promise<string>,
  ) =>
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, context, action, client }) => {
      const alone = tellAlone(client, body.user.id);
      const doing = { by: body.user.id, now: deps.clock.now() };
      const programIn = (db: Db) => programNamed(db, teamOf(body), Number(body.view?.private_metadata));
      const [ruleId, to] = (action.value ?? '').split(':');
      const change = async (tx: Db) => work(tx, await programIn(tx), Number(ruleId), doing, to);
      await act(deps, { ack, body, context }, alone, change, async (said) => {
        const list = await listOf(deps, await programIn(deps.db), doing, said);
        if (!(await inModal(client, body.view?.id, list))) await alone(note(said));
      });
    });
  onList(ACTIONS.switchRule, async (db, program, ruleId, doing, to) => {
    const { words, stoppedAt } = await switchRule(db, program, ruleId, to === 'on' ? 'on' : 'off', doing);
    return stoppedAt ? `The rule “${words}” is off. What has joined by it stays.` : `The rule “${words}” is on again.`;
  });
  onList(ACTIONS.undoRuleMove, async (db, program, ruleId, doing) => {
    const back = await undoRuleMove(db, program, ruleId, doing);
    return `${counted(back, 'report')} went back to where ${back === 1 ? 'it was' : 'they were'}. The rule itself stays as it is.`;
  });

  app.action<BlockAction<ButtonAction>>(ACTIONS.openRules, async ({ ack, body, client }) => {
    await ack();
    await answer(deps, tellAlone(client, body.user.id), async () => {
      const program = await programNamed(deps.db, teamOf(body), Number(body.view?.private_metadata));
      const doing = { by: body.user.id, now: deps.clock.now() };
      await client.views.push({ trigger_id: body.trigger_id, view: await listOf(deps, program, doing) });
    });
  });
}

type Opening = { program: Program; triggerId: string; doing: Doing };

/** The form, with the preview where the words were typed along. */
export async function openRuleForm(
  deps: Deps,
  client: WebClient,
  typed: { number: number; text: string },
  { program, triggerId }: Opening,
): Promise<void> {
  const areas = await listAreas(deps.db, program.id);
  const { words, areaNamed } = splitRuleText(
    typed.text,
    areas.map(({ name }) => name),
  );
  const area = areas.find(({ name }) => name.toLowerCase() === areaNamed?.toLowerCase());
  if (areaNamed !== null && !area) {
    throw new Refusal(`There is no area “${areaNamed}”. There is: ${areas.map(({ name }) => name).join(', ')}.`);
  }
  const wanted = words ? await checkRule(deps.db, program, typed.number, { words, areaId: area?.id ?? null }) : null;
  await client.views.open({ trigger_id: triggerId, view: await formOf(deps, program, typed.number, wanted) });
}

export async function openRules(deps: Deps, client: WebClient, { program, triggerId, doing }: Opening): Promise<void> {
  await client.views.open({ trigger_id: triggerId, view: await listOf(deps, program, doing) });
}

async function listOf(deps: Deps, program: Program, { now }: Doing, said?: string): Promise<ModalView> {
  const todayOn = localDateOn(now, program.timeZone);
  const words = said === undefined ? undefined : mrkdwn`${said}`;
  return rulesModal(await readRules(deps.db, program), todayOn, String(program.id), words);
}

/** `shown` is what to preview; without it the form asks for the words first. */
async function formOf(deps: Deps, program: Program, number: number, shown: WantedRule | null): Promise<ModalView> {
  const { title } = await findOrRefuse(deps.db, program, number);
  const state = { programId: program.id, number, ...(shown ? { shown } : {}) } satisfies z.infer<typeof formState>;
  return ruleModal({
    ref: { programId: program.id, number },
    title,
    words: shown?.words ?? '',
    areaId: shown?.areaId ?? null,
    areas: await listAreas(deps.db, program.id),
    preview: shown ? await previewRule(deps.db, program, number, shown) : null,
    metadata: JSON.stringify(state),
  });
}

function savedWords(number: number, words: string, moved: number): Mrkdwn {
  const past = moved > 0 ? ` ${counted(moved, 'past report')} moved there as well.` : '';
  return mrkdwn`Reports with “${words}” in the title join ${defectKey(number)} from now on.${past} \`/defect rules\` shows all rules, and switches them off.`;
}
