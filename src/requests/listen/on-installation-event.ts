import type { Door } from '../door.ts';

/** Where the app came from or went: a workspace, or an organisation with all its workspaces. */
export type Place = { id: string; isOrganisation: boolean };
/** What an organisation gave to some of its workspaces, or took from them. */
export type Share = { organisationId: string; workspaceIds: readonly string[] };

type Body = {
  team_id?: unknown;
  enterprise_id?: unknown;
  event_time?: unknown;
  authorizations?: { is_enterprise_install?: unknown; enterprise_id?: unknown; team_id?: unknown }[];
};

/** Calls what is to be done where the app is taken away, or given to workspaces. `at` is when that happened. */
export function onInstallationEvent(
  door: Door,
  listener: {
    left: (place: Place, at: Date) => Promise<unknown>;
    given: (share: Share, at: Date) => Promise<unknown>;
    takenAway: (share: Share, at: Date) => Promise<unknown>;
  },
): void {
  door.app.event('app_uninstalled', async ({ event, body }) => {
    const place = placeOf(body as Body);
    if (place) await listener.left(place, happenedAt(event, body as Body, door));
  });
  door.app.event('tokens_revoked', async ({ event, body }) => {
    const { bot = [] } = (event as { tokens?: { bot?: readonly string[] } }).tokens ?? {};
    const place = placeOf(body as Body);
    // Tokens of people are none of ours.
    if (place && bot.length > 0) await listener.left(place, happenedAt(event, body as Body, door));
  });
  const share = (event: object, body: Body): Share | null => {
    const { team_ids: ids } = event as { team_ids?: unknown };
    const organisationId = body.enterprise_id ?? body.authorizations?.[0]?.enterprise_id;
    if (typeof organisationId !== 'string' || !Array.isArray(ids)) return null;
    return { organisationId, workspaceIds: ids.filter((id) => typeof id === 'string') };
  };
  for (const [type, follow] of [
    ['team_access_granted', listener.given],
    ['team_access_revoked', listener.takenAway],
  ] as const)
    door.app.event(type, async ({ event, body }) => {
      const told = share(event, body as Body);
      if (told) await follow(told, happenedAt(event, body as Body, door));
    });
}

function placeOf({ team_id: teamId, enterprise_id: enterpriseId, authorizations }: Body): Place | null {
  const [authorization] = authorizations ?? [];
  const isOrganisation = authorization?.is_enterprise_install === true;
  const id = isOrganisation ? (authorization.enterprise_id ?? enterpriseId) : (authorization?.team_id ?? teamId);
  return typeof id === 'string' ? { id, isOrganisation } : null;
}

// event_time is in whole seconds, which is too coarse to tell a removal from the installation after it.
function happenedAt(event: object, { event_time: eventTime }: Body, { clock }: Door): Date {
  const seconds = Number((event as { event_ts?: unknown }).event_ts ?? eventTime);
  return Number.isFinite(seconds) && seconds > 0 ? new Date(Math.ceil(seconds * 1_000)) : clock.now();
}
