import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Db, type OpenDatabase, rows } from '../../../src/db/engine/client.ts';
import { rememberGrouping } from '../../../src/db/grouping/groupings.ts';
import {
  findByFingerprint,
  findLikelyRepeats,
  indexReports,
  unindexReports,
} from '../../../src/db/grouping/matching.ts';
import { defects, reports } from '../../../src/db/schema/defects.ts';
import { areas } from '../../../src/db/schema/workspaces.ts';
import { isLikely } from '../../../src/domain/grouping/score.ts';
import { trigramSimilarity, trigrams } from '../../../src/domain/grouping/trigrams.ts';
import { splitWords } from '../../../src/domain/grouping/words.ts';
import { databases } from '../../databases.ts';

import { AT, aDefect, aProgram, aReport, counts, DECIDED, filed, LAUNCH, type Place } from './reports-to-match.ts';

describe.each(databases)('on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let place: Place;
  let nth = 0;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    nth += 1;
    place = await aProgram(db, nth);
  });

  const numbers = async (title: string, description?: string) =>
    (await findLikelyRepeats(db, place.programId, { title, description })).map(({ number }) => number);

  it.each([
    ['deployment', 'checkout pods do not come up, GKE rollout stuck', 1],
    ['deployment', 'deploys blocked: CPU quota exceeded', 3],
    ['billing', 'webhooks from stripe fail with 400, bad signature', 4],
    ['billing', 'customer was charged two times, payment retried', 5],
    ['connectivity', 'Salesforce connector rescheduled again and again', 6 + 1],
    ['connectivity', 'events table in the warehouse lags since schema changes', 8],
    ['launch integration', 'SSO step of launch checklist stays open', 9],
    ['launch integration', 'new tenants do not get their invitation mail', 10],
  ])('a repeat in %s is found by its words: %s', async (_, title, number) => {
    await filed(db, place, LAUNCH);
    expect((await numbers(title))[0]).toBe(number);
  });

  it('a word that the program uses for anything is no reason, and one that a single defect uses often is', async () => {
    const texts = ['Rates', 'Invoices', 'Tenants', 'Dashboards', 'Exports'].map((what) => [`${what} missing`] as const);
    const ids = await filed(db, place, [...texts, ['Handshake of the partner gateway fails']]);
    for (let more = 0; more < 4; more += 1) await aReport(db, place, ids[5] ?? 0, 'Handshake fails again');
    const words = async (title: string) => (await findLikelyRepeats(db, place.programId, { title }))[0]?.words;
    expect(await words('Tenants missing')).toEqual(['tenants']);
    expect(await words('Gateway handshake refused')).toEqual(expect.arrayContaining(['gateway', 'handshake']));
  });

  it('a suggestion says which rare words are the same, as they were typed', async () => {
    await filed(db, place, LAUNCH);
    const [top] = await findLikelyRepeats(db, place.programId, { title: 'webhooks: signature check returns 400' });
    expect(top?.words).toEqual(expect.arrayContaining(['webhooks', 'signature', '400']));
    expect(top).toMatchObject({
      number: 4,
      title: 'Stripe webhook signature check answers 400',
      reportCount: 1,
      lastSeenAt: AT,
    });
    expect(isLikely(top)).toBe(true);
  });

  it('a failure that nobody has reported yet is not called likely', async () => {
    await filed(db, place, LAUNCH);
    const [top] = await findLikelyRepeats(db, place.programId, {
      title: 'Dark mode makes the settings page unreadable',
    });
    expect(isLikely(top)).toBe(false);
  });

  it('a defect scores as its best report, and stands in the list once', async () => {
    const [first = 0] = await filed(db, place, LAUNCH);
    await aReport(db, place, first, 'ImagePullBackOff for registry europe-west4');
    await aReport(db, place, first, 'ImagePullBackOff again');
    expect(await numbers('imagepullbackoff')).toEqual([1]);
    const found = await numbers('image pull back off, registry europe-west4');
    expect(found[0]).toBe(1);
    expect(new Set(found).size).toBe(found.length);
  });

  it('a report that went is not found any more, and leaves the counts as they were', async () => {
    const [first = 0] = await filed(db, place, LAUNCH);
    const before = await counts(db, place.programId);
    const report = await aReport(db, place, first, 'Zebra crossing timeouts', 'zebra zebra');
    expect(await numbers('zebra')).toEqual([1]);
    await unindexReports(db, report.programId, [report.id]);
    expect(await numbers('zebra')).toEqual([]);
    expect(await counts(db, place.programId)).toEqual(before);
  });

  it('a report that moves answers as the defect it moved to', async () => {
    const [first = 0, second = 0] = await filed(db, place, LAUNCH);
    const report = await aReport(db, place, first, 'Zebra crossing timeouts');
    await db.update(reports).set({ defectId: second }).where(eq(reports.id, report.id));
    expect(await numbers('zebra')).toEqual([2]);
  });

  it('a merged defect answers as its target, through any number of merges', async () => {
    const [first = 0, second = 0, third = 0] = await filed(db, place, LAUNCH);
    await db.update(defects).set({ state: 'merged', mergedIntoId: second }).where(eq(defects.id, first));
    await db.update(defects).set({ state: 'merged', mergedIntoId: third }).where(eq(defects.id, second));
    const found = await numbers(LAUNCH[0][0]);
    expect(found[0]).toBe(3);
    expect(found).not.toContain(1);
    expect(found).not.toContain(2);
  });

  it('what a person linked comes first, and what a person told apart never comes', async () => {
    const ids = await filed(db, place, LAUNCH);
    const [rollout = 0, cloudRun = 0, quota = 0] = ids;
    const asked = {
      title: 'GKE rollout stuck, deploys blocked by quota, health check fails',
      excludeDefectId: rollout,
    };
    const free = await findLikelyRepeats(db, place.programId, asked);
    expect(free.map(({ defectId }) => defectId)).toEqual(expect.arrayContaining([cloudRun, quota]));
    await rememberGrouping(db, place.programId, 'cannot_link', quota, rollout, DECIDED);
    await rememberGrouping(db, place.programId, 'must_link', rollout, ids[9] ?? 0, DECIDED);
    const decided = await findLikelyRepeats(db, place.programId, asked);
    expect(decided[0]).toMatchObject({ number: 10, score: 1 });
    expect(decided.map(({ defectId }) => defectId)).not.toContain(quota);
    expect(decided.map(({ defectId }) => defectId)).not.toContain(rollout);
  });

  it('a defect that has been reported hundreds of times still finds what else it could be', async () => {
    const [first = 0] = await filed(db, place, LAUNCH);
    const report = await aReport(db, place, first, 'Salesforce connector stuck');
    const { id: _, ...again } = report;
    const more = Array.from({ length: 500 }, (_, at) => ({ ...again, sourceKey: `again ${at}` }));
    await indexReports(db, await db.insert(reports).values(more).returning());
    const title = 'Salesforce connector stuck';
    const [other] = await findLikelyRepeats(db, place.programId, { title, excludeDefectId: first });
    expect(other?.number).toBe(7);
  });

  it('of two that are equally alike the one in the same area comes first', async () => {
    const [other] = await db
      .insert(areas)
      .values({ programId: place.programId, name: 'other', position: 1 })
      .returning();
    await filed(db, place, [['webhook signature 400']]);
    const elsewhere = { programId: place.programId, areaId: other?.id ?? 0 };
    const twin = await aDefect(db, elsewhere, 2, 'webhook signature 400');
    await aReport(db, elsewhere, twin, 'webhook signature 400');
    const find = (areaId: number) => findLikelyRepeats(db, place.programId, { title: 'signature of webhook', areaId });
    expect((await find(place.areaId)).map(({ number }) => number)).toEqual([1, 2]);
    expect((await find(elsewhere.areaId)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('titles are compared as the similarity() of PostgreSQL compares them', async () => {
    const titles = [...LAUNCH.map(([title]) => title), 'webhook times out', 'webhook timed out', 'two words', ''];
    for (const title of titles) {
      const [row] = await rows<{ same: number }>(
        db,
        sql`select similarity(${title}, 'webhook timed out: GKE rollout')::float8 as same`,
      );
      const ours = trigramSimilarity(
        trigrams(splitWords(title)),
        trigrams(splitWords('webhook timed out: GKE rollout')),
      );
      expect(ours).toBeCloseTo(row?.same ?? Number.NaN, 5);
    }
  });

  it('programs do not see each other', async () => {
    await filed(db, place, LAUNCH);
    nth += 1;
    const other = await aProgram(db, nth);
    expect(await findLikelyRepeats(db, other.programId, { title: LAUNCH[0][0] })).toEqual([]);
  });

  it('reports indexed at once are found as if they had come one by one', async () => {
    const one = await aProgram(db, ++nth);
    await filed(db, place, LAUNCH);
    const inserted = [];
    for (const [at, [title, description]] of LAUNCH.entries()) {
      const defectId = await aDefect(db, one, at + 1, title);
      const [row] = await db
        .insert(reports)
        .values({
          ...one,
          defectId,
          title,
          description,
          severity: 'S2',
          affected: 1,
          supportTickets: 0,
          seenAt: AT,
          filedAt: AT,
          reporterId: 'U1',
          source: 'import',
          sourceKey: String(at),
          weight: 1,
        })
        .returning();
      if (row) inserted.push(row);
    }
    await indexReports(db, inserted);
    expect(await counts(db, one.programId)).toEqual(await counts(db, place.programId));
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['words that say nothing', 'the of and to a in is it'],
    ['emoji', '🔥🔥 💥'],
    ['quotes and semicolons', `'; drop table reports; -- "x" \\' $1 $$ %s`],
    ['operators of full-text search', `a & | ! <-> :* (b) 'c':A`],
    ['wildcards', '%_%*?[]{}'],
    ['right to left with marks', '\u202eשלום\u202c العَرَبِيَّة'],
    ['a script without spaces', '支払いが失敗しました 支付失败'],
    ['half a surrogate', 'webhook \ud83d fails'],
    ['a hundred thousand characters', 'webhook signature '.repeat(5_556)],
    ['one word of a hundred thousand characters', 'x'.repeat(100_000)],
    ['ten thousand different words', Array.from({ length: 10_000 }, (_, at) => `w${at}`).join(' ')],
  ])('hostile text is indexed, looked for and forgotten without harm: %s', async (_, text) => {
    const ids = await filed(db, place, LAUNCH);
    const before = await counts(db, place.programId);
    const defectId = await aDefect(db, place, 99, 'odd');
    const storable = text.toWellFormed();
    const report = await aReport(db, place, defectId, storable.slice(0, 200), storable);
    const found = await findLikelyRepeats(db, place.programId, { title: text, description: text, limit: 20 });
    for (const { score } of found) expect(score).toBeGreaterThanOrEqual(0);
    for (const { score } of found) expect(score).toBeLessThanOrEqual(1);
    await unindexReports(db, report.programId, [report.id]);
    expect(await counts(db, place.programId)).toEqual(before);
    expect((await numbers('stripe webhook signature'))[0]).toBe(4);
    expect(ids).toHaveLength(LAUNCH.length);
  });

  it('a machine report is known by its fingerprint, wherever its defect was merged', async () => {
    const [first = 0, second = 0] = await filed(db, place, LAUNCH);
    await aReport(db, place, first, 'quota', '', 'gcp:quota <n>');
    expect(await findByFingerprint(db, place.programId, 'gcp:quota <n>')).toBe(first);
    expect(await findByFingerprint(db, place.programId, 'gcp:other')).toBeNull();
    await db.update(defects).set({ state: 'merged', mergedIntoId: second }).where(eq(defects.id, first));
    expect(await findByFingerprint(db, place.programId, 'gcp:quota <n>')).toBe(second);
  });
});
