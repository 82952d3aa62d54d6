import { afterEach, describe, expect, test } from 'vitest';
import { refusal } from '../support/quiet-workspace.ts';
import { type Running, runningApp, type TransportKind } from '../support/running-app.ts';

const STABILITY = 'CENGSTABILITY';
let running: Running | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (text: string, value = text.toLowerCase()) => ({ text: plain(text), value });
const modal = (title: string, blocks: object[], rest: object = {}) =>
  ({ type: 'modal', callback_id: title, title: plain(title), submit: plain('Go'), blocks, ...rest }) as never;
const button = (id: string, rest: object = {}) => ({
  type: 'actions' as const,
  block_id: id,
  elements: [{ type: 'button' as const, action_id: id, text: plain(id), ...rest }],
});

describe.each<TransportKind>(['http', 'socket'])('over %s', (transport) => {
  test('message controls: overflow, select, date, and a confirmation that can be declined', async () => {
    const heard: unknown[] = [];
    running = await runningApp(transport, (app) => {
      app.action(/.+/, async ({ ack, action }) => {
        await ack();
        if (action.type === 'overflow' || action.type === 'static_select') heard.push(action.selected_option.value);
        if (action.type === 'datepicker') heard.push(action.selected_date);
        if (action.type === 'users_select') heard.push(action.selected_user);
        if (action.type === 'button') heard.push(action.value);
      });
    });
    const { sandbox, app } = running;
    await app.client.chat.postMessage({
      channel: STABILITY,
      text: 'controls',
      blocks: [
        {
          type: 'actions',
          elements: [
            { type: 'overflow', action_id: 'more', options: [option('Edit'), option('Drop')] },
            { type: 'static_select', action_id: 'sev', options: [option('S1'), option('S2')] },
            { type: 'datepicker', action_id: 'due' },
            { type: 'users_select', action_id: 'owner' },
            {
              type: 'button',
              action_id: 'drop',
              value: 'yes',
              text: plain('Drop'),
              confirm: { title: plain('Sure?'), text: plain('It goes'), confirm: plain('Yes'), deny: plain('No') },
            },
          ],
        },
      ],
    });
    const ben = sandbox.person('ben');
    const message = await ben.sees('controls');
    await ben.click(message, { actionId: 'more', option: 'Drop' });
    await ben.click(message, { actionId: 'sev', option: 's2' });
    await ben.click(message, { actionId: 'due', date: '2026-12-01' });
    await ben.click(message, { actionId: 'owner', user: 'ana' });
    await expect(ben.click(message, { actionId: 'due', date: '2026-02-30' })).rejects.toThrow('not a date');
    await expect(ben.click(message, { actionId: 'sev', option: 'S9' })).rejects.toThrow('"S9" is not offered');
    await expect(ben.click(message, 'drop')).rejects.toThrow('a dialog asks "Sure?');
    expect(await ben.click(message, 'drop', { confirm: false })).toBeUndefined();
    await ben.click(message, 'drop', { confirm: true });
    await sandbox.settled();
    expect(heard).toEqual(['drop', 's2', '2026-12-01', 'UANA00000', 'yes']);
  });

  test('shortcuts reach the app, the message one with the message and where it stood', async () => {
    const heard: unknown[] = [];
    running = await runningApp(transport, (app) => {
      app.shortcut('brew', async ({ ack, shortcut }) => {
        await ack();
        heard.push([shortcut.type, 'channel' in shortcut, 'response_url' in shortcut]);
      });
      app.shortcut('steep', async ({ ack, shortcut, respond }) => {
        await ack();
        if (shortcut.type !== 'message_action') return;
        heard.push([shortcut.message.text, shortcut.channel.name, shortcut.message.user]);
        await respond('Steeping');
      });
    });
    const { sandbox } = running;
    const ana = sandbox.person('ana');
    await ana.globalShortcut('brew');
    const message = await ana.say('eng-stability', 'The kettle <broke> & @ben saw');
    await ana.messageShortcut(message, 'steep');
    await ana.sees('Steeping', { in: 'eng-stability' });
    expect(heard).toEqual([
      ['shortcut', false, false],
      ['The kettle &lt;broke&gt; &amp; <@UBEN00000> saw', 'eng-stability', ana.id],
    ]);
    const note = await ana.sees('Steeping');
    await expect(ana.messageShortcut(note, 'steep')).rejects.toThrow('only one person sees');
    await expect(ana.globalShortcut('steep')).rejects.toThrow('there is no global shortcut "steep"');
  });

  test('events: a mention, a DM, a channel message and the bot’s own, which Bolt leaves alone', async () => {
    const heard: string[] = [];
    running = await runningApp(transport, (app) => {
      app.event('app_mention', async ({ event, say }) => {
        heard.push(`mention: ${event.text}`);
        await say({ text: 'You called', thread_ts: event.ts });
      });
      app.message(async ({ message }) => {
        if ('text' in message) heard.push(`${message.channel_type}: ${message.text}`);
      });
    });
    const { sandbox } = running;
    const bot = sandbox.app.botUserId;
    const ana = sandbox.person('ana');
    await ana.say('eng-stability', '@teapot hello');
    await ana.sees('You called');
    await ana.say('teapot', 'in private');
    await ana.say('general', 'the bot is not here @teapot');
    await sandbox.settled();
    expect(heard.sort()).toEqual([`channel: <@${bot}> hello`, 'im: in private', `mention: <@${bot}> hello`]);
    const own = sandbox.audit
      .deliveries('message.channels')
      .map(({ payload }) => payload.event as { user: string; bot_id?: string });
    expect(own).toContainEqual(expect.objectContaining({ user: bot, bot_id: sandbox.app.botId, text: 'You called' }));
    const [delivery] = sandbox.audit.deliveries('app_mention');
    expect(delivery?.payload).toMatchObject({
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ user_id: bot, is_bot: true }],
    });
  });

  test('App Home: opened, published, clicked, published again, and never with a stale hash', async () => {
    let clicks = 0;
    const view = () => ({
      type: 'home' as const,
      blocks: [{ type: 'header', text: plain(`Clicked ${clicks}`) }, button('again')],
    });
    const refused: string[] = [];
    running = await runningApp(transport, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        if (event.tab === 'home' && !event.view)
          await client.views.publish({ user_id: event.user, view: view() as never });
      });
      app.action('again', async ({ ack, body, client }) => {
        await ack();
        if (body.type !== 'block_actions' || !body.view) return;
        clicks += 1;
        const { hash } = body.view;
        await client.views.publish({ user_id: body.user.id, hash, view: view() as never });
        refused.push(await refusal(client.views.publish({ user_id: body.user.id, hash, view: view() as never })));
      });
    });
    const { sandbox } = running;
    const ana = sandbox.person('ana');
    expect(await ana.openHome()).toBeUndefined();
    await ana.seesHome('Clicked 0');
    await ana.homeClick('again');
    await ana.seesHome('Clicked 1');
    await sandbox.settled();
    expect(refused).toEqual(['hash_conflict']);
    expect(sandbox.person('ben').home()).toBeUndefined();
  });

  test('an app that answers a command in words speaks to one person, or to the channel when it says so', async () => {
    running = await runningApp(transport, (app) => {
      app.command('/tea', async ({ ack, command }) => {
        if (command.text === 'aloud') await ack({ response_type: 'in_channel', text: 'For all' });
        else await ack(`You said ${command.text}`);
      });
    });
    const { sandbox } = running;
    const ana = sandbox.person('ana');
    const ben = sandbox.person('ben');
    await ana.slash('/tea for @ben in #billing', { channel: 'eng-stability' });
    const answer = await ana.sees('You said');
    expect(answer).toMatchObject({
      ephemeralTo: ana.id,
      text: 'You said for <@UBEN00000|ben> in <#CBILLING0|billing>',
    });
    await expect(ben.sees('You said', { timeoutMs: 5 })).rejects.toThrow('does not see');
    await ana.slash('/tea aloud', { channel: 'eng-stability' });
    await ben.sees('For all', { in: 'eng-stability' });
    expect(await ben.sees('/tea aloud')).toMatchObject({ user: ana.id });
  });

  test('a response_url works five times in thirty minutes, replaces and deletes', async () => {
    const urls: string[] = [];
    running = await runningApp(transport, (app) => {
      app.command('/tea', async ({ ack, respond, command }) => {
        await ack();
        urls.push(command.response_url);
        await respond({ text: 'Choose', blocks: [button('swap'), button('gone')] });
      });
      app.action('swap', async ({ ack, respond }) => {
        await ack();
        await respond({ replace_original: true, text: 'Swapped', blocks: [button('gone')] });
      });
      app.action('gone', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    const { sandbox } = running;
    const ana = sandbox.person('ana');
    await ana.slash('/tea', { channel: 'general' });
    const note = await ana.sees('Choose', { in: 'general' });
    await ana.click(note, 'swap');
    await ana.sees('Swapped');
    await expect(ana.click(note, 'swap')).rejects.toThrow('nothing matches');
    await ana.click(note, 'gone');
    await ana.noLongerSees('Swapped');

    const post = async (url: string, body: object) => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
      return [response.status, await response.json()];
    };
    const [first = ''] = urls;
    expect(await post(first, { blocks: [{ type: 'nonsense' }] })).toEqual([
      404,
      { ok: false, error: 'invalid_blocks' },
    ]);
    for (let use = 3; use <= 5; use += 1) expect((await post(first, { text: `use ${use}` }))[0]).toBe(200);
    expect(await post(first, { text: 'six' })).toEqual([404, { ok: false, error: 'used_url' }]);
    await ana.slash('/tea', { channel: 'general' });
    await sandbox.settled();
    await sandbox.clock.step(30 * 60_000 + 1);
    expect(await post(urls[1] ?? '', { text: 'late' })).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  test('a trigger opens one view within three seconds', async () => {
    const triggers: string[] = [];
    running = await runningApp(transport, (app) => {
      app.command('/tea', async ({ ack, body }) => {
        triggers.push(body.trigger_id);
        await ack();
      });
    });
    const { sandbox, app } = running;
    const ana = sandbox.person('ana');
    const view = modal('Late', [button('b')]);
    const open = (id: string | undefined) => app.client.views.open({ trigger_id: String(id), view });
    await ana.slash('/tea', { channel: 'general' });
    await open(triggers[0]);
    expect(await refusal(open(triggers[0]))).toBe('exchanged_trigger_id');
    await ana.closeAll();
    await ana.slash('/tea', { channel: 'general' });
    await sandbox.clock.step(3_001);
    expect(await refusal(open(triggers[1]))).toBe('expired_trigger_id');
    expect(await refusal(open('1.2.3'))).toBe('invalid_trigger_id');
  });
});
