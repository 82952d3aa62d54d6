import { expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { eventsOf, mixedWorkspace, NIA, NORTHWIND, watchful } from '../support/many-people.ts';
import { refusal } from '../support/quiet-workspace.ts';

type Flags = { [name: string]: unknown };

async function asked(workspace: Awaited<ReturnType<typeof mixedWorkspace>>, user: string, include_locale = false) {
  const answer = await workspace.client.users.info({ user, include_locale });
  return answer.user as Flags;
}

const flagsOf = (user: Flags) => Object.fromEntries(limits.memberFlags.value.map((flag) => [flag, user[flag]]));
const none = Object.fromEntries(limits.memberFlags.value.map((flag) => [flag, false]));
const set = (flags: readonly string[]) => ({ ...none, ...Object.fromEntries(flags.map((flag) => [flag, true])) });

test('memberFlags, ownerFlags, guestFlags: each role has its flags, the others are there and false', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox } = workspace;
  const { guest, singleChannel } = limits.guestFlags.value;
  expect(flagsOf(await asked(workspace, 'UBEN00000'))).toEqual(none);
  expect(flagsOf(await asked(workspace, 'UANA00000'))).toEqual(set(['is_admin']));
  expect(flagsOf(await asked(workspace, 'UGUS00000'))).toEqual(set(guest));
  expect(flagsOf(await asked(workspace, 'USOL00000'))).toEqual(set(singleChannel));
  sandbox.changeRole('ben', 'owner');
  expect(flagsOf(await asked(workspace, 'UBEN00000'))).toEqual(set(['is_admin', 'is_owner']));
  sandbox.changeRole('ben', 'primary owner');
  expect(await asked(workspace, 'UBEN00000')).toMatchObject(limits.ownerFlags.value);
});

test('invitedFlag: who is invited says so, cannot act yet, and loses the mark by accepting', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox } = workspace;
  sandbox.addPerson({ name: 'ivo', isInvited: true });
  expect(await asked(workspace, 'UIVO00000')).toMatchObject({ [limits.invitedFlag.value]: true });
  expect(await asked(workspace, 'UBEN00000')).not.toHaveProperty(limits.invitedFlag.value);
  expect(() => sandbox.person('ivo')).toThrow('has not accepted the invitation');
  expect(await eventsOf(workspace, limits.teamJoinEvent.value)).toEqual([]);
  sandbox.acceptInvitation('ivo');
  expect(await asked(workspace, 'UIVO00000')).not.toHaveProperty(limits.invitedFlag.value);
  expect(sandbox.person('ivo').name).toBe('ivo');
  expect(await eventsOf(workspace, limits.teamJoinEvent.value)).toHaveLength(1);
});

test('deactivatedAbsent: what is not known of a deactivated person is absent, and comes back with the account', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox } = workspace;
  sandbox.deactivate('gus');
  const gone = await asked(workspace, 'UGUS00000', true);
  expect(gone).toMatchObject({ id: 'UGUS00000', team_id: 'THARBOUR0', name: 'gus', deleted: true, is_bot: false });
  for (const field of [...limits.deactivatedAbsent.value, 'locale']) expect(gone).not.toHaveProperty(field);
  sandbox.reactivate('gus');
  const back = await asked(workspace, 'UGUS00000');
  for (const field of limits.deactivatedAbsent.value) expect(back).toHaveProperty(field);
});

test('deactivatedStayMembers, deactivatedPosts, deactivatedOpens: where somebody without an account is still met', async () => {
  const { client, sandbox } = await mixedWorkspace();
  sandbox.deactivate('ben');
  const { members } = await client.conversations.members({ channel: 'CENGSTABILITY' });
  expect(members?.includes('UBEN00000')).toBe(limits.deactivatedStayMembers.value);
  expect(await refusal(client.conversations.open({ users: 'UBEN00000' }))).toBe(limits.deactivatedOpens.value);
  expect((await client.chat.postMessage({ channel: 'UBEN00000', text: 'still there?' })).ok).toBe(true);
  expect(limits.deactivatedPosts.value).toBe('works');
});

test('externalStranger, strangerFields, externalRoles, externalLocale: what is known of who works elsewhere', async () => {
  const workspace = await mixedWorkspace();
  const { shares, sharesNone } = limits.externalStranger.value;
  const nia = await asked(workspace, NIA, true);
  expect(nia).toMatchObject({ id: NIA, team_id: NORTHWIND, is_stranger: shares, tz: 'Europe/Berlin' });
  expect(limits.memberFlags.value.some((flag) => flag in nia)).toBe(limits.externalRoles.value);
  expect('locale' in nia).toBe(limits.externalLocale.value);
  expect(await asked(workspace, 'UBEN00000', true)).toHaveProperty('locale');
  workspace.sandbox.removeFromChannel('partners', 'nia');
  const stranger = await asked(workspace, NIA, true);
  expect(Object.keys(stranger).sort()).toEqual([...limits.strangerFields.value].sort());
  expect(stranger.is_stranger).toBe(sharesNone);
});

test('externalLookup, externalDirect: who works elsewhere is found by id and in the channel, and met only there', async () => {
  const { client, sandbox } = await mixedWorkspace();
  const found = limits.externalLookup.value;
  const { members: listed } = await client.users.list({});
  expect(listed?.some(({ id }) => id === NIA)).toBe(found['users.list']);
  expect(listed?.some(({ id }) => id === 'UGUS00000')).toBe(true);
  const { members } = await client.conversations.members({ channel: 'CPARTNERS' });
  expect(members?.includes(NIA)).toBe(found['conversations.members']);
  expect((await client.conversations.open({ users: NIA })).ok).toBe(true);
  sandbox.addPerson({ name: 'noa', from: 'Northwind' });
  const noa = 'UNOANORTHWIND';
  expect(await refusal(client.conversations.open({ users: noa }))).toBe(limits.externalDirect.value);
  expect(await refusal(client.chat.postMessage({ channel: noa, text: 'hello' }))).toBe('channel_not_found');
});

test('guestStatusEvent, userChangeEvent, teamJoinEvent, externalChangeEvent: changes of people are told', async () => {
  const workspace = await mixedWorkspace();
  const { sandbox } = workspace;
  const counts = async () => ({
    change: (await eventsOf(workspace, limits.userChangeEvent.value)).length,
    guest: (await eventsOf(workspace, limits.guestStatusEvent.value)).length,
    join: (await eventsOf(workspace, limits.teamJoinEvent.value)).length,
  });
  sandbox.changeRole('ben', 'admin');
  expect(await counts()).toEqual({ change: 1, guest: 0, join: 0 });
  sandbox.changeRole('ben', 'guest');
  sandbox.changeRole('gus', 'member');
  expect(await counts()).toEqual({ change: 3, guest: 2, join: 0 });
  sandbox.deactivate('sol');
  expect(await counts()).toEqual({ change: 4, guest: 3, join: 0 });
  sandbox.addPerson({ name: 'eva', role: 'guest' });
  expect(await counts()).toEqual({ change: 4, guest: 3, join: 1 });
  sandbox.addPerson({ name: 'noa', from: 'Northwind' });
  sandbox.deactivate('nia');
  const told = { change: limits.externalChangeEvent.value ? 5 : 4, guest: 3, join: 1 };
  expect(await counts()).toEqual(told);
  const [first] = await eventsOf(workspace, 'user_guest_status_changed');
  expect(first?.event).toMatchObject({
    type: 'user_guest_status_changed',
    user: { id: 'UBEN00000', is_restricted: true },
  });
});

test('without users:read nobody is told of people', async () => {
  const workspace = await mixedWorkspace({
    manifest: { ...watchful, oauth_config: { scopes: { bot: ['commands'] } } },
  });
  workspace.sandbox.changeRole('ben', 'guest');
  workspace.sandbox.addPerson({ name: 'eva' });
  await workspace.sandbox.settled();
  expect(workspace.sandbox.audit.deliveries()).toEqual([]);
});

test('a person of another organisation gets no role here, and a name is taken once', async () => {
  const { sandbox } = await mixedWorkspace();
  expect(() => sandbox.changeRole('nia', 'admin')).toThrow('another organisation');
  expect(() => sandbox.addPerson({ name: 'noa', from: 'Northwind', role: 'owner' })).toThrow('no role here');
  expect(() => sandbox.addPerson({ name: 'ben' })).toThrow('already');
  expect(() => sandbox.changeRole('nobody', 'admin')).toThrow('no person "nobody"');
});
