import type { Installation as BoltInstallation, InstallationQuery, InstallationStore } from '@slack/bolt';
import { findInstallation, findInstallationOf, type Installation } from '../db/workspaces/installations.ts';
import { meetWorkspace } from '../db/workspaces/served.ts';
import { cleanLine } from '../domain/text/clean-text.ts';
import { installApp } from '../usecases/workspaces/install-app.ts';
import { type Renewing, withFreshToken } from './renew-token.ts';

const LONGEST_NAME = 200;

/**
 * Where Bolt's installer leaves what was agreed to, and looks for what opens a request's workspace.
 *
 * @param wallNow the host's own clock, which Bolt tells the end of a token by
 */
export function installationStore(renewing: Renewing, wallNow: () => Date): InstallationStore {
  const { db, keys, clock } = renewing;
  return {
    storeInstallation: (installation) =>
      installApp(db, keys, readInstallation(installation as BoltInstallation<'v2', boolean>, clock.now(), wallNow())),
    fetchInstallation: async (query) => {
      const found = await findFor(query);
      if (!found) throw new Error('The app is not installed there.');
      return toBolt(await withFreshToken(renewing, found), query) as BoltInstallation<'v1' | 'v2', never>;
    },
  };

  async function findFor(query: InstallationQuery<boolean>): Promise<Installation | null> {
    const { teamId, enterpriseId, isEnterpriseInstall } = query;
    // The workspace comes first: in what somebody of another organisation sends, the organisation is theirs.
    const known = teamId ? await findInstallationOf(db, keys, teamId) : null;
    if (known || !isEnterpriseInstall || !enterpriseId) return known;
    const ofAll = await findInstallation(db, keys, enterpriseId);
    if (!ofAll?.isOrganisation) return null;
    if (!teamId) return ofAll;
    // Slack may bring a request of a workspace before it tells that the organisation gave it the app.
    await meetWorkspace(db, { id: teamId, botUserId: ofAll.botUserId, organisationId: ofAll.id }, clock.now());
    return findInstallationOf(db, keys, teamId);
  }
}

function readInstallation(given: BoltInstallation<'v2', boolean>, now: Date, wallNow: Date): Installation {
  const { team, enterprise, bot, user } = given;
  const place = given.isEnterpriseInstall ? enterprise : team;
  if (!place || !bot) throw new Error('Slack did not say where the app was installed, or with which token.');
  const { refreshToken = null, expiresAt } = bot;
  return {
    id: place.id,
    isOrganisation: given.isEnterpriseInstall === true,
    name: cleanLine(place.name, LONGEST_NAME) || place.id,
    botId: bot.id,
    botUserId: bot.userId,
    scopes: bot.scopes,
    installedBy: user.id,
    botToken: bot.token,
    refreshToken,
    tokenExpiresAt:
      refreshToken === null || expiresAt === undefined
        ? null
        : new Date(now.getTime() + expiresAt * 1_000 - wallNow.getTime()),
    installedAt: now,
  };
}

// Without a refresh token, since Bolt would renew it by itself, at the same time as others and before the ack.
function toBolt(installation: Installation, { teamId }: InstallationQuery<boolean>): BoltInstallation<'v2', boolean> {
  const { id, isOrganisation, name, botToken, botId, botUserId, scopes, installedBy } = installation;
  return {
    team: isOrganisation ? undefined : { id: teamId ?? id, name },
    enterprise: isOrganisation ? { id, name } : undefined,
    isEnterpriseInstall: isOrganisation,
    bot: { token: botToken, id: botId, userId: botUserId, scopes },
    user: { id: installedBy, token: undefined, scopes: undefined },
    authVersion: 'v2',
  };
}
