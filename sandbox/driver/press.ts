import { deliver } from '../delivery/deliver.ts';
import { channelSubject, envelope, newTrigger } from '../delivery/subjects.ts';
import type { Engine } from '../engine/engine.ts';
import { type AttachmentAction, attachmentActions } from '../messages/attachment-actions.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { findPerson } from '../people/find-person.ts';
import { applyResponse, type ResponseBody } from '../response-urls/answer-response-url.ts';
import { createResponseUrl } from '../response-urls/create-response-url.ts';
import { limits } from '../rules/limits.ts';
import type { Message, MessageRef } from '../state/model.ts';
import { type Actor, requireInstalled, requireNoModal, visibleMessage } from './actor.ts';
import { channelOf } from './interact.ts';
import type { ClickChoice, ClickResult, PressTarget } from './person.ts';

const described = ({ type, name, text, attachment }: AttachmentAction) => `${type} ${name} "${text}" in ${attachment}`;

function findAction(message: Message, target: PressTarget): AttachmentAction {
  const shown = attachmentActions(message);
  const found = shown.filter(
    ({ name, text, value, type, attachment }) =>
      name === target.name &&
      (target.attachment === undefined || target.attachment === attachment) &&
      (target.text === undefined || target.text === text) &&
      (type === 'select' || target.value === undefined || target.value === value),
  );
  const [one] = found;
  if (found.length === 1 && one) return one;
  const wanted = JSON.stringify(target);
  throw new Error(`${found.length} controls match ${wanted}; shown: ${shown.map(described).join('; ') || 'none'}`);
}

/** The value that a person picks in a menu, named by its value or its words; a name of a person or channel becomes its id. */
function pickedValue(engine: Engine, { source, options, name }: AttachmentAction, picked: string): string {
  if (source === 'users') return findPerson(engine.state, picked).id;
  if (source !== 'static') {
    const channel = engine.state.channelByNameOrId(picked);
    if (!channel) throw new Error(`there is no channel "${picked}"`);
    return channel.id;
  }
  const option = options.find(({ value, text }) => value === picked || text === picked);
  if (!option)
    throw new Error(`${name} does not offer "${picked}"; it offers ${options.map(({ text }) => text).join(', ')}`);
  return option.value;
}

/** Presses a button or picks from a menu of a legacy attachment; what the app acks with takes the message's place. */
export async function press(
  { engine, user }: Actor,
  ref: MessageRef,
  target: PressTarget,
  choice: ClickChoice = {},
): Promise<ClickResult> {
  const actor = { engine, user };
  requireInstalled(actor);
  requireNoModal(actor);
  const message = visibleMessage(actor, ref);
  const action = findAction(message, target);
  const { type, name, confirm, callbackId, attachment } = action;
  if (confirm && choice.confirm === undefined)
    throw new Error(`a dialog asks "${confirm.title}: ${confirm.text}": answer with { confirm: true } or false`);
  if (confirm && !choice.confirm) return undefined;
  const chosen =
    type === 'select'
      ? { selected_options: [{ value: pickedValue(engine, action, target.value ?? '') }] }
      : { value: action.value };
  const { ts, threadTs } = message;
  const responseUrl = createResponseUrl(engine, {
    user: user.id,
    channel: message.channel,
    source: 'message',
    messageTs: ts,
    threadTs,
  });
  const { record, ack } = await deliver(engine, {
    kind: 'interactive',
    type: limits.attachmentActionType.value,
    acceptsResponse: true,
    payload: {
      type: limits.attachmentActionType.value,
      actions: [{ name, type, ...chosen }],
      callback_id: callbackId,
      ...envelope(engine),
      channel: channelSubject(channelOf(engine, message)),
      user: { id: user.id, name: user.name, team_id: user.team },
      action_ts: engine.state.nextTs(engine.clock.now()),
      message_ts: ts,
      attachment_id: String(attachment),
      is_app_unfurl: false,
      ...(message.ephemeralTo ? {} : { original_message: messagePayload(engine, message) }),
      response_url: responseUrl,
      trigger_id: newTrigger(engine, { user: user.id, channel: message.channel }),
    },
  });
  if (ack.outcome !== 'acked') {
    message.trouble = name;
    engine.changed({ kind: 'message', channel: message.channel, ts });
    return record;
  }
  answerWith(engine, responseUrl, ack.body);
  return record;
}

function answerWith(engine: Engine, responseUrl: string, body: unknown): void {
  const given = typeof body === 'string' ? { text: body } : (body as ResponseBody | null | undefined);
  const url = engine.state.responseUrls.get(responseUrl.slice(responseUrl.lastIndexOf('/') + 1));
  if (!given || !url || Object.keys(given).length === 0 || given.text === '') return;
  const replyType = limits.attachmentReplyType.value;
  const replace = limits.attachmentAckReplaces.value;
  const error = applyResponse(engine, url, { replace_original: replace, response_type: replyType, ...given });
  if (!error) return;
  const detail = `the message in the ack of an interactive_message was refused: ${error}`;
  engine.audit.brokenRules.add({ rule: error, detail, at: engine.clock.now() });
  engine.changed({ kind: 'broken_rule' });
}
