import { randomUUID } from 'node:crypto';
import type { Request, Window } from './way.ts';

/** Who sends it, and from where. All of it is Slack's word, so that it agrees with itself in real life. */
export type Sender = {
  userId: string;
  /** The sender's own workspace. */
  teamId: string;
  /** The workspace that the bot is installed in, as the request itself says it, and as its window does. */
  installedIn: string;
  windowOf: string;
  organisationId: string | null;
  /** The organisation has installed the bot, for all of its workspaces. */
  isOrganisation: boolean;
  viewId: string;
  messageTs: string;
};

/** The body of a signed request, in the shapes in which Slack sends them. */
export function bodyOf(request: Request, sender: Sender, responseUrl: string): { body: string; isJson: boolean } {
  if (request.kind === 'home') return { body: JSON.stringify(homeEvent(sender)), isJson: true };
  if (request.kind !== 'command') {
    const payload = JSON.stringify(interaction(request, sender, responseUrl));
    return { body: new URLSearchParams({ payload }).toString(), isJson: false };
  }
  const fields = {
    team_id: sender.installedIn,
    ...(sender.organisationId ? { enterprise_id: sender.organisationId } : {}),
    channel_id: request.channelId,
    user_id: sender.userId,
    command: '/defect',
    text: request.text,
    is_enterprise_install: String(sender.isOrganisation),
    response_url: responseUrl,
    trigger_id: randomUUID(),
  };
  return { body: new URLSearchParams(fields).toString(), isJson: false };
}

function interaction(
  request: Exclude<Request, { kind: 'command' | 'home' }>,
  sender: Sender,
  responseUrl: string,
): object {
  const { userId, teamId, installedIn, organisationId, isOrganisation, messageTs } = sender;
  const common = {
    user: { id: userId, team_id: teamId },
    team: { id: installedIn },
    enterprise: organisationId ? { id: organisationId, name: 'Islands' } : null,
    is_enterprise_install: isOrganisation,
    trigger_id: randomUUID(),
  };
  switch (request.kind) {
    case 'click': {
      const { actionId, value, channelId, window } = request;
      const choice = Object.values(window?.values?.[actionId] ?? {})[0] as object | undefined;
      const action = { type: 'button', action_id: actionId, block_id: 'any', value, ...choice };
      const place = window
        ? { view: viewOf(window, sender), container: { type: 'view' } }
        : {
            channel: { id: channelId, name: 'any' },
            container: { type: 'message', channel_id: channelId, message_ts: messageTs },
            message: { type: 'message', ts: messageTs, user: 'UBOT', text: 'It broke again' },
            response_url: responseUrl,
          };
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
        message: { type: 'message', ts: messageTs, user: userId, text: 'It broke again' },
        response_url: responseUrl,
      };
  }
}

function viewOf({ callbackId, metadata, values = {} }: Window, { teamId, windowOf, viewId }: Sender): object {
  return {
    id: viewId,
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadata,
    team_id: teamId,
    app_installed_team_id: windowOf,
    previous_view_id: null,
    hash: 'any',
    blocks: Object.keys(values).map((id) => ({ type: 'input', block_id: id })),
    state: { values },
  };
}

function homeEvent({ userId, teamId, installedIn, organisationId, isOrganisation }: Sender): object {
  return {
    type: 'event_callback',
    team_id: teamId,
    event_id: `Ev${randomUUID()}`,
    authorizations: [
      {
        ...{ team_id: installedIn, enterprise_id: organisationId, user_id: 'UBOT', is_bot: true },
        is_enterprise_install: isOrganisation,
      },
    ],
    event: { type: 'app_home_opened', tab: 'home', user: userId, channel: 'D0' },
  };
}
