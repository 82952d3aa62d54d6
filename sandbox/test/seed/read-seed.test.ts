import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSeed } from '../../seed/read-seed.ts';
import { defaultSeed } from '../../seed/seed.ts';
import { quietWorkspace } from '../support/quiet-workspace.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const path = join(folder, 'seed.yml');
  writeFileSync(path, text);
  return path;
}

test('a seed of one’s own brings people, channels and fixed tokens', async () => {
  const workspace = readSeed(
    written(`
users: [{ name: zoe, realName: Zoe Hart, timeZone: Pacific/Auckland, role: admin }]
channels: [{ name: tide, botIsMember: true }]
credentials: { botToken: xoxb-fixed, signingSecret: shh }
`),
  );
  expect(workspace.team).toEqual(defaultSeed.team);
  const { sandbox, client } = await quietWorkspace({ workspace });
  expect([sandbox.botToken, sandbox.signingSecret]).toEqual(['xoxb-fixed', 'shh']);
  expect(sandbox.appToken).toMatch(/^xapp-/);
  await client.chat.postMessage({ channel: 'tide', text: 'High water' });
  expect((await sandbox.person('zoe').sees('High water')).channel).toBe(sandbox.channel('tide')?.id);
  await sandbox.close();
});

test.each([
  ['[]', 'the seed is no object'],
  ['people: []', 'people is none of team, users, channels, credentials'],
  ['users: zoe', 'users is no list'],
  ['users: [{ realName: Zoe }]', 'users[0] has no name'],
  ['channels: [tide]', 'channels[0] has no name'],
  ['team: { name: Harbour }', 'team asks for a name and a domain'],
  ['credentials: { botToken: 7 }', 'credentials.botToken is no text of'],
  ['credentials: { password: x }', 'credentials.password is no text of'],
])('the seed %j is refused in words', (text, words) => {
  expect(() => readSeed(written(text))).toThrow(words);
});
