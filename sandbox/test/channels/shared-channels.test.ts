import { expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { button, payloadOf, plain } from '../support/against.ts';
import { eventsOf, HARBOUR, mixedWorkspace, NIA, NORTHWIND } from '../support/many-people.ts';

type Mixed = Awaited<ReturnType<typeof mixedWorkspace>>;
type Teams = { id: string };
type Interaction = { type: string; user: { team_id: string }; team: Teams; view: { [key: string]: string } };

const teamOf = { theirs: NORTHWIND, 'of the installation': HARBOUR };

const lastPayload = ({ received }: Mixed) => payloadOf(received.at(-1)) as Interaction;

/** What a payload says under dotted names. */
function named(payload: object, names: readonly string[]) {
  const read = (name: string) =>
    name.split('.').reduce<unknown>((part, key) => (part as { [key: string]: unknown })[key], payload);
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

const wanted = (rule: { [name: string]: keyof typeof teamOf }) =>
  Object.fromEntries(Object.entries(rule).map(([name, whose]) => [name, teamOf[whose]]));

async function postButton({ client, sandbox }: Mixed) {
  await client.chat.postMessage({ channel: 'CPARTNERS', text: 'press', blocks: [button] as never });
  return sandbox.person('nia').sees('press', { in: 'partners' });
}

test('externalCommands: who works elsewhere cannot type a command, and is offered no shortcut', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox, client, received } = workspace;
  const nia = sandbox.person('nia');
  expect(limits.externalCommands.value).toBe(false);
  await expect(nia.slash('/tea', { channel: 'partners' })).rejects.toThrow(limits.commandUnknownText.value);
  await client.chat.postMessage({ channel: 'CPARTNERS', text: 'steep me' });
  await sandbox.settled();
  const before = received.length;
  const message = await nia.sees('steep me', { in: 'partners' });
  await expect(nia.messageShortcut(message, 'steep')).rejects.toThrow('offered no shortcuts');
  await expect(nia.globalShortcut('brew')).rejects.toThrow('offered no shortcuts');
  expect(received).toHaveLength(before);
  await sandbox.person('ana').slash('/tea', { channel: 'partners' });
  expect(received).toHaveLength(before + 1);
});

test('externalClicks, externalClickTeams: their click names their team, and the workspace that has the app', async () => {
  const workspace = await mixedWorkspace();
  const message = await postButton(workspace);
  const click = await workspace.sandbox.person('nia').click(message, 'go');
  expect(click?.outcome === 'acked').toBe(limits.externalClicks.value);
  const rule = limits.externalClickTeams.value;
  expect(named(lastPayload(workspace), Object.keys(rule))).toEqual(wanted(rule));
  await workspace.ana.click(message, 'go');
  expect(named(lastPayload(workspace), Object.keys(rule))).toEqual({ 'user.team_id': HARBOUR, 'team.id': HARBOUR });
});

test('externalViewTeams: a form they submit or close names their team, and where the app is beside it', async () => {
  const workspace = await mixedWorkspace();
  const { client, sandbox } = workspace;
  const rule = limits.externalViewTeams.value;
  const message = await postButton(workspace);
  const open = async (name: 'nia' | 'ana') => {
    const person = sandbox.person(name);
    await person.click(message, 'go');
    const { trigger_id } = payloadOf(workspace.received.at(-1)) as { trigger_id: string };
    const view = { type: 'modal', title: plain('T'), submit: plain('OK'), notify_on_close: true, blocks: [] };
    await client.views.open({ trigger_id, view: view as never });
    return { person, modal: await person.modal('T') };
  };
  for (const end of ['submit', 'cancel'] as const) {
    const { person, modal } = await open('nia');
    await person[end](modal);
    const payload = lastPayload(workspace);
    expect(payload.type).toBe(end === 'submit' ? 'view_submission' : 'view_closed');
    expect(named(payload, Object.keys(rule))).toEqual(wanted(rule));
  }
  const { person, modal } = await open('ana');
  await person.submit(modal);
  const own = Object.fromEntries(Object.keys(rule).map((name) => [name, HARBOUR]));
  expect(named(lastPayload(workspace), Object.keys(rule))).toEqual(own);
});

test('externalMessageTeams, externalMentionTeams: what they write says where they work', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox } = workspace;
  await sandbox.person('nia').say('partners', '@teapot hello');
  const theirs = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, NORTHWIND]));
  const [message] = await eventsOf(workspace, 'message.channels');
  expect(message?.event).toMatchObject({ user: NIA, ...theirs(limits.externalMessageTeams.value) });
  const [mention] = await eventsOf(workspace, 'app_mention');
  const fields = theirs(limits.externalMentionTeams.value);
  expect(mention?.event).toMatchObject({ team: HARBOUR, ...fields, user_profile: { team: NORTHWIND } });
  await sandbox.person('ana').say('partners', 'welcome');
  const own = (await eventsOf(workspace, 'message.channels')).at(-1);
  expect(own?.event.team).toBe(HARBOUR);
  expect(own?.event).not.toHaveProperty('user_team');
});

test('externalEnvelopeTeams, sharedChannelEnvelope: an envelope names both teams, in either order', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox } = workspace;
  const hello = await sandbox.person('nia').say('partners', '@teapot hello');
  await sandbox.person('nia').react(hello, 'wave');
  await sandbox.person('ben').say('eng-stability', 'among us');
  const shared = limits.sharedChannelEnvelope.value;
  const [theirs, ours] = await eventsOf(workspace, 'message.channels');
  expect(theirs).toMatchObject({ team_id: NORTHWIND, context_team_id: HARBOUR, [shared]: true });
  expect(ours).toMatchObject({ team_id: HARBOUR, context_team_id: HARBOUR, [shared]: false });
  const [mention] = await eventsOf(workspace, 'app_mention');
  expect(mention).toMatchObject({ team_id: HARBOUR, context_team_id: NORTHWIND, [shared]: true });
  const [reaction] = await eventsOf(workspace, 'reaction_added');
  expect(reaction).toMatchObject({ [shared]: true, authorizations: [{ team_id: HARBOUR }] });
  expect(reaction?.event).not.toHaveProperty('team');
  expect(theirs).toMatchObject({ authorizations: [{ team_id: HARBOUR }] });
  expect(limits.externalEnvelopeTeams.value).toEqual(['theirs', 'of the installation']);
});

test('sharedChannelMark: a channel says that it is shared, from its sharing until its end', async () => {
  const workspace = await mixedWorkspace();
  const { client, sandbox } = workspace;
  const mark = limits.sharedChannelMark.value;
  const seen = async () => (await client.conversations.info({ channel: 'CENGSTABILITY' })).channel;
  expect(await seen()).toMatchObject({ [mark]: false, is_shared: false, is_private: false });
  expect(() => sandbox.addToChannel('eng-stability', 'nia')).toThrow('is not shared with Northwind');
  sandbox.shareChannel('eng-stability', 'Northwind');
  sandbox.addToChannel('eng-stability', 'nia');
  expect(await seen()).toMatchObject({ [mark]: true, is_shared: true, connected_team_ids: [NORTHWIND] });
  sandbox.unshareChannel('eng-stability', 'Northwind');
  expect(await seen()).toMatchObject({ [mark]: false });
  expect(sandbox.channel('eng-stability')?.members.has(NIA)).toBe(false);
  const told = [await eventsOf(workspace, 'channel_shared'), await eventsOf(workspace, 'channel_unshared')];
  expect(told.map(([first]) => first?.event)).toMatchObject([
    { connected_team_id: NORTHWIND, channel: 'CENGSTABILITY' },
    { previously_connected_team_id: NORTHWIND, is_ext_shared: false },
  ]);
});

test('sharedChannelId: an old private channel is another one for the app once it is shared, with all that is in it', async () => {
  const workspace = await mixedWorkspace();
  const { client, sandbox, ana } = workspace;
  sandbox.addToChannel('quiet', 'teapot');
  const parent = await ana.say('quiet', 'between us');
  await client.chat.postMessage({ channel: 'GQUIET000', text: 'a reply', thread_ts: parent.ts });
  ana.markRead('quiet');
  sandbox.shareChannel('quiet', 'Northwind');
  const { before, after } = limits.sharedChannelId.value;
  expect([before, after]).toEqual(['G…', 'C…']);
  const [told] = await eventsOf(workspace, 'channel_id_changed');
  expect(told?.event).toMatchObject({ old_channel_id: 'GQUIET000', new_channel_id: 'CQUIET000' });
  await expect(client.conversations.info({ channel: 'GQUIET000' })).rejects.toThrow('channel_not_found');
  const { messages } = await client.conversations.replies({ channel: 'CQUIET000', ts: parent.ts });
  expect(messages?.map(({ text }) => text)).toEqual(['between us', 'a reply']);
  const shown = sandbox.snapshot(ana.id).channels.find(({ name }) => name === 'quiet');
  expect(shown).toMatchObject({ id: 'CQUIET000', kind: 'private', unread: 0 });
  await ana.say('quiet', 'and with others');
  expect((await eventsOf(workspace, 'message.groups')).at(-1)?.event.channel).toBe('CQUIET000');
});

test('a private answer reaches who works elsewhere where they are, and not where they are not', async () => {
  const { client, sandbox } = await mixedWorkspace();
  const whisper = (channel: string) => client.chat.postEphemeral({ channel, user: NIA, text: 'psst' });
  await whisper('CPARTNERS');
  await sandbox.person('nia').sees('psst', { in: 'partners' });
  await expect(whisper('CENGSTABILITY')).rejects.toThrow(limits.ephemeralMembership.value);
});

test('their Home opens, and the app is told', async () => {
  const workspace = await mixedWorkspace();
  await workspace.sandbox.person('nia').openHome();
  const [opened] = await eventsOf(workspace, 'app_home_opened');
  expect(opened?.event).toMatchObject({ user: NIA, tab: 'home' });
});

test('an organisation that is a workspace here too keeps its id there', async () => {
  const pier = { team: { name: 'Pier', domain: 'pier' }, users: [{ name: 'paula' }], channels: [] };
  const { sandbox, client } = await mixedWorkspace({ otherWorkspaces: [pier] });
  sandbox.shareChannel('eng-stability', 'Pier');
  sandbox.addPerson({ name: 'paula', from: 'Pier', channels: ['eng-stability'] });
  const { user } = await client.users.info({ user: sandbox.workspace('pier').person('paula').id });
  expect(user).toMatchObject({ id: 'UPAULAPIER', team_id: sandbox.workspace('pier').team.id, is_stranger: false });
});
