import { like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reports } from '../../../src/db/schema/defects.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

const THURSDAY = new Date('2026-11-19T10:00:00Z');
const HOUR_MS = 3_600_000;
const channel = '#eng-stability';
const embedded = databases.filter(({ name }) => name.includes('embedded'));

describe.each(embedded)('a message that is reported on $name', (database) => {
  let running: RunningBot;
  beforeAll(async () => {
    running = await startRunningBot({ database, transport: 'socket', startAt: THURSDAY });
  });
  afterAll(() => running.close());

  it('was seen when it was written, and is answered in its thread with its key', async () => {
    const { sandbox, db, pass } = running;
    const [ana, ben, chloe] = [sandbox.person('ana'), sandbox.person('ben'), sandbox.person('chloe')];
    const message = await ben.say(channel, '@ana the *sync* is stuck https://logs.example/1');
    await pass(5 * HOUR_MS);
    await ana.messageShortcut(message, 'report_message');
    const form = await ana.modal('Report a defect');
    const blocks = JSON.stringify(form.blocks);
    expect(blocks).toContain(`"initial_date_time":${THURSDAY.getTime() / 1000}`);
    expect(blocks).toMatch(/"initial_value":"@Ana [^<>*]* the sync is stuck"/);
    expect(blocks).toMatch(/@Ana [^<>]* the \*sync\* is stuck https:\/\/logs.example\/1/);
    await ana.fill(form, { area: 'billing' });
    await ana.submit(form);
    await ana.modal('Filed D-1');
    await ana.closeAll();
    expect(await db.select().from(reports)).toMatchObject([{ seenAt: THURSDAY }]);
    const reply = await ben.sees('Reported as D-1', { in: channel });
    expect(reply.threadTs).toBe(message.ts);

    await chloe.messageShortcut(message, 'report_message');
    const known = JSON.stringify((await chloe.modal('Known as D-1')).blocks);
    expect(known).toContain('has reported this message already');
    expect(known).toContain('It waits for triage.');
    await chloe.closeAll();
    expect(await db.select().from(reports)).toHaveLength(1);
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });

  it('that two people have open at once becomes one report', async () => {
    const { sandbox, db } = running;
    const [ana, ben] = [sandbox.person('ana'), sandbox.person('ben')];
    const message = await ben.say(channel, 'Invoices go out twice');
    const forms = [];
    for (const who of [ana, ben]) {
      await who.messageShortcut(message, 'report_message');
      forms.push({ who, form: await who.modal('Report a defect') });
    }
    for (const { who, form } of forms) {
      await who.fill(form, { area: 'billing' });
      await who.submit(form);
      await who.modal('D-2');
      await who.closeAll();
    }
    expect(await db.select().from(reports)).toHaveLength(2);
    await ana.sees('Reported as D-2', { in: channel });
    const answers = await db.select().from(outbox).where(like(outbox.dedupeKey, 'reported:%'));
    expect(answers).toHaveLength(2);
  });
});
