import { createHmac } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createEventHealth } from '../../delivery/event-health.ts';
import { limits } from '../../rules/limits.ts';
import { against, json } from '../support/against.ts';
import { quietWorkspace } from '../support/quiet-workspace.ts';
import type { Received, Reply } from '../support/raw-app.ts';
import { manifest } from '../support/running-app.ts';

describe('events', () => {
  const failing = () => against(() => ({ status: 500 }));

  test('eventRetryDelaysMs, eventRetryHeaders, eventRetryReasons, eventLatestMs: three more times, then never', async () => {
    const { ana, received, sandbox } = await failing();
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    for (const delay of limits.eventRetryDelaysMs.value) {
      await sandbox.clock.step(delay);
      await sandbox.settled();
    }
    const { number, reason } = limits.eventRetryHeaders.value;
    expect(received.map(({ headers }) => headers[number])).toEqual([undefined, '1', '2', '3']);
    for (const { headers } of received.slice(1)) expect(limits.eventRetryReasons.value).toContain(headers[reason]);
    const ids = received.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id);
    expect(new Set(ids).size).toBe(1);
    await sandbox.clock.step(limits.eventLatestMs.value);
    await sandbox.settled();
    expect(received).toHaveLength(4);
  });

  test('eventDelayedMs, eventDelayedForMs: an app that asks for it gets what failed hourly for a day', async () => {
    const { ana, received, sandbox } = await failing();
    sandbox.setDelayedEvents(true);
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    const usual = limits.eventRetryDelaysMs.value;
    const every = limits.eventDelayedMs.value;
    const hours = limits.eventDelayedForMs.value / every;
    for (const delay of [...usual, ...Array.from({ length: hours }, () => every)]) {
      await sandbox.clock.step(delay);
      await sandbox.settled();
    }
    expect(received).toHaveLength(1 + usual.length + hours);
    await sandbox.clock.step(limits.eventDelayedForMs.value);
    await sandbox.settled();
    expect(received).toHaveLength(1 + usual.length + hours);
  });

  test('eventDisableShare, eventDisableExempt: an app that fails nearly all of many events gets no more', async () => {
    // Nobody listens there, so each event fails at once.
    const delivery = { kind: 'http', url: 'http://127.0.0.1:1/' } as const;
    const { sandbox } = await quietWorkspace({ delivery, rateLimits: 'docs' });
    onTestFinished(() => sandbox.close());
    const ana = sandbox.person('ana');
    const say = async (times: number) => {
      for (let count = 0; count < times; count += 1) await ana.say('eng-stability', 'hello');
      await sandbox.settled();
      return sandbox.audit.deliveries('message.channels').filter(({ attempt }) => attempt === 0).length;
    };
    const few = limits.eventDisableExempt.value - 1;
    expect(await say(few)).toBe(few);
    expect(sandbox.audit.brokenRules()).toEqual([]);
    expect(await say(1)).toBe(few + 1);
    expect(await say(5)).toBe(few + 1);
    expect(sandbox.audit.brokenRules().map(({ rule }) => rule)).toEqual(['events_switched_off']);
    sandbox.switchEventsOn();
    expect(await say(1)).toBe(few + 2);
  });

  test.each([
    [5, true],
    [4, false],
  ])('eventDisableShare: where %i of a hundred tries succeed, it is %s that events go on', (successes, goesOn) => {
    const health = createEventHealth();
    for (let event = 0; event < limits.eventDisableExempt.value; event += 1)
      health.count(0, 0, event % 100 < successes);
    expect(health.isOff).toBe(!goesOn);
    expect(limits.eventDisableShare.value).toBe(0.95);
  });

  test('eventNoRetry: the app can ask to be left alone', async () => {
    const { ana, received, sandbox } = await against(() => ({ status: 500, headers: limits.eventNoRetry.value }));
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    await sandbox.clock.step(3_600_000);
    expect(received).toHaveLength(1);
  });

  test.each([
    [limits.eventRedirects.value, 'acked'],
    [limits.eventRedirects.value + 1, 'http_error'],
  ])('eventRedirects: %i of them end as %s', async (redirects, outcome) => {
    const again = { 'x-slack-no-retry': '1' };
    const reply = (_received: Received, count: number, url: string): Reply =>
      count <= redirects ? { status: 307, headers: { ...again, location: url } } : { headers: again };
    const { ana, sandbox } = await against(reply);
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    expect(sandbox.audit.deliveries('message.channels')[0]?.outcome).toBe(outcome);
  });

  test('eventEnvelope, eventAuthorizations, eventOwnPosts: what every event carries', async () => {
    const { client, received, sandbox } = await against(() => ({}));
    await client.chat.postMessage({ channel: 'CENGSTABILITY', text: 'own' });
    await sandbox.settled();
    const event = JSON.parse(received[0]?.body ?? '') as { [key: string]: unknown; authorizations: unknown[] };
    expect(Object.keys(event)).toEqual(expect.arrayContaining([...limits.eventEnvelope.value]));
    expect(event.authorizations).toHaveLength(limits.eventAuthorizations.value);
    expect(Object.keys(event.event as object)).toEqual(expect.arrayContaining([...limits.eventOwnPosts.value]));
  });

  test('eventHandshake: the address is proven by its challenge', async () => {
    const { sandbox, received } = await against(({ body }) => json({ challenge: JSON.parse(body).challenge }));
    expect(await sandbox.verifyUrl()).toBe(true);
    expect(Object.keys(JSON.parse(received[0]?.body ?? ''))).toContain(limits.eventHandshake.value);
  });

  test('eventScopes: each event asks for its own, and no other will do', async () => {
    const wanted = limits.eventScopes.value['message.channels'];
    for (const granted of [wanted, ['reactions:read']]) {
      const oauth_config = { scopes: { bot: [...granted] } };
      const { ana, sandbox } = await against(() => ({}), { manifest: { ...manifest, oauth_config } });
      await ana.say('eng-stability', 'hello');
      await sandbox.settled();
      expect(sandbox.audit.deliveries('message.channels')).toHaveLength(granted === wanted ? 1 : 0);
    }
  });

  test('eventVolume: above it the app hears app_rate_limited once a minute, and nothing else', async () => {
    const { ana, sandbox } = await against(() => ({}));
    expect(limits.eventVolume.value).toBe(30_000);
    sandbox.setEventVolume(3);
    for (let count = 0; count < 6; count += 1) await ana.say('eng-stability', `hello ${count}`);
    await sandbox.clock.step(60_000);
    await ana.say('eng-stability', 'hello again');
    await sandbox.settled();
    const types = sandbox.audit.deliveries().map(({ type }) => type);
    expect(types.filter((type) => type === 'message.channels')).toHaveLength(3);
    const told = sandbox.audit.deliveries('app_rate_limited');
    expect(told).toHaveLength(2);
    expect(told[0]?.payload).toMatchObject({ type: 'app_rate_limited', team_id: 'THARBOUR0' });
    expect(told[0]?.payload.event).toBeUndefined();
  });

  test('people who leave and channels that are put away are told', async () => {
    const settings = { event_subscriptions: { bot_events: ['channel_archive', 'channel_unarchive', 'user_change'] } };
    const { ana, sandbox } = await against(() => ({}), { manifest: { ...manifest, settings } });
    await ana.archiveChannel('random');
    await ana.unarchiveChannel('random');
    await ana.deactivate('ben');
    await sandbox.settled();
    expect(sandbox.audit.deliveries().map(({ type }) => type)).toEqual([
      'channel_archive',
      'channel_unarchive',
      'user_change',
    ]);
    expect(() => sandbox.person('ben')).toThrow('is deactivated');
    await expect(sandbox.person('chloe').deactivate('ana')).rejects.toThrow('is no admin');
    await ana.reactivate('ben');
    expect(sandbox.person('ben').name).toBe('ben');
  });
});

describe('signing', () => {
  test('signatureHeader, signatureTimestampHeader, signatureForm, signatureMaxAgeMs: provable, and of now', async () => {
    const { ana, received, sandbox } = await against(() => ({}));
    await ana.slash('/tea', { channel: 'general' });
    const { headers, body } = received[0] as Received;
    const timestamp = String(headers[limits.signatureTimestampHeader.value]);
    const signed = limits.signatureForm.value.replace('{timestamp}', timestamp).replace('{raw body}', () => body);
    const digest = createHmac('sha256', sandbox.signingSecret).update(signed).digest('hex');
    expect(headers[limits.signatureHeader.value]).toBe(`v0=${digest}`);
    expect(Math.abs(Date.now() - Number(timestamp) * 1000)).toBeLessThan(limits.signatureMaxAgeMs.value);
  });
});
