import type { BlockAction, SlackViewAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';

/** A window of ours as a request brings it. */
export type ReceivedView = {
  id: string;
  hash?: string;
  type: string;
  callback_id: string;
  private_metadata: string;
  previous_view_id?: string | null;
  root_view_id?: string | null;
  state: { values: Record<string, Record<string, unknown>> };
};

/** What every listener may know of a request, whatever its kind. Nothing in it is to be trusted but who asks. */
export type Received = {
  client: WebClient;
  workspaceId: string;
  userId: string;
  channelId: string | undefined;
  triggerId: string;
  /** Of the button or menu; empty where there is none. */
  value: string;
  view: ReceivedView | undefined;
};

/** What a client has written where a text belongs, or nothing. */
export function textOr(value: unknown, nothing = ''): string {
  return typeof value === 'string' ? value : nothing;
}

export type Body = {
  team?: { id?: string } | null;
  team_id?: string;
  enterprise_id?: string | null;
  view?: unknown;
  user?: unknown;
  authorizations?: unknown;
};

/**
 * The workspace that the bot is installed in. In what people of other organisations send from a window, `team` is theirs,
 * and the installation stands in the view; events name it among the authorizations.
 */
export function installationOf(body: Body): string {
  const id = workspaceIn(body);
  if (!id) throw new Error('A request without a workspace.');
  return id;
}

/** The same, and the organisation of what is about all its workspaces at once. */
export function placeOf(body: Body): string {
  const [authorization] = (body.authorizations ?? []) as { enterprise_id?: string | null }[];
  const id = workspaceIn(body) ?? body.enterprise_id ?? authorization?.enterprise_id;
  if (!id) throw new Error('A request without a workspace.');
  return id;
}

/** The same as `installationOf`, or undefined where a request names none. */
export function workspaceIn(body: Body): string | undefined {
  const view = body.view as { app_installed_team_id?: string } | null | undefined;
  const [authorization] = (body.authorizations ?? []) as { team_id?: string | null }[];
  const user = body.user as { team_id?: string } | undefined;
  return view?.app_installed_team_id ?? authorization?.team_id ?? body.team?.id ?? body.team_id ?? user?.team_id;
}

/** A request of a person, with what its kind brings besides who asks. */
export function receivedFrom(
  client: WebClient,
  body: Body,
  userId: string,
  more: Partial<Omit<Received, 'client' | 'workspaceId' | 'userId'>> = {},
): Received {
  const nothing = { channelId: undefined, triggerId: '', value: '', view: undefined };
  return { client, workspaceId: installationOf(body), userId, ...nothing, ...more };
}

/** A click, or a choice in a menu. */
export function clicked(body: BlockAction, value: string, client: WebClient): Received {
  return receivedFrom(client, body, body.user.id, {
    channelId: body.channel?.id,
    triggerId: body.trigger_id,
    value,
    view: readView(body.view),
  });
}

/** A form that was sent. */
export function submitted(body: SlackViewAction, client: WebClient): Received & { view: ReceivedView } {
  return { ...receivedFrom(client, body, body.user.id), view: readView(body.view) };
}

/** A window, with nothing where its client left out or garbled what we look at. */
export function readView(view: object): ReceivedView;
export function readView(view: object | undefined): ReceivedView | undefined;
export function readView(view: object | undefined): ReceivedView | undefined {
  if (!view) return undefined;
  const given = view as { [K in keyof ReceivedView]?: unknown };
  const { values } = (given.state ?? {}) as { values?: unknown };
  return {
    ...view,
    id: textOr(given.id),
    type: textOr(given.type),
    callback_id: textOr(given.callback_id),
    private_metadata: textOr(given.private_metadata),
    state: { values: (typeof values === 'object' && values) || {} },
  } as ReceivedView;
}
