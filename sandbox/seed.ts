import type { Ids } from './ids.ts';
import type { Manifest } from './manifest.ts';
import type { Organisation } from './model.ts';
import type { Seed } from './options.ts';
import { createWorkspaceState, type WorkspaceState } from './workspace-state.ts';

export const defaultSeed: Seed = {
  team: { name: 'Harbour', domain: 'harbour' },
  users: [
    { name: 'ana', realName: 'Ana Kovač', timeZone: 'Europe/Berlin', isAdmin: true },
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

/** Ids that can be read in a log: the user ana is UANA. */
function readableId(prefix: string, name: string, domain = ''): string {
  const letters = (name + domain).toUpperCase().replace(/[^A-Z0-9]/g, '');
  return (prefix + letters).padEnd(9, '0');
}

type Bot = Pick<WorkspaceState['app'], 'botUserId' | 'botId'>;

function appOf(manifest: Manifest, ids: Ids, domain: string, bot?: Bot): WorkspaceState['app'] {
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
    scopes: manifest.oauth_config?.scopes?.bot ?? [],
  };
}

export const organisationOf = (given: { name: string; domain: string }): Organisation => ({
  id: readableId('E', given.domain),
  ...given,
});

/** `domain` goes into the ids of a workspace that is not the only one. */
export function seedWorkspace(
  seed: Seed,
  manifest: Manifest,
  ids: Ids,
  now: number,
  domain = '',
  bot?: Bot,
): WorkspaceState {
  const app = appOf(manifest, ids, domain, bot);
  const state = createWorkspaceState({ id: readableId('T', seed.team.domain), ...seed.team }, app);
  const mail = (name: string) => `${name}@${seed.team.domain}.example`;
  const add = (
    id: string,
    name: string,
    realName: string,
    rest: { timeZone: string; isAdmin: boolean; isBot: boolean },
  ) => state.users.set(id, { id, name, realName, email: mail(name), locale: 'en-US', deleted: false, ...rest });

  for (const { id, name, realName, timeZone, isAdmin = false } of seed.users)
    add(id ?? readableId('U', name, domain), name, realName, { timeZone, isAdmin, isBot: false });
  const people = [...state.users.keys()];
  if (!state.users.has(app.botUserId)) {
    const shown = manifest.features?.bot_user?.display_name ?? app.name;
    const handle = shown.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
    add(app.botUserId, handle, shown, { timeZone: 'America/Los_Angeles', isAdmin: false, isBot: true });
    const bot = state.users.get(app.botUserId);
    if (bot) bot.botId = app.botId;
  }
  add('USLACKBOT', 'slackbot', 'Slackbot', { timeZone: 'America/Los_Angeles', isAdmin: false, isBot: false });

  const creator = people[0] ?? app.botUserId;
  for (const { id, name, kind = 'public', members, botIsMember, topic = '' } of seed.channels) {
    const joined = members?.map((member) => state.userByNameOrId(member)?.id ?? member) ?? people;
    state.addChannel({
      id: id ?? readableId(kind === 'private' ? 'G' : 'C', name, domain),
      kind,
      name,
      members: new Set(botIsMember ? [...joined, app.botUserId] : joined),
      creator,
      createdAt: now,
      archived: false,
      topic,
      purpose: '',
      pins: new Set(),
      bookmarks: [],
    });
  }
  return state;
}
