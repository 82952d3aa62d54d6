import { count, getTableName, type SQL, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Db, rows } from '../../../../src/db/engine/client.ts';
import { oldestOf } from '../../../../src/db/programs/retention.ts';
import { EVERY_TABLE } from '../../../../src/db/schema/every-table.ts';
import { outbox, requests } from '../../../../src/db/schema/messages.ts';
import { workspaces } from '../../../../src/db/schema/workspaces.ts';
import { RETENTION } from '../../../../src/domain/programs/retention.ts';
import { runDailyMaintenance } from '../../../../src/usecases/programs/upkeep/daily-maintenance.ts';
import { dropOld } from '../../../../src/usecases/programs/upkeep/drop-old.ts';
import { databases } from '../../../databases.ts';

const now = new Date('2026-11-23T04:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

async function planOf(db: Db, query: SQL): Promise<string> {
  const plan = await rows<Record<string, string>>(db, sql`explain ${query}`);
  return plan.map((row) => Object.values(row)[0]).join('\n');
}

/** The program's own memory, kept for ever: it grows with what people do, and proofs and digests rest on it. */
const KEPT_FOR_EVER = [
  'workspaces',
  'people',
  'programs',
  'areas',
  'defects',
  'reports',
  'defect_events',
  'criteria',
  'groupings',
  'grouping_rules',
  'schedules',
  'triages',
  'triage_items',
  'decision_batches',
  'snoozes',
  'tranches',
  'tranche_defects',
  'installations',
  'text_totals',
  'terms',
  'report_terms',
  'signal_sources',
  'signal_occurrences',
  'releases',
  'trackers',
  'tracker_people',
  'tickets',
  'pull_requests',
  'area_metrics',
  'samples',
  'quarter_reports',
  'offices',
  'office_members',
];

it('every table that grows has a rule, or is the memory of the program', () => {
  const ruled = [
    'requests',
    'maintenance_days',
    'outbox',
    'channel_paces',
    'nudges',
    'live_messages',
    'open_homes',
    'occurrences',
    'signal_deliveries',
    'metric_readings',
    'metric_pushes',
    'firing_counts',
    'signal_ends',
    'signal_left_out',
    'signal_runs',
    'known_weeks',
    'audit_entries',
  ];
  const all = EVERY_TABLE.map((table) => getTableName(table));
  expect([...ruled, ...KEPT_FOR_EVER].sort()).toEqual(all.sort());
});

describe.each(databases)('on $name', ({ open }) => {
  let db: Db;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ db, close } = await open());
    await db.insert(workspaces).values({ id: 'T1', name: 'Harbour', botUserId: 'U0', createdAt: daysAgo(900) });
  });
  afterEach(() => close());

  type Row = Partial<typeof outbox.$inferInsert> & { dedupeKey: string; createdAt: Date };
  const message = (row: Row): typeof outbox.$inferInsert => ({
    workspaceId: 'T1',
    kind: 'post',
    channel: 'C1',
    body: { text: 'x', blocks: [] },
    state: 'sent',
    runAt: row.createdAt,
    ...row,
  });
  const keys = async () => (await db.select({ key: outbox.dedupeKey }).from(outbox)).map(({ key }) => key).sort();

  it('drops what is older than its rule and nothing that waits or is waited for', async () => {
    await db.insert(outbox).values([
      message({ dedupeKey: 'post, old', createdAt: daysAgo(401) }),
      message({ dedupeKey: 'post, young', createdAt: daysAgo(399) }),
      message({ dedupeKey: 'post, old, with a reply that waits', createdAt: daysAgo(500) }),
      message({
        dedupeKey: 'reply',
        parentKey: 'post, old, with a reply that waits',
        state: 'due',
        createdAt: daysAgo(499),
      }),
      message({ dedupeKey: 'edit, old', kind: 'update', targetKey: 'post, young', createdAt: daysAgo(31) }),
      message({ dedupeKey: 'edit, young', kind: 'update', targetKey: 'post, young', createdAt: daysAgo(29) }),
      message({ dedupeKey: 'dead, old', state: 'dead', createdAt: daysAgo(181) }),
      message({ dedupeKey: 'dead, young', state: 'dead', createdAt: daysAgo(179) }),
      message({ dedupeKey: 'due, very old', state: 'due', createdAt: daysAgo(800) }),
    ]);
    expect(await dropOld(db, now)).toEqual({ edits: 1, 'sent posts': 1, 'dead messages': 1 });
    expect(await keys()).toEqual([
      'dead, young',
      'due, very old',
      'edit, young',
      'post, old, with a reply that waits',
      'post, young',
      'reply',
    ]);
  });

  it('drops more than one batch', async () => {
    await db.execute(sql`insert into requests (workspace_id, key, state, received_at)
      select 'T1', 'Ev' || n, 'closed', ${daysAgo(15).toISOString()}::timestamptz from generate_series(1, 1201) n`);
    await db.insert(requests).values([
      { workspaceId: 'T1', key: 'young', state: 'closed', receivedAt: daysAgo(1) },
      { workspaceId: 'T1', key: 'not done yet', state: 'recorded', body: '{}', receivedAt: daysAgo(15) },
    ]);
    expect(await dropOld(db, now)).toEqual({ requests: 1_201 });
    expect((await db.select({ n: count() }).from(requests))[0]?.n).toBe(2);
  });

  it('maintenance runs once a day, whoever asks how often', async () => {
    const backups: string[] = [];
    const backUp = async (on: string) => backups.push(on);
    const asked = await Promise.all([runDailyMaintenance(db, now, backUp), runDailyMaintenance(db, now, backUp)]);
    expect(asked.filter((done) => done !== null)).toHaveLength(1);
    expect(await runDailyMaintenance(db, daysAgo(-0.5), backUp)).toBeNull();
    expect(await runDailyMaintenance(db, new Date('2026-11-24T02:59:00Z'), backUp)).toBeNull();
    expect(await runDailyMaintenance(db, new Date('2026-11-24T03:00:00Z'), backUp)).toEqual({});
    expect(backups).toEqual(['2026-11-23', '2026-11-24']);
  });

  it('tries again at the next tick when the backup failed', async () => {
    await expect(runDailyMaintenance(db, now, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    expect(await runDailyMaintenance(db, now)).toEqual({});
  });

  it('finds everything old by an index', async () => {
    const at = now.toISOString();
    await db.execute(sql`insert into outbox (workspace_id, dedupe_key, kind, channel, body, state, run_at, created_at)
      select 'T1', 'k' || n, 'post', 'C1', '{}', 'sent', ${at}::timestamptz,
        ${at}::timestamptz - n * interval '1 minute' from generate_series(1, 20000) n`);
    await db.execute(sql`insert into requests (workspace_id, key, state, received_at)
      select 'T1', 'Ev' || n, 'closed', ${at}::timestamptz - n * interval '1 minute'
        from generate_series(1, 20000) n`);
    await db.execute(sql`analyze`);
    await db.transaction(async (transaction) => {
      const tx = transaction as unknown as Db;
      // The other tables are empty here, and nobody would use an index on them.
      await tx.execute(sql`set local enable_seqscan = off`);
      await tx.execute(sql`set local enable_sort = off`);
      for (const { what } of RETENTION)
        expect(await planOf(tx, oldestOf(what, daysAgo(400), 500))).toMatch(
          /Index Scan using (outbox_settled|outbox_dead|requests_received|maintenance_days_started|channel_paces_next|nudges_sent|live_messages_sent|open_homes_opened|occurrences_due|signal_ends_kept|signal_left_out_last|signal_runs_started|\w+_ended)/,
        );
    });
  });
});
