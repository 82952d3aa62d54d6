import { randomUUID } from 'node:crypto';
import type { Request, Window } from './way.ts';

/** Who sends it, and where the bot is installed; `teamId` is the sender's own workspace. */
export type Sender = { userId: string; teamId: string; installedIn: string; responseUrl: string };

/** The body of a signed request, in the shapes in which Slack sends them. */
export function bodyOf(request: Request, sender: Sender): { body: string; isJson: boolean } {
  if (request.kind === 'home') return { body: JSON.stringify(homeEvent(sender)), isJson: true };
  if (request.kind !== 'command') {
    const payload = JSON.stringify(interaction(request, sender));
    return { body: new URLSearchParams({ payload }).toString(), isJson: false };
  }
  const fields = {
    team_id: sender.installedIn,
    channel_id: request.channelId,
    user_id: sender.userId,
    command: '/defect',
    text: request.text,
    is_enterprise_install: 'false',
    response_url: sender.responseUrl,
    trigger_id: randomUUID(),
  };
  return { body: new URLSearchParams(fields).toString(), isJson: false };
}

function interaction(request: Exclude<Request, { kind: 'command' | 'home' }>, sender: Sender): object {
  const { userId, teamId, installedIn, responseUrl } = sender;
  const common = {
    user: { id: userId, team_id: teamId },
    team: { id: installedIn },
    is_enterprise_install: false,
    trigger_id: randomUUID(),
  };
  switch (request.kind) {
    case 'click': {
      const { actionId, value, channelId, window } = request;
      const choice = Object.values(window?.values?.[actionId] ?? {})[0] as object | undefined;
      const action = { type: 'button', action_id: actionId, block_id: 'any', value, ...choice };
      const place = window
        ? { view: viewOf(window, sender), container: { type: 'view' } }
        : { channel: { id: channelId, name: 'any' }, container: { type: 'message' }, response_url: responseUrl };
      return { type: 'block_actions', ...common, ...place, actions: [action] };
    }
    case 'form':
      // Around a window, the team is that of whoever looks at it.
      return { type: 'view_submission', ...common, team: { id: teamId }, view: viewOf(request.window, sender) };
    case 'options':
      return {
        type: 'block_suggestion',
        ...common,
        action_id: request.actionId,
        block_id: 'any',
        value: request.typed,
        view: viewOf(request.window, sender),
      };
    case 'shortcut':
      return { type: 'shortcut', ...common, callback_id: request.callbackId };
    case 'message shortcut':
      return {
        type: 'message_action',
        ...common,
        callback_id: request.callbackId,
        channel: { id: request.channelId, name: 'any' },
        message: { type: 'message', ts: '1.000001', user: userId, text: 'It broke again' },
        response_url: responseUrl,
      };
  }
}

function viewOf({ callbackId, metadata, values = {} }: Window, { teamId, installedIn }: Sender): object {
  return {
    id: `V${randomUUID()}`,
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadata,
    team_id: teamId,
    app_installed_team_id: installedIn,
    previous_view_id: null,
    hash: 'any',
    blocks: Object.keys(values).map((id) => ({ type: 'input', block_id: id })),
    state: { values },
  };
}

function homeEvent({ userId, teamId, installedIn }: Sender): object {
  return {
    type: 'event_callback',
    team_id: teamId,
    event_id: `Ev${randomUUID()}`,
    authorizations: [{ team_id: installedIn, user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
    event: { type: 'app_home_opened', tab: 'home', user: userId, channel: 'D0' },
  };
}
