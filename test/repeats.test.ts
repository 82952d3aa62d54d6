import { createHmac } from 'node:crypto';
import { count } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeliveryRecord } from '../sandbox/audit/records.ts';
import { defectEvents, defects, reports } from '../src/db/schema/defects.ts';
import type { inbox } from '../src/db/schema/messages.ts';
import { MONDAY } from './builders.ts';
import { databases } from './databases.ts';
import { type RunningBot, startRunningBot } from './running-bot.ts';

const channel = '#eng-stability';

describe.each(databases)('on $name', (database) => {
  let running: RunningBot;
  afterEach(() => running.close());

  async function start() {
    running = await startRunningBot({ database, transport: 'http', startAt: new Date(MONDAY.getTime() - 86_400_000) });
    const ana = running.sandbox.person('ana');
    await ana.sees('Report what breaks', { in: channel });
    return { ana, ben: running.sandbox.person('ben') };
  }

  /** The same request once more, byte for byte, as Slack signs it. */
  async function sendAgain({ kind, payload }: DeliveryRecord): Promise<{ status: number; text: string }> {
    const isEvent = kind === 'event';
    const fields = kind === 'command' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) };
    const body = isEvent ? JSON.stringify(payload) : new URLSearchParams(fields).toString();
    const at = String(Math.floor(performance.timeOrigin / 1_000 + performance.now() / 1_000));
    const signature = createHmac('sha256', running.sandbox.signingSecret).update(`v0:${at}:${body}`).digest('hex');
    const response = await fetch(`${running.address}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': at,
        'x-slack-signature': `v0=${signature}`,
        ...(isEvent ? { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' } : {}),
      },
    });
    return { status: response.status, text: await response.text() };
  }

  const countOf = async (table: typeof reports | typeof defects | typeof defectEvents | typeof inbox) =>
    (await running.db.select({ n: count() }).from(table))[0]?.n;

  const last = (type: string) => {
    const record = running.sandbox.audit.deliveries(type).at(-1);
    if (!record) throw new Error(`Nothing of type ${type} was delivered.`);
    return record;
  };

  it('an event that Slack sends again is acked and has no second effect', async () => {
    const { ana } = await start();
    await ana.openHome();
    await ana.seesHome('File a defect');
    await running.sandbox.settled();
    const published = running.sandbox.audit.calls('views.publish').length;
    const again = await Promise.all([sendAgain(last('app_home_opened')), sendAgain(last('app_home_opened'))]);
    await running.sandbox.settled();
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect(published).toBeGreaterThan(0);
    expect(running.sandbox.audit.calls('views.publish')).toHaveLength(published);
  });

  it('a form that is sent twice files one report and is answered the same', async () => {
    const { ana } = await start();
    await ana.slash('/defect Webhook answers 400', { channel });
    const form = await ana.modal('Report a defect');
    await ana.fill(form, { area: 'billing', severity: 'S2', affected: '3' });
    await ana.submit(form);
    const first = last('view_submission');
    const [second, third] = await Promise.all([sendAgain(first), sendAgain(first)]);
    expect(JSON.stringify(first.ackBody)).toContain('Filed D-1');
    expect([JSON.parse(second.text), JSON.parse(third.text)]).toEqual([first.ackBody, first.ackBody]);
    expect([await countOf(defects), await countOf(reports)]).toEqual([1, 1]);
  });

  it('a decision that is sent twice is made once', async () => {
    const { ana, ben } = await start();
    await ana.slash('/defect Webhook answers 400', { channel });
    const form = await ana.modal('Report a defect');
    await ana.fill(form, { area: 'billing', severity: 'S2', affected: '3' });
    await ana.submit(form);
    await ana.closeAll();
    await running.pass(MONDAY);
    const item = await ben.sees((message) => message.threadTs !== undefined && message.text.startsWith('D-1 '), {
      in: channel,
    });
    await ben.click(item, 'defer');
    const reason = await ben.modal('Defer');
    await ben.fill(reason, { reason: 'Support looks into it' });
    await ben.submit(reason);
    const before = await countOf(defectEvents);
    const again = await Promise.all([sendAgain(last('view_submission')), sendAgain(last('view_submission'))]);
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect(await countOf(defectEvents)).toBe(before);
  });
});
