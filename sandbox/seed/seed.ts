import { newChannel } from '../channels/new-channel.ts';
import type { Seed } from '../options.ts';
import { connectTeam, newPerson } from '../people/new-person.ts';
import { isFullMember } from '../people/roles.ts';
import { type Ids, readableId } from '../state/ids.ts';
import type { App, Organisation } from '../state/model.ts';
import { createWorkspaceState, type WorkspaceState } from '../state/workspace-state.ts';
import type { Manifest } from './manifest.ts';

export const defaultSeed: Seed = {
  team: { name: 'Harbour', domain: 'harbour' },
  users: [
    { name: 'ana', realName: 'Ana Kovač', timeZone: 'Europe/Berlin', role: 'admin' },
    { name: 'ben', realName: 'Ben Okafor', timeZone: 'America/New_York' },
    { name: 'chloe', realName: 'Chloé Martin', timeZone: 'Europe/Paris' },
    { name: 'dev', realName: 'Dev Raman', timeZone: 'Asia/Kolkata' },
    { name: 'emi', realName: 'Emi Tanaka', timeZone: 'Asia/Tokyo' },
    { name: 'femi', realName: 'Femi Adeyemi', timeZone: 'Africa/Lagos' },
    { name: 'grace', realName: 'Grace Liu', timeZone: 'America/Los_Angeles' },
    { name: 'hugo', realName: 'Hugo Silva', timeZone: 'America/Sao_Paulo' },
  ],
  channels: [
    { name: 'general', topic: 'Everything that concerns all of us' },
    { name: 'eng-stability', topic: 'What broke, and what we do about it', botIsMember: true },
    { name: 'deployments', topic: 'What went out, when, by whom' },
    { name: 'billing', topic: 'Invoices, payments, plans' },
    { name: 'random', topic: '' },
  ],
};

/** For whoever starts the sandbox to try an app: a guest is there too, and somebody of another organisation. */
export const seedToTry: Seed = {
  ...defaultSeed,
  users: [
    ...defaultSeed.users,
    { name: 'gus', realName: 'Gus Weber', timeZone: 'Europe/Berlin', role: 'guest' },
    { name: 'nia', realName: 'Nia Brooks', timeZone: 'Europe/London', from: 'Northwind' },
  ],
  channels: [
    ...defaultSeed.channels.map((channel) =>
      channel.botIsMember ? { ...channel, members: [...defaultSeed.users.map(({ name }) => name), 'gus'] } : channel,
    ),
    {
      name: 'northwind',
      topic: 'What we build together with Northwind',
      members: ['ana', 'ben', 'nia'],
      botIsMember: true,
      sharedWith: ['Northwind'],
    },
  ],
};

type Bot = Pick<WorkspaceState['app'], 'botUserId' | 'botId'>;

function appOf(manifest: Manifest, ids: Ids, domain: string, given: Seed['credentials'], bot?: Bot): App {
  const shown = manifest.features?.bot_user?.display_name ?? manifest.display_information.name;
  return {
    id: ids.id('A'),
    name: manifest.display_information.name,
    manifest,
    botUserId: bot?.botUserId ?? readableId('U', shown, domain),
    botId: bot?.botId ?? ids.id('B'),
    botToken: `xoxb-sandbox-${ids.secret(24)}`,
    appToken: `xapp-1-sandbox-${ids.secret(24)}`,
    clientId: `${ids.id('A').replace(/\D/g, '').padEnd(4, '7')}.${Math.floor(ids.random() * 1e12)}`,
    clientSecret: ids.secret(32),
    signingSecret: ids.secret(32),
    verificationToken: ids.secret(24),
    scopes: botScopes(manifest),
    ...given,
  };
}

/** Everything that the app asks for as a bot. */
export function botScopes(manifest: Manifest): string[] {
  const { bot = [], bot_optional: optional = [] } = manifest.oauth_config?.scopes ?? {};
  return [...bot, ...optional];
}

export const organisationOf = (given: { name: string; domain: string }): Organisation => ({
  id: readableId('E', given.domain),
  ...given,
});

/** The app's own user, unless the workspaces of an organisation share it, and Slack's. */
function addBots(state: WorkspaceState, manifest: Manifest): void {
  const { app, users } = state;
  const timeZone = 'America/Los_Angeles';
  if (!users.has(app.botUserId)) {
    const shown = manifest.features?.bot_user?.display_name ?? app.name;
    const name = shown.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
    const { botUserId: id, botId } = app;
    users.set(id, { ...newPerson(state, { id, name, realName: shown, timeZone }), isBot: true, botId });
  }
  users.set('USLACKBOT', newPerson(state, { id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot', timeZone }));
}

/** `domain` goes into the ids of a workspace that is not the only one. */
export function seedWorkspace(
  seed: Seed,
  manifest: Manifest,
  ids: Ids,
  now: number,
  domain = '',
  bot?: Bot,
): WorkspaceState {
  const app = appOf(manifest, ids, domain, seed.credentials, bot);
  const state = createWorkspaceState({ id: readableId('T', seed.team.domain), ...seed.team }, app);
  for (const given of seed.users) {
    const user = newPerson(state, given, domain);
    state.users.set(user.id, user);
  }
  const people = [...state.users.values()];
  addBots(state, manifest);

  const creator = people[0]?.id ?? app.botUserId;
  for (const { id, name, kind = 'public', members, botIsMember, topic, sharedWith = [] } of seed.channels) {
    const joined = members?.map((member) => state.userByNameOrId(member)?.id ?? member);
    const everybody = people.filter(isFullMember).map((user) => user.id);
    state.addChannel(
      newChannel({
        id: id ?? readableId(kind === 'private' ? 'G' : 'C', name, domain),
        kind,
        name,
        members: [...(joined ?? everybody), ...(botIsMember ? [app.botUserId] : [])],
        connectedTeams: sharedWith.map((organisation) => connectTeam(state, organisation).id),
        creator,
        createdAt: now,
        topic,
      }),
    );
  }
  return state;
}
