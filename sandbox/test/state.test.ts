import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../clock/clock.ts';
import { mixed, NIA, NORTHWIND } from './support/many-people.ts';
import { quietWorkspace } from './support/quiet-workspace.ts';
import { START } from './support/running-app.ts';

const STABILITY = 'CENGSTABILITY';
let folder: string;
let stateFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  stateFile = join(folder, 'new', 'workspace.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a state file', () => {
  test('brings back messages, threads, DMs, homes, files, reads, schedules and credentials', async () => {
    const first = await quietWorkspace({ stateFile });
    const { sandbox, client } = first;
    const parent = await client.chat.postMessage({ channel: STABILITY, text: 'parent' });
    await client.chat.postMessage({ channel: STABILITY, text: 'reply', thread_ts: parent.ts });
    await client.chat.postMessage({ channel: 'UANA00000', text: 'for you' });
    await client.views.publish({ user_id: 'UANA00000', view: { type: 'home', blocks: [{ type: 'divider' }] } });
    await client.files.uploadV2({ filename: 'a.txt', file: Buffer.from('abc'), channel_id: STABILITY });
    await client.chat.scheduleMessage({
      channel: STABILITY,
      text: 'later',
      post_at: Math.floor(sandbox.clock.now() / 1000) + 60,
    });
    await sandbox.settled();
    sandbox.person('ana').markRead('eng-stability');
    const before = { token: sandbox.botToken, secret: sandbox.signingSecret, snapshot: sandbox.snapshot('UANA00000') };
    const messages = sandbox.messages('UANA00000', STABILITY);
    await sandbox.close();

    const second = await quietWorkspace({ stateFile, randomSeed: 99 });
    expect(second.sandbox.botToken).toBe(before.token);
    expect(second.sandbox.signingSecret).toBe(before.secret);
    expect(second.sandbox.snapshot('UANA00000')).toEqual(before.snapshot);
    expect(second.sandbox.messages('UANA00000', STABILITY)).toEqual(messages);
    expect((await second.client.auth.test()).ok).toBe(true);
    const again = await second.client.chat.postMessage({ channel: 'UANA00000', text: 'same DM' });
    expect(again.channel).toBe(before.snapshot.channels.find(({ kind }) => kind === 'im')?.id);
    await second.sandbox.clock.step(60_000);
    await second.sandbox.person('ana').sees('later');
    await second.sandbox.close();
  });

  test('of before there were roles: an admin is still one, and everybody else a member of the workspace', async () => {
    const first = await quietWorkspace();
    const kept = first.sandbox.save() as { workspaces: { users: { [field: string]: unknown }[] }[] };
    for (const user of kept.workspaces[0]?.users ?? []) {
      const { role, team: _team, isExternal: _isExternal, ...old } = user;
      for (const field of Object.keys(user)) delete user[field];
      Object.assign(user, old, { isAdmin: role === 'admin' });
    }
    await first.sandbox.load(kept);
    const flags = async (user: string) => (await first.client.users.info({ user })).user;
    expect(await flags('UANA00000')).toMatchObject({ is_admin: true, is_restricted: false, team_id: 'THARBOUR0' });
    expect(await flags('UBEN00000')).toMatchObject({ is_admin: false, is_restricted: false, team_id: 'THARBOUR0' });
    await first.sandbox.close();
  });

  test('knows guests, other organisations and the channels that are shared with them', async () => {
    const first = await quietWorkspace({ workspace: mixed, stateFile });
    const seen = first.sandbox.snapshot('UANA00000');
    await first.sandbox.close();
    const second = await quietWorkspace({ workspace: mixed, stateFile });
    expect(second.sandbox.snapshot('UANA00000')).toEqual(seen);
    expect((await second.client.users.info({ user: NIA })).user).toMatchObject({ team_id: NORTHWIND });
    expect(second.sandbox.connectedTeams()).toMatchObject([{ id: NORTHWIND, name: 'Northwind' }]);
    await second.sandbox.close();
  });

  test('keeps the clock from going back', async () => {
    const first = await quietWorkspace({ stateFile });
    await first.sandbox.clock.step(86_400_000);
    const now = first.sandbox.clock.now();
    await first.sandbox.close();
    const second = await quietWorkspace({ stateFile, clock: manualClock(START) });
    expect(second.sandbox.clock.now()).toBe(now);
    await second.sandbox.close();
  });

  test('is written whole beside the old one before it takes its place', async () => {
    const { sandbox } = await quietWorkspace({ stateFile });
    await sandbox.person('ana').say('general', 'kept');
    writeFileSync(`${stateFile}.new`, '{"half written');
    await sandbox.close();
    expect(readFileSync(stateFile, 'utf8')).toContain('kept');
    expect(readdirSync(join(folder, 'new'))).toEqual(['workspace.json']);
  });

  test.each(['', '{', '[]', '{"version":99}'])('that says %j is refused, and left alone', async (content) => {
    const path = join(folder, 'bad.json');
    writeFileSync(path, content);
    await expect(quietWorkspace({ stateFile: path })).rejects.toThrow(/workspace/);
    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});

describe('reset, save and load', () => {
  test('a reset forgets everything but the credentials, and a load brings it back', async () => {
    const { sandbox, client } = await quietWorkspace();
    await client.chat.postMessage({ channel: STABILITY, text: 'before' });
    const saved = sandbox.save();
    const { botToken } = sandbox;
    await sandbox.reset();
    expect(sandbox.person('ana').messages('eng-stability')).toEqual([]);
    expect(sandbox.botToken).toBe(botToken);
    const after = await client.chat.postMessage({ channel: STABILITY, text: 'after' });
    await sandbox.load(JSON.parse(JSON.stringify(saved)));
    expect(
      sandbox
        .person('ana')
        .messages('eng-stability')
        .map(({ text }) => text),
    ).toEqual(['before']);
    const next = await client.chat.postMessage({ channel: STABILITY, text: 'next' });
    expect(String(next.ts) > String(after.ts)).toBe(true);
    await sandbox.close();
  });

  test('a scheduled message of a workspace that was reset stays away', async () => {
    const { sandbox, client } = await quietWorkspace();
    await client.chat.scheduleMessage({
      channel: STABILITY,
      text: 'ghost',
      post_at: Math.floor(sandbox.clock.now() / 1000) + 60,
    });
    await sandbox.reset();
    await sandbox.clock.step(120_000);
    expect(sandbox.person('ana').messages('eng-stability')).toEqual([]);
    await sandbox.close();
  });
});
