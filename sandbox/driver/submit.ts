import type { Block, Element, StateValue } from '../blocks/block.ts';
import { deliver } from '../delivery/deliver.ts';
import { newTrigger, userSubject, viewEnvelope } from '../delivery/subjects.ts';
import type { Engine } from '../engine/engine.ts';
import { createResponseUrl } from '../response-urls/create-response-url.ts';
import { limits } from '../rules/limits.ts';
import type { ModalView, View } from '../state/model.ts';
import { inText } from '../text/in-text.ts';
import { replaceContents } from '../views/view-definition.ts';
import { viewPayload } from '../views/view-payload.ts';
import { clearModals, closeModal, pushModal, stackOf } from '../views/view-stack.ts';
import { ApiError } from '../web-api/api-error.ts';
import { readDefinition } from '../web-api/views.ts';
import { stepPayload } from '../workflows/step-payload.ts';
import { type Actor, visibleView } from './actor.ts';
import type { SubmitResult } from './person.ts';

const TROUBLE = limits.submissionFailedText.value;

function isEmpty({ type: _, ...value }: StateValue): boolean {
  return Object.values(value).every(
    (entry) =>
      entry === null ||
      entry === undefined ||
      (Array.isArray(entry) && entry.length === 0) ||
      (typeof entry === 'string' && entry.trim() === ''),
  );
}

function faultOf(element: Element, value: StateValue): string | undefined {
  const text = value.value;
  if (typeof text !== 'string') return undefined;
  if (element.min_length !== undefined && text.length < element.min_length)
    return `needs at least ${element.min_length} characters, not ${text.length}`;
  if (element.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return 'is not an email address';
  if (element.type === 'url_text_input' && !URL.canParse(text)) return 'is not a link';
  if (element.type === 'number_input') {
    if (element.min_value !== undefined && Number(text) < Number(element.min_value))
      return `must be at least ${element.min_value}`;
    if (element.max_value !== undefined && Number(text) > Number(element.max_value))
      return `must be at most ${element.max_value}`;
  }
  return undefined;
}

/** What Slack's client itself says about the inputs, before anything is sent. */
function clientErrors(view: View): string[] {
  return view.blocks.flatMap((block: Block) => {
    const { element, block_id: blockId = '' } = block;
    if (block.type !== 'input' || !element) return [];
    const value = view.values[blockId]?.[element.action_id ?? ''];
    const name = `"${block.label?.text ?? blockId}"`;
    if (!value || isEmpty(value)) return block.optional ? [] : [`${name} is required`];
    const fault = faultOf(element, value);
    return fault ? [`${name} ${fault}`] : [];
  });
}

function responseUrls(actor: Actor, view: View) {
  return view.blocks.flatMap((block) => {
    const { element, block_id: blockId = '' } = block;
    if (!element?.response_url_enabled || !element.action_id) return [];
    const value = view.values[blockId]?.[element.action_id];
    const channel = value?.selected_conversation ?? value?.selected_channel;
    if (!channel) return [];
    const url = createResponseUrl(actor.engine, { user: actor.user.id, channel, source: 'view' });
    return [{ block_id: blockId, action_id: element.action_id, channel_id: channel, response_url: url }];
  });
}

export async function submit(actor: Actor, given: View): Promise<SubmitResult> {
  const { engine, user } = actor;
  const view = visibleView(actor, given) as ModalView;
  if (view.type !== 'modal' || !view.submit)
    throw new Error(`"${view.title?.text ?? 'this view'}" has no submit button`);
  if (view.submitDisabled) throw new Error(`the submit button of "${view.title?.text}" is disabled`);
  if (view.pending) throw new Error(`"${view.title?.text}" is being submitted already`);
  const faults = clientErrors(view);
  if (faults.length > 0) throw new Error(`"${view.title?.text}" cannot be submitted: ${faults.join('; ')}`);
  Object.assign(view, { errors: {}, banner: undefined, pending: true });
  engine.changed({ kind: 'modal', user: user.id });
  const { record, ack } = await deliver(engine, {
    kind: 'interactive',
    type: 'view_submission',
    acceptsResponse: true,
    payload: {
      type: 'view_submission',
      user: userSubject(engine, user.id),
      ...viewEnvelope(engine, user.id),
      trigger_id: newTrigger(engine, { user: user.id, viewId: view.id, channel: view.openedIn }),
      view: viewPayload(engine, view),
      response_urls: responseUrls(actor, view),
      ...stepPayload(engine, view.execution, user.id),
    },
  });
  view.pending = false;
  const result =
    ack.outcome === 'acked' ? applyAnswer(engine, view, ack.body) : trouble(view, ack.detail ?? ack.outcome);
  engine.changed({ kind: 'modal', user: user.id });
  if (result.why) {
    record.detail ??= result.why;
    engine.audit.brokenRules.add({ rule: 'view_submission', detail: result.why, at: engine.clock.now() });
  }
  return { kind: result.kind, errors: view.errors, banner: view.banner, delivery: record };
}

type Applied = { kind: SubmitResult['kind']; why?: string };

function trouble(view: ModalView, why: string): Applied {
  view.banner = TROUBLE;
  return { kind: 'trouble', why };
}

type SubmissionAnswer = { response_action?: string; errors?: unknown; view?: unknown };

function applyAnswer(engine: Engine, view: ModalView, body: unknown): Applied {
  if (body === undefined || body === '') {
    closeModal(engine, view);
    return { kind: 'closed' };
  }
  if (typeof body !== 'object' || body === null) return trouble(view, 'the ack has a body that is not JSON');
  const answer = body as SubmissionAnswer;
  try {
    switch (answer.response_action) {
      case 'clear':
        clearModals(engine, view.user);
        return { kind: 'cleared' };
      case 'errors':
        return showErrors(view, answer.errors);
      case 'update': {
        const definition = readDefinition(engine, answer.view, 'modal');
        replaceContents(engine, view, definition);
        return { kind: 'updated' };
      }
      case 'push': {
        const definition = readDefinition(engine, answer.view, 'modal');
        if (!pushModal(engine, view.user, definition)) return trouble(view, 'push_limit_reached');
        return { kind: 'pushed' };
      }
      default:
        return trouble(view, `unknown response_action ${inText(answer.response_action)}`);
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return trouble(view, `the ack's view was refused: ${error.code} ${JSON.stringify(error.fields)}`);
  }
}

function showErrors(view: ModalView, errors: unknown): Applied {
  const entries = typeof errors === 'object' && errors !== null ? Object.entries(errors) : [];
  const inputs = new Set(view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id));
  const unknown = entries.filter(([blockId, text]) => !inputs.has(blockId) || typeof text !== 'string' || text === '');
  if (entries.length === 0) return trouble(view, 'response_action errors came without errors');
  if (unknown.length > 0)
    return trouble(view, `errors name blocks that are not inputs: ${unknown.map(([id]) => id).join(', ')}`);
  view.errors = Object.fromEntries(entries) as View['errors'];
  return { kind: 'errors' };
}

async function sendClosed({ engine, user }: Actor, view: View, isCleared: boolean): Promise<void> {
  await deliver(engine, {
    kind: 'interactive',
    type: 'view_closed',
    payload: {
      type: 'view_closed',
      user: userSubject(engine, user.id),
      ...viewEnvelope(engine, user.id),
      view: viewPayload(engine, view),
      is_cleared: isCleared,
    },
  });
}

export async function cancel(actor: Actor, given: View): Promise<void> {
  const view = visibleView(actor, given) as ModalView;
  if (view.type !== 'modal') throw new Error('the Home cannot be closed');
  if (view.clearOnClose) return closeAll(actor);
  closeModal(actor.engine, view);
  if (view.notifyOnClose) await sendClosed(actor, view, false);
}

export async function closeAll(actor: Actor): Promise<void> {
  const stack = stackOf(actor.engine, actor.user.id);
  const [root] = stack;
  if (!root) throw new Error(`${actor.user.name} has no modal open`);
  clearModals(actor.engine, actor.user.id);
  if (stack.some((view) => view.notifyOnClose)) await sendClosed(actor, root, true);
}
