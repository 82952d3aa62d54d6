// @module-tag slow
import { asc, count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mention } from '../../src/blocks/kit/mrkdwn.ts';
import { listAllDefects, listRanked } from '../../src/db/defects/defects.ts';
import type { Db, OpenDatabase } from '../../src/db/engine/client.ts';
import { findLikelyRepeats } from '../../src/db/grouping/matching.ts';
import { enqueuePost } from '../../src/db/messages/outbox.ts';
import { findProgram, type Program } from '../../src/db/programs/programs.ts';
import { insertSchedule } from '../../src/db/programs/schedules.ts';
import { defectEvents, reports } from '../../src/db/schema/defects.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { triages } from '../../src/db/schema/rituals.ts';
import { listSignalSources } from '../../src/db/signals/signal-sources.ts';
import { listTriageItems } from '../../src/db/triage/triages.ts';
import { canTransition, type TransitionKind } from '../../src/domain/defects/lifecycle.ts';
import { heatLevel } from '../../src/domain/defects/rank.ts';
import { identityGaps } from '../../src/domain/digest/burndown.ts';
import { Refusal } from '../../src/domain/errors/refusal.ts';
import { defaultCadences } from '../../src/domain/programs/program-defaults.ts';
import type { DefectState } from '../../src/domain/vocabulary.ts';
import { loadSample } from '../../src/sample/load-sample.ts';
import { burndownWithin } from '../../src/usecases/digest/gather-burndown.ts';
import { gatherDigest } from '../../src/usecases/digest/gather-digest.ts';
import { previewDigest } from '../../src/usecases/digest/post-digest.ts';
import { gatherAgenda } from '../../src/usecases/triage/agenda/gather-agenda.ts';
import { aProgram, DAY_MS, later, MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { burndownOf, type LoggedTransition } from '../domain/digest/burndown-of.ts';

const WEEKS = Array.from({ length: 8 }, (_, i) => {
  const upTo = later(MONDAY, -7 * i * DAY_MS);
  return { after: later(upTo, -7 * DAY_MS), upTo };
});

async function loggedIn(db: Db, program: Program) {
  return db.select().from(defectEvents).where(eq(defectEvents.programId, program.id)).orderBy(asc(defectEvents.id));
}

function transitionsOf(events: Awaited<ReturnType<typeof loggedIn>>): LoggedTransition[] {
  return events.flatMap(({ id, defectId, at, kind, fromState: from, toState: to }) =>
    to ? [{ id, defectId, at, kind: kind as TransitionKind, from, to }] : [],
  );
}

describe.each(databases)('the sample program on $name', ({ name, open }) => {
  let opened: OpenDatabase;
  let db: Db;
  let program: Program;
  let loaded: { defects: number; reports: number };

  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    const empty = await aProgram(db, { createdAt: later(MONDAY, -60_000) });
    await enqueuePost(db, {
      workspaceId: empty.workspaceId,
      programId: empty.id,
      dedupeKey: `greeting:${empty.id}`,
      channel: empty.channelId,
      body: { text: 'Hello', blocks: [] },
      runAt: later(MONDAY, -60 * 60_000),
    });
    const triage = defaultCadences(empty, '2026-11-23').triage;
    await insertSchedule(db, { programId: empty.id, ritual: 'triage', cadence: triage, createdAt: MONDAY });
    loaded = await loadSample(db, empty, { by: 'UANA', now: MONDAY });
    program = (await findProgram(db, empty.workspaceId, empty.id)) ?? empty;
  });

  afterAll(() => opened.close());

  test('is about fifty defects from a few hundred reports, in all four areas', async () => {
    const defects = await listAllDefects(db, program.id);
    const [stored] = await db.select({ count: count() }).from(reports).where(eq(reports.programId, program.id));
    expect(defects).toHaveLength(loaded.defects);
    expect(Number(stored?.count)).toBe(loaded.reports);
    expect(loaded.defects).toBeGreaterThanOrEqual(45);
    expect(loaded.defects).toBeLessThanOrEqual(60);
    expect(loaded.reports).toBeGreaterThanOrEqual(250);
    expect(loaded.reports).toBeLessThanOrEqual(400);
    expect(new Set(defects.map(({ area }) => area)).size).toBe(4);
  });

  test('adds up in each of the eight weeks, and in every week something happened', async () => {
    const log = transitionsOf(await loggedIn(db, program));
    for (const week of WEEKS) {
      const burndown = await burndownWithin(db, program, week);
      expect(identityGaps(burndown)).toEqual([]);
      expect(burndown).toEqual(burndownOf(log, week));
      expect(burndown.lines.new.count).toBeGreaterThan(0);
    }
  });

  test('has a log that only ever goes forward in time and ends before it was loaded', async () => {
    const instants = (await loggedIn(db, program)).map(({ at }) => at.getTime());
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
    expect(instants.at(-1)).toBeLessThan(MONDAY.getTime());
    expect(instants.at(0)).toBeLessThan(MONDAY.getTime() - 54 * DAY_MS);
  });

  test('has defects that stand where a replay of the log puts them, by lawful steps', async () => {
    const states = new Map<number, DefectState>();
    for (const { defectId, kind, from, to } of transitionsOf(await loggedIn(db, program))) {
      expect(states.get(defectId) ?? null).toBe(from);
      expect(canTransition(from, kind)).toBe(true);
      states.set(defectId, to);
    }
    for (const { id, state } of await listAllDefects(db, program.id)) expect(state).toBe(states.get(id));
  });

  test('has numbers and heat that its reports add up to', async () => {
    const all = await db.select().from(reports).where(eq(reports.programId, program.id));
    for (const defect of await listAllDefects(db, program.id)) {
      const own = all.filter(({ defectId }) => defectId === defect.id);
      expect(defect.reportCount).toBe(own.length);
      expect(defect.reporterCount).toBe(new Set(own.map(({ reporterId }) => reporterId)).size);
      expect(defect.affectedTotal).toBe(own.reduce((sum, { affected }) => sum + affected, 0));
      if (own.length > 0) expect(defect.heatLevel).toBeCloseTo(heatLevel(own, program.halfLifeDays), 6);
    }
  });

  test('shows every turn that the life of a defect can take', async () => {
    const kinds = new Set<string>((await loggedIn(db, program)).map(({ kind }) => kind));
    for (const kind of ['accepted', 'claimed', 'proven', 'failed', 'regressed', 'merged', 'risk_accepted', 'dismissed'])
      expect(kinds).toContain(kind);
    for (const kind of ['severity_changed', 'info_asked', 'confirmed', 'deferred']) expect(kinds).toContain(kind);
    const overdue = await listRanked(db, program.id, { kind: 'overdue', todayOn: '2026-11-23' }, { limit: 50 });
    expect(overdue.length).toBeGreaterThan(2);
    const open = await listRanked(db, program.id, { kind: 'all' }, { limit: 100 });
    expect(open.filter(({ dueOn }) => dueOn === '2026-11-25').length).toBeGreaterThan(1);
    expect(open.filter(({ state }) => state === 'claimed').length).toBeGreaterThan(1);
    expect(open.filter(({ askedAt }) => askedAt !== null)).toHaveLength(1);
  });

  test('remembers its past triage threads with what they decided, closed before the next one', async () => {
    const past = await db.select().from(triages).where(eq(triages.programId, program.id)).orderBy(asc(triages.dueAt));
    expect(past).toHaveLength(7);
    expect(past.every(({ closedAt, openedAt }) => closedAt && closedAt > openedAt && closedAt < MONDAY)).toBe(true);
    const items = (await Promise.all(past.map(({ id }) => listTriageItems(db, id)))).flat();
    expect(items.length).toBeGreaterThan(7);
    expect(items.every(({ item }) => item.decision !== null)).toBe(true);
  });

  test('has nobody real in it but whoever loaded it', async () => {
    const defectsOfIt = await listAllDefects(db, program.id);
    const told = await db.select().from(reports).where(eq(reports.programId, program.id));
    const events = await loggedIn(db, program);
    const threads = await db.select().from(triages).where(eq(triages.programId, program.id));
    const named = [
      ...defectsOfIt.map(({ ownerId }) => ownerId),
      ...told.map(({ reporterId }) => reporterId),
      ...events.map(({ actorId }) => actorId),
      ...threads.map(({ facilitatorId }) => facilitatorId),
    ];
    const real = named.filter((id) => id !== null && mention(id).source.startsWith('<@'));
    expect(new Set(real)).toEqual(new Set(['UANA']));
    expect(new Set(defectsOfIt.map(({ ownerId }) => ownerId)).size).toBeGreaterThan(3);
    expect(JSON.stringify(events)).not.toMatch(/"U(BEN|CEM)"/);
  });

  test('says nothing in Slack of what is past, and keeps what was due before', async () => {
    const messages = await db
      .select({ dedupeKey: outbox.dedupeKey })
      .from(outbox)
      .where(eq(outbox.workspaceId, program.workspaceId));
    expect(messages).toEqual([{ dedupeKey: `greeting:${program.id}` }]);
  });

  test('has the webhook that nobody has fixed at the top, then failures that hit many accounts', async () => {
    const top = await listRanked(db, program.id, { kind: 'all' }, { limit: 3 });
    expect(top[0]?.title).toBe('Stripe webhook times out and invoices stay unpaid in our books');
    expect(top.every(({ severity, reportCount }) => severity === 'S1' && reportCount >= 10)).toBe(true);
  });

  test('recognises a repeat of one of its failures in words of its own', async () => {
    const found = await findLikelyRepeats(db, program.id, {
      title: 'Customer card was charged two times for one order',
    });
    expect(found[0]?.title).toBe('Customer charged twice when the checkout is sent again');
  });

  test('fills a digest and an agenda, with the regression right behind what was promised', async () => {
    const digest = await previewDigest(db, program, MONDAY);
    expect(digest.text).toMatch(/Reports: \d+ in the week to \d+ Nov/);
    expect(JSON.stringify(digest.blocks)).toContain('Regressed');
    const agenda = await gatherAgenda(db, { ...program, agendaLimit: 50 }, MONDAY);
    const promised = ['deferred', 'answered', 'carry_over'];
    expect(agenda.items.find(({ reason }) => !promised.includes(reason.kind))?.reason.kind).toBe('regressed');
    const burning = agenda.items.filter(({ reason }) => reason.kind === 'over_budget');
    expect(burning.map(({ defect }) => defect.row.title)).toContain('Fivetran sync stays at "in progress" for hours');
    const tops = agenda.items.slice(0, 10).map(({ defect }) => defect.row.title);
    expect(tops).toContain('Stripe webhook times out and invoices stay unpaid in our books');
  });

  test('shows at once how reliable the areas are, and still does when the clock is moved on by weeks', async () => {
    const { reliability, releases } = await gatherDigest(db, program, MONDAY);
    expect(reliability?.areas.map(({ area, trouble }) => [area, trouble])).toEqual([
      ['billing', null],
      ['connectivity', null],
      ['deployment', null],
    ]);
    expect(reliability?.areas[0]?.budget).toMatchObject({ standing: 'spent' });
    expect(reliability?.areas.every(({ failureWeeks }) => failureWeeks.every(({ share }) => share !== null))).toBe(
      true,
    );
    expect(reliability?.unmeasured).toEqual(['launch integration']);
    expect(releases?.map(({ version }) => version)).not.toContain('2.40.0');
    const fiveWeeksOn = await gatherDigest(db, program, later(MONDAY, 33 * DAY_MS));
    expect(fiveWeeksOn.reliability?.areas.every(({ trouble }) => trouble === null)).toBe(true);
    expect(await listSignalSources(db, program.id)).toEqual([]);
  });

  test('is refused where there are reports already, and then changes nothing', async () => {
    const again = loadSample(db, program, { by: 'UBEN', now: MONDAY });
    await expect(again).rejects.toThrow(Refusal);
    expect(await listAllDefects(db, program.id)).toHaveLength(loaded.defects);
  });

  // A second load on the slower database would show nothing new.
  if (name === 'PostgreSQL')
    test('is the same on a Saturday night on the other side of the world', async () => {
      const alone = await aProgram(db, { timeZone: 'Pacific/Auckland', channelId: 'C0ALONE' });
      const now = new Date('2026-04-11T11:59:30Z');
      const result = await loadSample(db, alone, { by: 'UONE', now });
      expect(result).toEqual(loaded);
      const log = transitionsOf(await loggedIn(db, alone));
      expect(log.filter(({ kind }) => kind === 'regressed')).toHaveLength(1);
      expect(log.filter(({ kind }) => kind === 'failed')).toHaveLength(1);
    });
});
