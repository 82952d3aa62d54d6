import type { WebAPICallResult } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import type { SavedState } from '../../state/saved-state.ts';
import type { SavedWorkspace } from '../../state/saved-workspace.ts';
import { type Quiet, quietWorkspace, refusal } from '../support/quiet-workspace.ts';

const STABILITY = 'CENGSTABILITY';

let quiet: Quiet;

beforeEach(async () => {
  quiet = await quietWorkspace();
});
afterEach(() => quiet.sandbox.close());

type Scheduled = WebAPICallResult & { scheduled_message_id?: string };

const at = (ms: number) => Math.floor((quiet.sandbox.clock.now() + ms) / 1000);
const schedule = (ms: number, args: object = {}): Promise<Scheduled> =>
  quiet.client.apiCall('chat.scheduleMessage', { channel: STABILITY, text: 's', post_at: at(ms), ...args });

test('scheduleHorizonMs, schedulePast: neither too far nor behind', async () => {
  expect((await schedule(limits.scheduleHorizonMs.value)).ok).toBe(true);
  expect(await refusal(schedule(limits.scheduleHorizonMs.value + 1000))).toBe('time_too_far');
  expect(await refusal(schedule(-1000))).toBe(limits.schedulePast.value);
});

test('scheduleDensity, scheduleWindowMs: so many in one window, and the next window is free', async () => {
  for (let count = 0; count < limits.scheduleDensity.value; count += 1) await schedule(600_000);
  expect(await refusal(schedule(600_000))).toBe('restricted_too_many');
  expect((await schedule(600_000 + limits.scheduleWindowMs.value)).ok).toBe(true);
});

test('scheduleOwner: what a person left for later comes in their name, and the app neither sees nor stops it', async () => {
  const ana = quiet.sandbox.person('ana');
  await ana.schedule('eng-stability', 'Later, from ana', new Date(at(600_000) * 1000));
  await schedule(600_000);
  const { scheduled_messages: own = [] } = await quiet.client.chat.scheduledMessages.list();
  expect(own.map(({ text }) => text)).toEqual(limits.scheduleOwner.value ? ['s'] : ['Later, from ana', 's']);
  const [{ scheduled }] = (quiet.sandbox.save() as SavedState).workspaces as [SavedWorkspace];
  const [id = ''] = scheduled.filter(({ by }) => by === ana.id).map((entry) => entry.id);
  const remove = quiet.client.chat.deleteScheduledMessage({ channel: STABILITY, scheduled_message_id: id });
  expect(await refusal(remove)).toBe(limits.scheduleDeleteLate.value);
  await quiet.sandbox.load(quiet.sandbox.save());
  await quiet.sandbox.clock.step(600_000);
  expect((await ana.sees('Later, from ana', { in: 'eng-stability' })).user).toBe(ana.id);
  const yesterday = new Date(quiet.sandbox.clock.now() - 86_400_000);
  await expect(ana.schedule('eng-stability', 'x', yesterday)).rejects.toThrow('nobody can schedule');
});

test('scheduleMetadataLost: one with metadata never comes', async () => {
  await schedule(60_000, { metadata: { event_type: 'x', event_payload: {} } });
  await quiet.sandbox.clock.step(120_000);
  expect(quiet.sandbox.person('ana').messages('eng-stability').length > 0).toBe(!limits.scheduleMetadataLost.value);
  expect(quiet.sandbox.audit.brokenRules().map(({ rule }) => rule)).toEqual(['scheduled_message_lost']);
});

test('scheduleDeleteMarginMs, scheduleDeleteLate: too late is too late', async () => {
  const remove = ({ scheduled_message_id: id }: Scheduled) =>
    quiet.client.chat.deleteScheduledMessage({ channel: STABILITY, scheduled_message_id: String(id) });
  const margin = limits.scheduleDeleteMarginMs.value;
  expect((await remove(await schedule(margin + 2000))).ok).toBe(true);
  expect(await refusal(remove(await schedule(margin - 2000)))).toBe(limits.scheduleDeleteLate.value);
});
