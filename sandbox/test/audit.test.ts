import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Quiet, quietWorkspace } from './support/quiet-workspace.ts';

const STABILITY = 'CENGSTABILITY';
let quiet: Quiet;

beforeEach(async () => {
  quiet = await quietWorkspace();
});
afterEach(() => quiet.sandbox.close());

async function notified(args: object): Promise<string[]> {
  const { ts } = (await quiet.client.apiCall('chat.postMessage', { channel: STABILITY, ...args })) as { ts?: string };
  return quiet.sandbox.audit
    .notifications({ channel: STABILITY, ts: String(ts) })
    .map(({ user, because }) => `${user} ${because}`);
}

const mrkdwn = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });

test.each<[string, object, string[]]>([
  ['a mention in text', { text: 'hi <@UBEN00000>' }, ['UBEN00000 <@UBEN00000>']],
  ['a mention with a label', { text: 'hi <@UBEN00000|ben>' }, ['UBEN00000 <@UBEN00000|ben>']],
  ['a mention in a block', { text: 'x', blocks: [mrkdwn('<@UBEN00000>')] }, ['UBEN00000 <@UBEN00000>']],
  [
    'a mention in rich text',
    { text: 'x', blocks: [rich({ type: 'user', user_id: 'UBEN00000' })] },
    ['UBEN00000 <@UBEN00000>'],
  ],
  ['an escaped mention', { text: '&lt;@UBEN00000&gt; &lt;!channel&gt;' }, []],
  [
    'a plain_text mention',
    { text: 'x', blocks: [{ type: 'header', text: { type: 'plain_text', text: '<@UBEN00000>' } }] },
    [],
  ],
  ['typed text inside rich text', { text: 'x', blocks: [rich({ type: 'text', text: '<!channel>' })] }, []],
  ['somebody unknown', { text: '<@UNOBODY00>' }, []],
  ['the bot itself', { text: '<@UTEAPOT00>' }, []],
  ['a bare name', { text: 'hi @ben' }, []],
  ['a bare name with parse: full', { text: 'hi @ben', parse: 'full' }, ['UBEN00000 @ben']],
  ['nobody for a bare name with link_names, which links groups alone', { text: 'hi @ben', link_names: true }, []],
])('%s notifies as Slack would', async (_, args, expected) => {
  expect(await notified(args)).toEqual(expected);
});

test.each(['<!channel>', '<!here>', '<!everyone>', '<!channel|channel>', '<!subteam^S0123>'])(
  '%s notifies all members',
  async (text) => {
    const users = await notified({ text });
    expect(users).toHaveLength(8);
    expect(users.every((entry) => entry.endsWith(text))).toBe(true);
  },
);

test('messages without a text, and images without words, are found until they are mended', async () => {
  const { client, sandbox } = quiet;
  const image = (alt: string) => ({ type: 'image', image_url: 'https://a.example/a.png', alt_text: alt });
  const post = (args: object) =>
    client.apiCall('chat.postMessage', { channel: STABILITY, ...args }) as unknown as Promise<{ ts: string }>;
  await post({ text: 'fine', blocks: [image('A chart of heat')] });
  const bad = await post({ blocks: [{ type: 'divider' }, image('  ')] });
  expect(sandbox.audit.textless().map(({ ts }) => ts)).toEqual([bad.ts]);
  expect(sandbox.audit.imagesWithoutAlt().map(({ ts }) => ts)).toEqual([bad.ts]);
  await client.chat.update({ channel: STABILITY, ts: bad.ts, text: 'Heat', blocks: [image('Heat by week')] as never });
  expect(sandbox.audit.textless()).toEqual([]);
  expect(sandbox.audit.imagesWithoutAlt()).toEqual([]);
});

test('unread marks count what others wrote since the person last looked', async () => {
  const { client, sandbox } = quiet;
  const ben = sandbox.person('ben');
  const channel = (id: string) => sandbox.snapshot(ben.id).channels.find((entry) => entry.id === id);
  await client.chat.postMessage({ channel: STABILITY, text: 'one' });
  await client.chat.postMessage({ channel: STABILITY, text: 'two <@UBEN00000>' });
  await ben.say('eng-stability', 'mine');
  expect(channel(STABILITY)).toMatchObject({ unread: 2, mentions: 1 });
  ben.markRead('eng-stability');
  expect(channel(STABILITY)).toMatchObject({ unread: 0, mentions: 0 });
  const { channel: dm } = await client.chat.postMessage({ channel: ben.id, text: 'psst' });
  expect(channel(String(dm))).toMatchObject({ kind: 'im', unread: 1, mentions: 1, with: sandbox.app.botUserId });
});

test('a window of messages is the newest, oldest first, and says whether there are more', async () => {
  const { client, sandbox } = quiet;
  for (let index = 0; index < 5; index += 1) await client.chat.postMessage({ channel: STABILITY, text: String(index) });
  const newest = sandbox.messages('UANA00000', STABILITY, { limit: 2 });
  expect([newest.messages.map(({ text }) => text), newest.hasMore]).toEqual([['3', '4'], true]);
  const older = sandbox.messages('UANA00000', STABILITY, { limit: 3, before: newest.messages[0]?.ts });
  expect([older.messages.map(({ text }) => text), older.hasMore]).toEqual([['0', '1', '2'], false]);
});
