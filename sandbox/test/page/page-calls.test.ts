import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { servePage } from '../../page/server/page-server.ts';
import { pier } from '../support/installable-app.ts';
import { type Running, runningApp } from '../support/running-app.ts';
import { configureDesk, deskManifest } from './desk-app.ts';

let running: Running;

beforeEach(async () => {
  running = await runningApp('socket', configureDesk, {
    manifest: deskManifest,
    otherWorkspaces: [pier],
    organisation: { name: 'Islands', domain: 'islands' },
  });
  await servePage(running.sandbox);
});

afterEach(() => running.stop());

type Answer = { ok: boolean; result?: unknown; error?: string };

async function call(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const init =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        };
  const response = await fetch(new URL(path, running.sandbox.origin), init);
  return (await response.json()) as Answer;
}

describe('the page’s calls', () => {
  test('change people and channels, and say in words what cannot be', async () => {
    const { sandbox } = running;
    const added = await call('/sandbox/people/add', { name: 'Gus', role: 'guest', channels: ['general'] });
    expect(added).toEqual({ ok: true, result: { id: 'UGUS00000' } });
    expect(sandbox.channel('general')?.members.has('UGUS00000')).toBe(true);
    await call('/sandbox/people/role', { person: 'gus', role: 'owner' });
    expect(sandbox.user('gus')?.role).toBe('owner');
    const refused: [path: string, body: object, words: string][] = [
      ['people/add', {}, 'Say the name.'],
      ['people/add', { name: 'two words' }, 'A name is one word of letters and digits.'],
      ['people/add', { name: 'gus' }, 'there is somebody called "gus" already'],
      ['people/role', { person: 'gus', role: 'emperor' }, 'The role is one of: member, admin'],
      ['people/active', { person: 'nobody', active: false }, 'there is no person "nobody"'],
      ['channels/member', { channel: 'nowhere', person: 'gus', member: true }, 'there is no channel "nowhere"'],
      ['channels/privacy', { channel: 'general', kind: 'secret' }, 'The kind is one of: public, private.'],
      ['channels/shared', { channel: 'general', shared: true }, 'Say the organisation.'],
    ];
    for (const [path, body, words] of refused) {
      const { ok, error } = await call(`/sandbox/${path}`, body);
      expect({ ok, error }).toEqual({ ok: false, error: expect.stringContaining(words) });
    }
    expect(sandbox.user('gus')?.role).toBe('owner');
  });

  test('look at one workspace of several, its records included, and reset all of them', async () => {
    const inPier = (path: string, body?: unknown) => call(`${path}?workspace=TPIER0000`, body);
    expect(await inPier('/sandbox/snapshot')).toMatchObject({
      result: {
        team: { name: 'Pier' },
        me: { name: 'paula' },
        workspaces: [{ name: 'Harbour' }, { name: 'Pier' }],
        organisation: { name: 'Islands' },
        install: { isInstalled: false },
      },
    });
    expect(await inPier('/sandbox/verbs/say', { as: 'paula', to: 'general', text: 'ahoy' })).toMatchObject({
      ok: true,
    });
    expect(await inPier('/sandbox/messages')).toMatchObject({ ok: true });
    await call('/sandbox/verbs/slash', { as: 'ana', channel: 'general', text: '/fault x' });
    const harbour = await call('/sandbox/inspection');
    const pierside = await inPier('/sandbox/inspection');
    expect(harbour).toMatchObject({ result: { deliveries: [{ type: 'slash_command', team: 'THARBOUR0' }] } });
    expect(pierside).toMatchObject({ result: { deliveries: [], calls: [] } });
    expect(await inPier('/sandbox/app/add', {})).toMatchObject({
      ok: false,
      error: expect.stringMatching(/organisation/),
    });
    await call('/sandbox/reset', {});
    const messages = await call('/sandbox/messages?workspace=TPIER0000&channel=CGENERALPIER');
    expect(messages).toMatchObject({ result: { messages: [] } });
  });

  test('let a person speak, and show it to another', async () => {
    expect(await call('/sandbox/verbs/say', { as: 'ana', to: 'general', text: 'hello <b>' })).toMatchObject({
      ok: true,
    });
    expect(await call('/sandbox/messages?as=ben&channel=CGENERAL0')).toMatchObject({
      ok: true,
      result: { messages: [{ text: 'hello &lt;b&gt;' }], hasMore: false },
    });
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a slash command in a thread',
      { verb: 'slash', channel: 'general', text: '/fault x', thread: '1.000000' },
      /thread/,
    ],
    ['a command that nobody installed', { verb: 'slash', channel: 'general', text: '/nothing' }, /nothing/],
    [
      'a click on a message that is not there',
      { verb: 'click', channel: 'CGENERAL0', ts: '1.000000', target: { actionId: 'accept' } },
      /message/,
    ],
    ['submitting a view that is not open', { verb: 'submit', view: 'V404' }, /no longer open/],
    ['an empty message', { verb: 'say', to: 'general', text: '  ' }, /nothing to send/],
    ['changing somebody else’s words', { verb: 'edit', channel: 'CGENERAL0', ts: '1.000000', text: 'x' }, /message/],
    ['a verb that no person has', { verb: 'postMessage' }, /postMessage/],
    ['a verb of every object', { verb: 'constructor' }, /constructor/],
  ])('refuse %s', async (_what, { verb, ...args }, words) => {
    const answer = await call(`/sandbox/verbs/${verb}`, { as: 'ana', ...args });
    expect(answer).toMatchObject({ ok: false, error: expect.stringMatching(words) });
  });

  test.each([
    ['another site', { as: 'ana', to: 'general', text: 'x' }, { origin: 'https://evil.example' }],
    ['a form of another site', 'as=ana&to=general&text=x', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a nonsense origin', { as: 'ana', to: 'general', text: 'x' }, { origin: 'null' }],
  ])('refuse %s', async (_what, body, headers) => {
    expect((await call('/sandbox/verbs/say', body, headers)).ok).toBe(false);
    expect(running.sandbox.person('ben').messages('general')).toEqual([]);
  });

  test.each(['{', '[', 'null', '"x"', ''])('answer a broken body %j with words', async (body) => {
    expect(await call('/sandbox/clock', body)).toMatchObject({ ok: false, error: expect.any(String) });
  });

  test('move the clock forward only', async () => {
    const { now } = (await call('/sandbox/snapshot?as=ana')).result as { now: number };
    expect((await call('/sandbox/clock', { stepMs: 3_600_000 })).ok).toBe(true);
    expect((await call('/sandbox/clock', { at: now })).ok).toBe(false);
    expect(((await call('/sandbox/snapshot?as=ana')).result as { now: number }).now).toBe(now + 3_600_000);
  });

  test('add faults, record what they hit, and clear them', async () => {
    await call('/sandbox/faults', { method: 'chat.postMessage', kind: 'fail', error: 'internal_error', times: 1 });
    await expect(running.app.client.chat.postMessage({ channel: 'CENGSTABILITY', text: 'x' })).rejects.toThrow(
      'internal_error',
    );
    const seen = (await call('/sandbox/inspection')).result as { calls: { fault?: string }[]; faults: unknown[] };
    expect(seen.calls.filter((one) => one.fault)).toHaveLength(1);
    await call('/sandbox/faults/clear', {});
    expect(((await call('/sandbox/inspection')).result as { faults: unknown[] }).faults).toEqual([]);
  });

  test('save a workspace, reset it and load it again', async () => {
    await call('/sandbox/verbs/say', { as: 'ana', to: 'general', text: 'remember this' });
    const saved = (await call('/sandbox/saved')).result;
    await call('/sandbox/reset', {});
    expect(running.sandbox.person('ana').messages('general')).toEqual([]);
    expect(await call('/sandbox/saved', saved)).toMatchObject({ ok: true });
    expect(running.sandbox.person('ana').messages('general')).toMatchObject([{ text: 'remember this' }]);
  });

  test('a file that is no image is never shown as a page', async () => {
    await running.sandbox
      .person('ana')
      .say('general', 'look', { files: [{ name: 'x.html', bytes: Buffer.from('<script>1</script>') }] });
    const [message] = running.sandbox.person('ana').messages('general');
    const response = await fetch(`${running.sandbox.origin}/sandbox/files/${message?.files[0]}`);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

test('the page is built in memory, served under a policy, and unchanged files are kept by the browser', async () => {
  const response = await fetch(running.sandbox.origin);
  const html = await response.text();
  expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  const script = /src="(\/page\/[0-9a-f]+\.js)"/.exec(html)?.[1] ?? '';
  expect((await fetch(running.sandbox.origin + script)).headers.get('cache-control')).toContain('immutable');
});
