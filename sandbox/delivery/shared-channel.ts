import type { Engine } from '../engine/engine.ts';

type Event = { [key: string]: unknown };

const idIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : (value as { id?: string; channel?: string } | undefined)?.id;

/** The conversation that an event is about, under whichever name it has there. */
function channelOf(event: Event): string | undefined {
  const { channel } = (event.item ?? {}) as { channel?: string };
  return idIn(event.channel) ?? idIn(event.channel_id) ?? channel;
}

function actorOf(event: Event): string | undefined {
  return idIn(event.user) ?? idIn(event.user_id) ?? idIn((event.message as Event | undefined)?.user);
}

/** Whether an event comes out of a conversation with people of another organisation. */
export function isExtShared({ state }: Engine, event: Event): boolean {
  const channel = state.channels.get(channelOf(event) ?? '');
  if (!channel) return false;
  if (channel.kind === 'public' || channel.kind === 'private') return channel.connectedTeams.length > 0;
  return [...channel.members].some((id) => state.users.get(id)?.isExternal);
}

/**
 * Which team an envelope names first is no rule that an app could go by: messages of people of another organisation
 * name theirs, and everything else of theirs names the workspace that has the app.
 */
export function envelopeTeams({ state }: Engine, event: Event): { team_id: string; context_team_id: string } {
  const own = state.team.id;
  const actor = state.users.get(actorOf(event) ?? '');
  if (!actor?.isExternal) return { team_id: own, context_team_id: own };
  return event.type === 'message'
    ? { team_id: actor.team, context_team_id: own }
    : { team_id: own, context_team_id: actor.team };
}
