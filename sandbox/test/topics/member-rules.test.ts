import { expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { eventsOf, HARBOUR, mixedWorkspace, NIA, NORTHWIND, watchful } from '../support/many-people.ts';
import { refusal } from '../support/quiet-workspace.ts';

const STABILITY = 'CENGSTABILITY';

const withScopes = (...bot: string[]) => ({ manifest: { ...watchful, oauth_config: { scopes: { bot } } } });

test('membersShortPages: a page may be short, and the cursor leads to everybody', async () => {
  const { client } = await mixedWorkspace();
  const first = await client.conversations.members({ channel: STABILITY, limit: 3 });
  expect((first.members ?? []).length < 3).toBe(limits.membersShortPages.value);
  const cursor = first.response_metadata?.next_cursor;
  expect(cursor).not.toBe('');
  const ids: string[] = [];
  for await (const page of client.paginate('conversations.members', { channel: STABILITY, limit: 3 }))
    ids.push(...(page as unknown as { members: string[] }).members);
  expect(ids).toHaveLength(5);
  expect(new Set(ids).size).toBe(5);
  expect((await client.conversations.members({ channel: STABILITY })).members).toHaveLength(5);
});

test('membersLimit, membersHidden: what is asked wrongly, or about what the app cannot see', async () => {
  const { client, sandbox } = await mixedWorkspace();
  const limit = client.conversations.members({ channel: STABILITY, limit: -1 });
  expect(await refusal(limit)).toBe(limits.membersLimit.value);
  const hidden = () => refusal(client.conversations.members({ channel: 'GQUIET000' }));
  expect(await hidden()).toBe(limits.membersHidden.value);
  expect(await refusal(client.conversations.info({ channel: 'GQUIET000' }))).toBe('channel_not_found');
  sandbox.addToChannel('quiet', 'teapot');
  const { members } = await client.conversations.members({ channel: 'GQUIET000' });
  expect(members).toEqual(['UANA00000', 'UBEN00000', 'UTEAPOT00']);
  expect((await client.conversations.info({ channel: 'GQUIET000' })).channel?.is_private).toBe(true);
  expect((await client.conversations.members({ channel: 'CGENERAL0' })).members).toHaveLength(2);
});

test('inviteRefusals: the app cannot bring in who must not be there', async () => {
  const { client, sandbox } = await mixedWorkspace(withScopes('channels:manage', 'channels:read'));
  const { unshared, singleChannel } = limits.inviteRefusals.value;
  const invite = (channel: string, users: string) => client.conversations.invite({ channel, users });
  expect(await refusal(invite(STABILITY, NIA))).toBe(unshared);
  expect(await refusal(invite('CPARTNERS', 'USOL00000'))).toBe(singleChannel);
  await invite('CPARTNERS', 'UGUS00000');
  expect(sandbox.channel('partners')?.members.has('UGUS00000')).toBe(true);
});

test('members of a private channel are read with groups:read and no other scope', async () => {
  const { client, sandbox } = await mixedWorkspace(withScopes('channels:read'));
  sandbox.addToChannel('quiet', 'teapot');
  expect(await refusal(client.conversations.members({ channel: 'GQUIET000' }))).toBe('missing_scope');
  expect((await client.conversations.members({ channel: STABILITY })).ok).toBe(true);
});

test('memberEvents: coming and going is told where the app is, and nowhere else', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox } = workspace;
  const ben = sandbox.person('ben');
  await ben.leaveChannel('general');
  await ben.joinChannel('general');
  expect(await eventsOf(workspace, 'member_joined_channel')).toEqual([]);
  await ben.leaveChannel('eng-stability');
  await ben.joinChannel('eng-stability');
  const [left] = await eventsOf(workspace, 'member_left_channel');
  const [joined] = await eventsOf(workspace, 'member_joined_channel');
  expect(left?.event).toMatchObject({ user: 'UBEN00000', channel: STABILITY, channel_type: 'C' });
  expect(joined?.event).toMatchObject({ user: 'UBEN00000', channel: STABILITY, team: HARBOUR });
  expect(joined?.event).not.toHaveProperty('inviter');
});

test.each([
  [limits.memberEvents.value.public, 'eng-stability'],
  [limits.memberEvents.value.private, 'quiet'],
])('memberEvents: %s tells of #%s alone', async (scope, told) => {
  const workspace = await mixedWorkspace(withScopes(scope));
  const { sandbox } = workspace;
  sandbox.addToChannel('quiet', 'teapot');
  await sandbox.settled();
  sandbox.audit.clear();
  for (const channel of ['eng-stability', 'quiet']) await sandbox.person('ben').leaveChannel(channel);
  const left = await eventsOf(workspace, 'member_left_channel');
  expect(left.map(({ event }) => event.channel)).toEqual([sandbox.channel(told)?.id]);
});

test('memberEventTeam: who joins from elsewhere brings their team along', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox } = workspace;
  sandbox.removeFromChannel('partners', 'nia');
  sandbox.addToChannel('partners', 'nia');
  expect(limits.memberEventTeam.value).toBe('member');
  const [joined] = await eventsOf(workspace, 'member_joined_channel');
  expect(joined?.event).toMatchObject({ user: NIA, team: NORTHWIND, inviter: 'UANA00000' });
});

test('memberEventPrivate, privacyMessages: a channel turns private and public again, and who is in it stays', async () => {
  const workspace = await mixedWorkspace();
  const { client, sandbox } = workspace;
  const before = (await client.conversations.members({ channel: STABILITY })).members;
  sandbox.changePrivacy('eng-stability', 'private');
  expect((await client.conversations.info({ channel: STABILITY })).channel?.is_private).toBe(true);
  expect((await client.conversations.members({ channel: STABILITY })).members).toEqual(before);
  const [joined] = await eventsOf(workspace, 'member_joined_channel');
  expect(joined?.event).toMatchObject({ user: 'UTEAPOT00', channel: STABILITY });
  expect(joined?.event).not.toHaveProperty(limits.memberEventPrivate.value);
  const { private: hidden, public: open } = limits.privacyMessages.value;
  expect((await eventsOf(workspace, 'message.groups')).map(({ event }) => event.subtype)).toEqual([hidden]);
  sandbox.changePrivacy('eng-stability', 'public');
  expect((await eventsOf(workspace, 'message.channels')).map(({ event }) => event.subtype)).toEqual([open]);
});

test('removedEvents: an app that is taken out of a channel hears of it, and then nothing more', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox } = workspace;
  sandbox.addToChannel('quiet', 'teapot');
  sandbox.removeFromChannel('quiet', 'teapot');
  sandbox.removeFromChannel('eng-stability', 'teapot');
  const { public: open, private: hidden } = limits.removedEvents.value;
  expect((await eventsOf(workspace, hidden))[0]?.event).toMatchObject({ channel: 'GQUIET000', actor_id: 'UANA00000' });
  expect((await eventsOf(workspace, open))[0]?.event).toMatchObject({ channel: STABILITY, actor_id: 'UANA00000' });
  sandbox.audit.clear();
  await sandbox.person('ben').say('eng-stability', 'nobody listens');
  await sandbox.person('ben').leaveChannel('eng-stability');
  await sandbox.settled();
  expect(sandbox.audit.deliveries()).toEqual([]);
});

test('a channel that is added has these members, is private or shared, and is found by the app only where it is', async () => {
  const { client, sandbox } = await mixedWorkspace();
  const members = ['ben', 'nia', 'teapot'];
  const joint = sandbox.addChannel({ name: 'joint', kind: 'private', members, sharedWith: ['Northwind'] });
  const { channel } = await client.conversations.info({ channel: joint.id });
  expect(channel).toMatchObject({ is_private: true, is_ext_shared: true, creator: 'UBEN00000' });
  expect(joint.id).toMatch(/^C/);
  const secret = sandbox.addChannel({ name: 'secret', kind: 'private', members: ['ben'] });
  expect(await refusal(client.conversations.info({ channel: secret.id }))).toBe('channel_not_found');
  expect(() => sandbox.addChannel({ name: 'joint' })).toThrow('already');
  expect(() => sandbox.addChannel({ name: 'ours', members: ['nia'] })).toThrow('is not shared');
});
