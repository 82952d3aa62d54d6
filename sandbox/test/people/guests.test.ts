import { expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { button } from '../support/against.ts';
import { mixedWorkspace } from '../support/many-people.ts';

test('guestCommands: guests type commands and use shortcuts, those of a single channel do not', async () => {
  const { sandbox, client } = await mixedWorkspace();
  await client.chat.postMessage({ channel: 'CENGSTABILITY', text: 'steep me' });
  const { guest, singleChannel } = limits.guestCommands.value;
  for (const [name, may] of [
    ['gus', guest],
    ['sol', singleChannel],
  ] as const) {
    const person = sandbox.person(name);
    const message = await person.sees('steep me', { in: 'eng-stability' });
    const tries = [
      () => person.slash('/tea', { channel: 'eng-stability' }),
      () => person.messageShortcut(message, 'steep'),
      () => person.globalShortcut('brew'),
    ];
    for (const attempt of tries)
      if (may) expect((await attempt()).outcome).toBe('acked');
      else await expect(attempt()).rejects.toThrow(/not a valid command|offered no shortcuts/);
  }
});

test('guests press buttons and write to the app like everybody', async () => {
  const { sandbox, client } = await mixedWorkspace();
  await client.chat.postMessage({ channel: 'CENGSTABILITY', text: 'press', blocks: [button] as never });
  for (const name of ['gus', 'sol']) {
    const person = sandbox.person(name);
    const message = await person.sees('press', { in: 'eng-stability' });
    expect((await person.click(message, 'go'))?.outcome).toBe('acked');
    await person.say('teapot', 'hello');
  }
});

test('guestChannels: guests and people from elsewhere see no channel that they were not brought into', async () => {
  const { sandbox } = await mixedWorkspace();
  await sandbox.person('ben').say('general', 'for us');
  const sees = (name: string, channel: string) =>
    sandbox.snapshot(sandbox.person(name).id).channels.some((shown) => shown.name === channel);
  for (const name of ['gus', 'sol', 'nia']) {
    expect(sees(name, 'general')).toBe(limits.guestChannels.value);
    expect(sandbox.person(name).messages('general')).toEqual([]);
    await expect(sandbox.person(name).joinChannel('general')).rejects.toThrow('by invitation only');
  }
  expect(sees('ben', 'partners')).toBe(true);
  await sandbox.person('ben').invite('general', 'gus');
  expect(sees('gus', 'general')).toBe(true);
});

test('a single-channel guest is in one channel', async () => {
  const { sandbox } = await mixedWorkspace();
  await expect(sandbox.person('ben').invite('general', 'sol')).rejects.toThrow('in #eng-stability already');
  expect(() => sandbox.changeRole('ben', 'single-channel guest')).toThrow('say in which one');
  expect(() => sandbox.changeRole('ben', 'single-channel guest', { channel: 'partners' })).toThrow(
    'is not in #partners',
  );
  sandbox.changeRole('ben', 'single-channel guest', { channel: 'eng-stability' });
  expect(sandbox.channel('general')?.members.has('UBEN00000')).toBe(false);
  expect(sandbox.channel('eng-stability')?.members.has('UBEN00000')).toBe(true);
});

test('guests and people from elsewhere decide about nobody', async () => {
  const { sandbox } = await mixedWorkspace();
  for (const name of ['gus', 'sol', 'nia', 'ben'])
    await expect(sandbox.person(name).deactivate('ana')).rejects.toThrow('no admin');
  sandbox.changeRole('ben', 'owner');
  await sandbox.person('ben').deactivate('gus');
  expect(() => sandbox.person('gus')).toThrow('is deactivated');
});
