// @module-tag slow
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manualClock } from '../../clock/clock.ts';
import { createEngine } from '../../engine/start-engine.ts';
import { ApiError } from '../../web-api/api-error.ts';
import { readArgs } from '../../web-api/args.ts';
import { handlers } from '../../web-api/methods.ts';
import { quietWorkspace } from '../support/quiet-workspace.ts';
import { manifest, START } from '../support/running-app.ts';

const every = [
  'assistant:write',
  'links:write',
  'usergroups:read',
  'usergroups:write',
  'channels:join',
  'channels:manage',
  'groups:write',
  'users:read.email',
  'mpim:read',
  'mpim:history',
];
const granted = [...(manifest.oauth_config?.scopes?.bot ?? []), ...every];
const scopes = { oauth_config: { scopes: { bot: granted } } };

const engine = createEngine({
  manifest: { ...manifest, ...scopes },
  delivery: { kind: 'socket' },
  clock: manualClock(START),
});

const blocks = [
  { type: 'actions', elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'A' } }] },
];

/** Arguments with which most methods get as far as doing their work. */
function usable() {
  const channel = engine.state.channels.get('CENGSTABILITY');
  // A call before may have left, archived or renamed it.
  if (channel) channel.archived = false;
  channel?.members.add(engine.state.app.botUserId);
  const posted = handlers['chat.postMessage']?.(
    engine,
    readArgs({ channel: 'CENGSTABILITY', text: 'here', blocks }),
    {},
  );
  const { ts } = posted as { ts: string };
  return {
    ...{ channel: 'CENGSTABILITY', channel_id: 'CENGSTABILITY', ts, timestamp: ts, message_ts: ts, thread_ts: ts },
    ...{ user: 'UANA00000', user_id: 'UANA00000', users: 'UANA00000,UBEN00000', email: 'ana@harbour.example' },
    ...{ text: 'x', blocks, attachments: [{ text: 'x' }], metadata: { event_type: 'x', event_payload: {} } },
    ...{ name: 'tada', title: 't', type: 'link', link: 'https://a.example', filename: 'a.txt', length: 3 },
    ...{ post_at: START.getTime() / 1000 + 600, view: { type: 'home', blocks }, limit: 2, types: 'public_channel,im' },
    ...{ unfurls: { 'https://a.example': { text: 'x' } }, prompts: [{ title: 't', message: 'm' }], status: 'is busy' },
    ...{ chunks: [{ type: 'markdown_text', text: 'x' }], recipient_user_id: 'UANA00000', recipient_team_id: 'T1' },
    ...{ outputs: {}, function_execution_id: 'Fx1', usergroup: 'S1', bookmark_id: 'Bk1', topic: 't' },
    ...{ files: [{ id: 'F1' }], file: 'F1', scheduled_message_id: 'Q1', event_context: '4-x', view_id: 'V1' },
  };
}

const worst: unknown[] = [
  ...[
    '',
    ' ',
    '[null]',
    '{}',
    '[[]]',
    '[{}]',
    '[',
    'null',
    '-1',
    '1e309',
    'NaN',
    '[1,"a"]',
    '__proto__',
    'constructor',
  ],
  ...[[null], [[]], {}, [{}], null, true, -1, Number.MAX_SAFE_INTEGER, [{ id: null }], [{ type: null }]],
  // Neither String() nor a template literal can turn these into text.
  ...[{ toString: 0, valueOf: 0 }, [{ toString: 0, valueOf: 0 }], { a: { toString: 0, valueOf: 0 } }],
  ...['{"type":"home","blocks":[null]}', '{"type":"home","blocks":null}', '[{"type":"section","text":null}]'],
];

const hostile = fc.oneof(
  fc.constantFrom(...worst),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
);

const NAMES = [
  ...Object.keys(usable()),
  'cursor',
  'oldest',
  'latest',
  'inclusive',
  'hash',
  'trigger_id',
  'external_id',
  'user_auth_blocks',
  'loading_messages',
];

test.each(Object.keys(handlers))('%s answers or refuses whatever comes; it never breaks', async (method) => {
  const call = async (args: { [name: string]: unknown }) => {
    try {
      const answer = await handlers[method]?.(engine, readArgs(args), {});
      JSON.stringify(answer);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      expect(error.code).toMatch(/^[a-z_]+$/);
    }
  };
  const fine = usable();
  for (const name of NAMES) for (const value of worst) await call({ ...fine, [name]: value });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...NAMES), hostile, { minKeys: 1, maxKeys: 3 }), (args) =>
      call({ ...usable(), ...args }),
    ),
    { numRuns: 30 },
  );
});

test('no answer to a response_url breaks the sandbox', async () => {
  const { sandbox } = await quietWorkspace();
  await sandbox.person('ana').slash('/tea', { channel: 'general' });
  const [command] = sandbox.audit.deliveries('slash_command');
  const url = String(command?.payload.response_url);
  const known = fc.record(
    { text: hostile, blocks: hostile, thread_ts: hostile, response_type: hostile },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.json(),
        known.map((body) => JSON.stringify(body)),
      ),
      async (body) => {
        const response = await fetch(url, { method: 'POST', body });
        expect([200, 400, 404]).toContain(response.status);
      },
    ),
    { numRuns: 150 },
  );
  expect(sandbox.audit.brokenRules().filter(({ rule }) => rule === 'sandbox_bug')).toEqual([]);
  await sandbox.close();
});
