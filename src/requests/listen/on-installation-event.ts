import type { Db } from '../../db/engine/client.ts';
import type { Door } from '../door.ts';
import { followRecorded } from '../once/recorded.ts';

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

/** What is done in one transaction where the app is taken away, or given to workspaces. `at` is when that happened. */
export type InstallationListener = {
  left: (db: Db, place: Place, at: Date) => Promise<unknown>;
  given: (db: Db, share: Share, at: Date) => Promise<unknown>;
  takenAway: (db: Db, share: Share, at: Date) => Promise<unknown>;
};

/** Follows where the app comes and goes. Each event was recorded where it came in, since nothing else tells of it. */
export function onInstallationEvent(door: Door, listener: InstallationListener): void {
  const follow = (type: string, work: (db: Db, event: object, body: Body, at: Date) => Promise<unknown>) =>
    door.app.follow(type, (body, context) =>
      followRecorded(door, { body, context }, async (db) => {
        const { event } = body as { event: object };
        await work(db, event, body, happenedAt(event, body, door));
      }),
    );
  follow('app_uninstalled', async (db, _, body, at) => {
    const place = placeOf(body);
    if (place) await listener.left(db, place, at);
  });
  follow('tokens_revoked', async (db, event, body, at) => {
    const { bot = [] } = (event as { tokens?: { bot?: readonly string[] } }).tokens ?? {};
    const place = placeOf(body);
    // Tokens of people are none of ours.
    if (place && bot.length > 0) await listener.left(db, place, at);
  });
  follow('team_access_granted', async (db, event, body, at) => {
    const share = shareOf(event, body);
    if (share) await listener.given(db, share, at);
  });
  follow('team_access_revoked', async (db, event, body, at) => {
    const share = shareOf(event, body);
    if (share) await listener.takenAway(db, share, at);
  });
}

function shareOf(event: object, { enterprise_id: enterpriseId, authorizations }: Body): Share | null {
  const { team_ids: ids } = event as { team_ids?: unknown };
  const organisationId = enterpriseId ?? authorizations?.[0]?.enterprise_id;
  if (typeof organisationId !== 'string' || !Array.isArray(ids)) return null;
  return { organisationId, workspaceIds: ids.filter((id) => typeof id === 'string') };
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
