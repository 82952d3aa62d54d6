import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FillValue, Person } from '../../driver/person.ts';
import type { ModalView } from '../../state/model.ts';
import { quietWorkspace } from '../support/quiet-workspace.ts';
import { manifest, type Running, runningApp } from '../support/running-app.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const options = ['Cup', 'Pot', 'Bowl'].map((text) => ({ text: plain(text), value: text.toLowerCase() }));
const input = (id: string, element: object, rest: object = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(`Label ${id}`),
  element: { action_id: id, ...element },
  ...rest,
});

const form = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Everything'),
  submit: plain('Send'),
  blocks: [
    input('short', { type: 'plain_text_input', min_length: 3, max_length: 5 }),
    input('long', { type: 'plain_text_input', multiline: true }, { optional: true }),
    input(
      'count',
      { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' },
      { optional: true },
    ),
    input('mail', { type: 'email_text_input' }, { optional: true }),
    input('link', { type: 'url_text_input' }, { optional: true }),
    input('size', { type: 'static_select', options }, { optional: true }),
    input('extras', { type: 'multi_static_select', options, max_selected_items: 2 }, { optional: true }),
    input('boxes', { type: 'checkboxes', options }, { optional: true }),
    input('owner', { type: 'users_select' }, { optional: true }),
    input('where', { type: 'channels_select' }, { optional: true }),
    input('talk', { type: 'conversations_select', default_to_current_conversation: true }, { optional: true }),
    input('due', { type: 'datepicker' }, { optional: true }),
    input('at', { type: 'timepicker' }, { optional: true }),
    input('search', { type: 'external_select' }, { optional: true }),
    input('file', { type: 'file_input', max_files: 1, filetypes: ['png'] }, { optional: true }),
  ],
};

let running: Running;
let ana: Person;
let view: ModalView;
let submitted: { [blockId: string]: { [actionId: string]: { [key: string]: unknown } } } | undefined;

beforeEach(async () => {
  submitted = undefined;
  running = await runningApp('socket', (app) => {
    app.command('/tea', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: form as never });
    });
    app.command('/raw', async ({ ack }) => ack());
    app.view('form', async ({ ack, view: { state } }) => {
      submitted = structuredClone(state.values) as unknown as typeof submitted;
      await ack();
    });
  });
  ana = running.sandbox.person('ana');
  await ana.slash('/tea', { channel: 'billing' });
  view = await ana.modal('Everything');
});
afterEach(() => running.stop());

const png = { name: 'a.png', bytes: new Uint8Array([1]) };

describe('what a person cannot enter', () => {
  test.each<[string, FillValue, string]>([
    ['short', 'longer', 'takes 5 characters, not 6'],
    ['short', 'a\nb', 'line break'],
    ['count', 'many', 'not a number'],
    ['count', '1.5', 'not a number'],
    ['size', 'Bucket', 'is not offered'],
    ['extras', ['Cup', 'Pot', 'Bowl'], 'only 2 can be selected'],
    ['owner', 'nobody', 'there is nobody called'],
    ['where', 'nowhere', 'there is no channel'],
    ['due', '2026-13-01', 'not a date'],
    ['due', 'tomorrow', 'not a date'],
    ['at', '25:00', 'not a time'],
    ['search', 'anything', 'use pick()'],
    ['file', 'a.png', 'takes files'],
    ['file', [png, png], 'only 1 files'],
    ['file', [{ ...png, name: 'a.exe' }], 'is not one of: png'],
    ['absent', 'x', 'there is no input "absent"'],
  ])('into %s: %j', async (key, value, message) => {
    await expect(ana.fill(view, { [key]: value })).rejects.toThrow(message);
  });

  test.each<[string, { [key: string]: FillValue }, string]>([
    ['nothing', {}, '"Label short" is required'],
    ['spaces', { short: '   ' }, '"Label short" is required'],
    ['too little', { short: 'ab' }, 'needs at least 3 characters'],
    ['no address', { short: 'abc', mail: 'nobody' }, 'is not an email address'],
    ['no link', { short: 'abc', link: 'nowhere' }, 'is not a link'],
    ['too few', { short: 'abc', count: '0' }, 'must be at least 1'],
    ['too many', { short: 'abc', count: 10 }, 'must be at most 9'],
  ])('and submit: %s', async (_, values, message) => {
    await ana.fill(view, values);
    await expect(ana.submit(view)).rejects.toThrow(message);
    expect(submitted).toBeUndefined();
  });
});

test('every value arrives in the shape that Slack sends, the empty ones too', async () => {
  await ana.fill(view, {
    short: 'assam',
    count: 3,
    extras: ['Cup', 'pot'],
    owner: '@ben',
    where: '#billing',
    due: '2026-12-01',
    at: '09:30',
    file: [png],
  });
  await ana.submit(view);
  expect(submitted).toMatchObject({
    short: { short: { type: 'plain_text_input', value: 'assam' } },
    long: { long: { type: 'plain_text_input', value: null } },
    count: { count: { type: 'number_input', value: '3' } },
    size: { size: { type: 'static_select', selected_option: null } },
    extras: { extras: { selected_options: [{ value: 'cup' }, { value: 'pot' }] } },
    boxes: { boxes: { type: 'checkboxes', selected_options: [] } },
    owner: { owner: { selected_user: 'UBEN00000' } },
    where: { where: { selected_channel: 'CBILLING0' } },
    talk: { talk: { selected_conversation: 'CBILLING0' } },
    due: { due: { selected_date: '2026-12-01' } },
    at: { at: { selected_time: '09:30' } },
    search: { search: { selected_option: null } },
    file: { file: { type: 'file_input', files: [{ name: 'a.png' }] } },
  });
});

describe('what a person cannot do', () => {
  test('anything behind an open modal', async () => {
    await expect(ana.slash('/tea', { channel: 'general' })).rejects.toThrow('has the modal "Everything" open');
    await expect(ana.say('general', 'hi')).rejects.toThrow('has the modal');
    await expect(ana.openHome()).rejects.toThrow('has the modal');
    await expect(ana.globalShortcut('brew')).rejects.toThrow('has the modal');
    await ana.cancel(view);
    await ana.say('general', 'free again');
  });

  test('use somebody else’s modal, or one that is closed', async () => {
    const ben = running.sandbox.person('ben');
    await expect(ben.submit(view)).rejects.toThrow('is not open for ben');
    await ana.cancel(view);
    await expect(ana.fill(view, { short: 'abc' })).rejects.toThrow('is not open for ana');
  });

  test.each<[string, (person: Person) => Promise<unknown>, string]>([
    [
      'use a command in a thread',
      (person) => person.slash('/tea', { channel: 'general', thread: '1.1' }),
      'in a thread',
    ],
    [
      'use a command that does not exist',
      (person) => person.slash('/coffee', { channel: 'general' }),
      'is not a valid command',
    ],
    ['send nothing', (person) => person.say('general', '  '), 'nothing to send'],
    ['say a command', (person) => person.say('general', '/tea'), 'use slash()'],
    ['write to nowhere', (person) => person.say('nowhere', 'x'), 'there is no channel or person "nowhere"'],
    ['reply to nothing', (person) => person.say('general', 'x', { thread: '1.1' }), 'there is no thread'],
    ['write too much', (person) => person.say('general', 'x'.repeat(12_001)), '12000 characters'],
    ['click on nothing', (person) => person.click({ channel: 'CGENERAL0', ts: '1.1' }, 'x'), 'no longer there'],
  ])('%s', async (_, act, message) => {
    await ana.cancel(view);
    await expect(act(ana)).rejects.toThrow(message);
  });

  test('change what others wrote, or write where they are not', async () => {
    await ana.cancel(view);
    const ben = running.sandbox.person('ben');
    const message = await ana.say('general', 'mine');
    await expect(ben.edit(message, 'yours')).rejects.toThrow('only change their own');
    await expect(ben.remove(message)).rejects.toThrow('only change their own');
    await ben.leaveChannel('random');
    await expect(ben.say('random', 'hi')).rejects.toThrow('not a member of #random');
    const secret = await ana.say('dev', 'psst');
    await expect(ben.react(secret, 'eyes')).rejects.toThrow('cannot see');
  });
});

describe('what is typed', () => {
  test.each([
    ['hello @ben', 'hello <@UBEN00000>'],
    ['@ben, @dev.', '<@UBEN00000>, <@UDEV00000>.'],
    ['mail ana@harbour.example', 'mail ana@harbour.example'],
    ['see #billing', 'see <#CBILLING0|billing>'],
    ['@here & <b>', '<!here> &amp; &lt;b&gt;'],
    ['look at https://a.example/x?y=1&z=2', 'look at <https://a.example/x?y=1&amp;z=2>'],
    ['@nobody #nowhere', '@nobody #nowhere'],
    ['<!channel> <@UBEN00000>', '&lt;!channel&gt; &lt;@UBEN00000&gt;'],
    ['مرحبا 👋 @chloe', 'مرحبا 👋 <@UCHLOE000>'],
  ])('%j becomes %j', async (typed, stored) => {
    await ana.cancel(view);
    expect((await ana.say('general', typed)).text).toBe(stored);
  });

  test('raw words reach a command that does not ask for escaping', async () => {
    await ana.cancel(view);
    const record = await ana.slash('/raw <b> @ben & co', { channel: 'general' });
    expect(record.payload.text).toBe('<b> @ben & co');
  });
});

test.each([{ messages_tab_enabled: false }, { messages_tab_enabled: true, messages_tab_read_only_enabled: true }])(
  'nobody can type to an app whose Messages tab says %j',
  async (tabs) => {
    const features = { ...manifest.features, app_home: { home_tab_enabled: true, ...tabs } };
    const { sandbox } = await quietWorkspace({ manifest: { ...manifest, features } });
    await expect(sandbox.person('ben').say('teapot', 'hello')).rejects.toThrow('has been turned off');
    await expect(sandbox.person('ben').slash('/tea', { channel: 'teapot' })).rejects.toThrow('has been turned off');
    await sandbox.close();
  },
);

test('reactions of people reach the app', async () => {
  await ana.cancel(view);
  const message = await ana.say('eng-stability', 'shipped');
  await running.sandbox.person('ben').react(message, ':tada:');
  await running.sandbox.settled();
  const [delivery] = running.sandbox.audit.deliveries('reaction_added');
  expect(delivery?.payload.event).toMatchObject({ reaction: 'tada', item: { ts: message.ts }, item_user: ana.id });
});
