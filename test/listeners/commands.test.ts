import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listRanked } from '../../src/db/defects/defects.ts';
import { findDefaultProgram, updateProgram } from '../../src/db/programs/programs.ts';
import { countReports } from '../../src/db/reports/reports.ts';
import { databases } from '../databases.ts';
import { fileDefect } from '../file-defect.ts';
import { type RunningBot, startRunningBot } from '../running-bot.ts';

const channel = '#eng-stability';

/** Each is a thing that somebody, some day, will type or paste. */
const HOSTILE = [
  '<!channel> everything is down',
  '<!here>',
  '<@UBEN00000> did it',
  '`/defect list` *bold* _it_ ~no~ ```code```',
  '"><img src=x onerror=alert(1)>',
  "'; drop table defects; --",
  '$' + '{process.env.SLACK_BOT_TOKEN}',
  '\u202Egnp.exe\u202C right to left',
  '🔥'.repeat(120),
  'x'.repeat(6000),
  'ＦＵＬＬＷＩＤＴＨ and Ⅷ and ﷽',
  'a\u0000b',
  'show 0',
  'show -1',
  'show 99999999999999999999',
  'show 1e3',
  'show 4242',
  'why 4242',
  'claim 4242',
  'accept NaN',
  'merge 1 into 1',
  'merge 4242 into 1',
  'assign 1 everyone',
  'list __proto__',
  'list <script>',
  'list '.repeat(400),
  'search',
  'search %_\\ & | ! () :* <->',
  'undo 1',
  'split 1',
  'snooze 4242',
  'triage soon',
  'digest please',
  'hepl',
  'toString',
];

describe('/defect, whatever is typed', () => {
  let running: RunningBot;
  beforeAll(async () => {
    const database = databases[1];
    if (!database) throw new Error('no PostgreSQL to test on');
    running = await startRunningBot({ database, transport: 'http', startAt: new Date('2026-11-19T10:00:00Z') });
    await fileDefect(running.sandbox.person('ana'), 'Stripe webhook answers 400');
  });
  afterAll(() => running.close());
  afterEach(async () => {
    const ana = running.sandbox.person('ana');
    if (ana.currentModal()) await ana.closeAll();
  });

  /** Runs a command and gives what Ana then sees: a form, or words for her alone. */
  async function answerTo(text: string): Promise<string> {
    const ana = running.sandbox.person('ana');
    const known = new Set(ana.messages(channel).map(({ ts }) => ts));
    await ana.slash(`/defect ${text}`, { channel });
    const form = ana.modal().then(({ blocks }) => JSON.stringify(blocks));
    const sentence = ana.sees(({ ts }) => !known.has(ts), { in: channel }).then((message) => message.text);
    return Promise.race([form, sentence]);
  }

  it.each(HOSTILE.map((text) => [text.length > 60 ? `${text.slice(0, 57)}…` : text, text]))(
    '%j is answered with a form or a sentence, and changes nothing',
    async (_, text) => {
      const { sandbox, db } = running;
      const said = await answerTo(text);
      expect(said.length).toBeGreaterThan(10);
      expect(said).not.toMatch(/undefined|NaN|\[object|Something went wrong/);
      const program = await findDefaultProgram(db, 'THARBOUR0');
      if (!program) throw new Error('no program');
      expect(await countReports(db, program.id)).toBe(1);
      expect(await listRanked(db, program.id, { kind: 'all' }, { limit: 10 })).toHaveLength(1);
      for (const message of sandbox.person('ana').messages(channel)) {
        if (message.user !== 'UBURNDOWN' || !message.ephemeralTo) continue;
        expect(sandbox.audit.notifications({ channel: message.channel, ts: message.ts })).toEqual([]);
      }
    },
  );

  it('breaks no rule of Slack on the way', () => {
    expect(running.sandbox.audit.brokenRules()).toEqual([]);
    expect(running.sandbox.audit.textless()).toEqual([]);
  });

  it('words that are no command become the title of the form, as they were typed', async () => {
    expect(await answerTo('Checkout & cart: totals <wrong> by 1')).toContain('Checkout & cart: totals <wrong> by 1');
  });

  it('a message becomes a report with its text, its link and its author', async () => {
    const { sandbox } = running;
    const ben = sandbox.person('ben');
    const ana = sandbox.person('ana');
    const message = await ben.say(channel, 'Invoices of yesterday are missing\nSaw it for Acme and Globex');
    await ana.messageShortcut(message, 'report_message');
    const form = JSON.stringify((await ana.modal('Report a defect')).blocks);
    expect(form).toContain('"initial_value":"Invoices of yesterday are missing"');
    expect(form).toContain('Saw it for Acme and Globex');
    expect(form).toMatch(/Written by Ben/);
    expect(form).toMatch(/"initial_value":"http[^"]*p\d{16}/);
  });

  it('the global shortcut opens the form anywhere', async () => {
    const ana = running.sandbox.person('ana');
    await ana.globalShortcut('file_defect_anywhere');
    await ana.modal('Report a defect');
  });

  it('charts come in the direct messages, once there is enough to draw', async () => {
    const { sandbox, db } = running;
    expect(await answerTo('charts')).toContain('too little to draw yet');
    const program = await findDefaultProgram(db, 'THARBOUR0');
    await updateProgram(db, program?.id ?? 0, { createdAt: new Date('2026-10-01T10:00:00Z') });
    expect(await answerTo('charts')).toContain('on their way to your direct messages');
    const sent = await sandbox.person('ana').sees('charts of 19 Nov', { in: 'burndown' });
    expect(sent.text).toContain('Open defects at the end of 7 weeks, 8 Oct to 19 Nov: 0, 0, 0, 0, 0, 0, 1.');
    expect(sent.blocks?.length).toBe(3);
  });

  it('export sends a CSV of all defects as a file', async () => {
    const { sandbox } = running;
    const ana = sandbox.person('ana');
    await ana.slash('/defect export', { channel });
    await ana.sees('are in CSV files', { in: channel });
    const [id] = ana.messages('burndown').flatMap(({ files }) => files ?? []);
    const file = sandbox.file(id ?? '');
    expect(new TextDecoder().decode(file?.bytes)).toMatch(
      /^key,title,.*\r\nD-1,Stripe webhook answers 400,billing,S3,new,/,
    );
    const [, second] = ana.messages('burndown').flatMap(({ files }) => files ?? []);
    expect(new TextDecoder().decode(sandbox.file(second ?? '')?.bytes)).toMatch(/^key,seen_at,.*reporter_name,/);
  });
});
