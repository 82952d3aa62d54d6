// @module-tag slow
import { createHmac } from 'node:crypto';
import { getTableName, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../src/db/engine/client.ts';
import { listAreas, listPrograms } from '../../src/db/programs/programs.ts';
import { listReports } from '../../src/db/reports/reports.ts';
import { EVERY_TABLE } from '../../src/db/schema/every-table.ts';
import { SIGNAL_KINDS } from '../../src/domain/signals/signal.ts';
import { makeLog } from '../../src/log.ts';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { saveRule } from '../../src/usecases/grouping/change-rules.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import { addSignalSource } from '../../src/usecases/signals/change-signal-source.ts';
import { openTriage } from '../../src/usecases/triage/open-triage.ts';
import { aReport, DAY_MS, later, MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { faultsIn } from '../faults-in.ts';
import type { Known } from '../requests/hostile-answers.ts';
import { bodyOf, type HostileRequest, hostileRequests } from '../requests/hostile-requests.ts';
import { type RunningBot, startRunningBot } from '../running-bot.ts';
import { someKeys } from '../some-keys.ts';

/** More of them look further. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 20);
const SEED = Number(process.env.FUZZ_SEED ?? 11);
const CHANNEL = 'eng-stability';
/** Of the process, whatever else the machine is busy with: Slack waits three seconds. */
const MOST_CPU_MS = 3_000;
const ERROR_LEVEL = 50;
/** Written for every request, whatever comes of it. */
const BOOKKEEPING = new Set(['requests', 'outbox', 'open_homes', 'channel_paces', 'people', 'maintenance_days']);
const REFUSED = /"response_action":"errors"|Not possible|too old to be used|There is no D-/;

describe.each(databases)('requests with hostile text and numbers on $name', (database) => {
  let running: RunningBot;
  let known: Known;
  let sender: { userId: string; teamId: string; botId: string; channelId: string };
  let viewId = '';
  const logged: string[] = [];

  beforeAll(async () => {
    const log = makeLog('error', { write: (line: string) => void logged.push(line) });
    running = await startRunningBot({ database, transport: 'http', startAt: MONDAY, log });
    const { sandbox, db } = running;
    const ana = sandbox.user('ana')?.id ?? '';
    const ben = sandbox.user('ben')?.id ?? '';
    await sandbox.person('ana').sees('Report what breaks', { in: `#${CHANNEL}` });
    const [found] = await listPrograms(db, sandbox.team.id);
    if (!found) throw new Error('There is no program.');
    const areaIds = (await listAreas(db, found.id)).map(({ id }) => id);
    const program = { ...found, areaIds };
    const doing = { by: ana, now: MONDAY };
    const filed = (title: string, reporterId: string) =>
      fileReport(db, program, aReport(program, { title, reporterId }));
    const { defect } = await filed('Webhook times out', ana);
    await filed('Webhook times out', ben);
    const reports = await listReports(db, defect.id);
    await filed('Sync stalls', ben);
    for (const title of ['Invoice is blank', 'Login loops', 'Page is slow']) await filed(title, ana);
    const promise = {
      ownerId: ana,
      dueOn: '2026-12-04',
      escape: 'unknown' as const,
      criteria: [{ kind: 'max_reports' as const, limit: 0 }],
    };
    await acceptDefect(db, program, 2, promise, doing);
    const { rule } = await saveRule(db, program, 3, { words: 'invoice', areaId: null, movesPast: true }, doing);
    const due = later(MONDAY, -DAY_MS);
    const { triage } = await db.transaction((tx) =>
      openTriage(tx, program, { dueAt: due, late: false, now: due }, ana),
    );
    let sourceId = 0;
    for (const kind of SIGNAL_KINDS) {
      const wanted = { kind, name: kind, areaId: areaIds[0] ?? 0, severity: 'S3', mapping: '', secret: null };
      sourceId = (await addSignalSource(db, program, wanted, { token: `token-of-${kind}`, keys: someKeys }, doing)).id;
    }
    known = {
      programId: program.id,
      areaId: areaIds[0] ?? 0,
      reportIds: reports.map(({ id }) => id),
      ruleId: rule.id,
      sourceId,
      triageId: triage.id,
      peopleIds: [ana, ben],
    };
    const channelId = sandbox.channel(CHANNEL)?.id ?? '';
    sender = { userId: ana, teamId: sandbox.team.id, botId: sandbox.app.botUserId, channelId };
    expect(await faultsIn(db)).toEqual([]);
  });
  afterAll(() => running.close());

  /** Everything that is stored, in a few letters. */
  async function stored(): Promise<string> {
    const tables = EVERY_TABLE.map(getTableName).filter((name) => !BOOKKEEPING.has(name));
    const hashes = tables.map(
      (name) => sql`(select md5(string_agg(t::text, ',' order by t::text)) from ${sql.identifier(name)} t)`,
    );
    return JSON.stringify(await rows(running.db, sql`select ${sql.join(hashes, sql`, `)}`));
  }

  /** A window that a form may be pushed on, as long as nothing lies on it. */
  async function openWindow(): Promise<void> {
    const { sandbox } = running;
    if (viewId && sandbox.audit.calls().every(({ method }) => method !== 'views.open' && method !== 'views.push'))
      return;
    const { triggerId } = sandbox.handles({ user: sender.userId, channel: sender.channelId });
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Any' }, blocks: [{ type: 'divider' }] };
    const opened = await fetch(`${sandbox.apiUrl}views.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ trigger_id: triggerId, view }),
    });
    viewId = ((await opened.json()) as { view: { id: string } }).view.id;
  }

  async function send(request: HostileRequest): Promise<{ status: number; told: string; cpuMs: number }> {
    const { sandbox, address, bot } = running;
    await openWindow();
    sandbox.audit.clear();
    const { userId: user, channelId: channel } = sender;
    const isInWindow = request.kind === 'interaction' && request.window !== null;
    const handles = sandbox.handles({ user, channel, ...(isInWindow ? { view: viewId } : {}) });
    const { body, isJson } = bodyOf(request, { ...sender, viewId, ...handles });
    const at = String(Math.floor((performance.timeOrigin + performance.now()) / 1_000));
    const before = process.cpuUsage();
    const response = await fetch(`${address}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': at,
        'x-slack-signature': `v0=${createHmac('sha256', sandbox.signingSecret).update(`v0:${at}:${body}`).digest('hex')}`,
      },
      signal: AbortSignal.timeout(60_000),
    });
    const answered = await response.text();
    const { user: used, system } = process.cpuUsage(before);
    await bot.settled(60_000);
    await sandbox.settled();
    const calls = sandbox.audit
      .calls()
      .map(({ method, args, ok, error }) => `${method} ${ok ? '' : error} ${JSON.stringify(args)}`);
    return { status: response.status, told: [answered, ...calls].join('\n'), cpuMs: (used + system) / 1_000 };
  }

  /** What is wrong with what came of it; empty where all is well. */
  async function trouble(request: HostileRequest): Promise<string[]> {
    logged.length = 0;
    const before = await stored();
    const { status, told, cpuMs } = await send(request).catch((error: unknown) => ({
      status: 0,
      told: String(error),
      cpuMs: 0,
    }));
    const isChanged = (await stored()) !== before;
    return [
      ...(status === 200 ? [] : [`answered ${status} ${told.slice(0, 200)}`]),
      ...(cpuMs < MOST_CPU_MS ? [] : [`took ${cpuMs} ms`]),
      ...(told.includes('Something went wrong') ? [`told ${told.slice(0, 300)}`] : []),
      ...logged.filter((line) => JSON.parse(line).level >= ERROR_LEVEL).map((line) => `logged ${line}`),
      ...(isChanged && REFUSED.test(told) ? [`refused, and changed something: ${told.slice(0, 500)}`] : []),
      ...(isChanged ? await faultsIn(running.db) : []),
    ];
  }

  it.each(['commands', 'forms', 'buttons', 'options', 'shortcuts', 'events'])(
    '%s are answered, and leave everything whole',
    async (kind) => {
      const arbitrary = hostileRequests(known)[kind];
      if (!arbitrary) throw new Error(`There is no ${kind}.`);
      const troubles: unknown[] = [];
      for (const request of fc.sample(arbitrary, { seed: SEED, numRuns: RUNS })) {
        const wrong = await trouble(request);
        if (wrong.length > 0) troubles.push({ request: JSON.stringify(request).slice(0, 1_500), wrong });
      }
      expect(troubles).toEqual([]);
    },
  );
});
