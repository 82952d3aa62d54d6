import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Db, type OpenDatabase, rows } from '../../src/db/client.ts';
import { rememberGrouping } from '../../src/db/groupings.ts';
import {
  findByFingerprint,
  findLikelyRepeats,
  indexReport,
  indexReports,
  unindexReport,
} from '../../src/db/matching.ts';
import { areas, defects, programs, reports, reportTerms, terms, textTotals, workspaces } from '../../src/db/schema.ts';
import { isLikely } from '../../src/domain/matching/score.ts';
import { trigramSimilarity, trigrams } from '../../src/domain/matching/trigrams.ts';
import { splitWords } from '../../src/domain/matching/words.ts';
import { databases } from '../databases.ts';

const AT = new Date(Date.UTC(2026, 10, 4, 9));
const DECIDED = { by: 'U1', now: AT };

/** A program with an area, in the one workspace of the database. */
async function aProgram(db: Db, nth: number): Promise<{ programId: number; areaId: number }> {
  await db.insert(workspaces).values({ id: 'T1', name: 'T', botUserId: 'U0', createdAt: AT }).onConflictDoNothing();
  const [program] = await db
    .insert(programs)
    .values({
      workspaceId: 'T1',
      name: `Program ${nth}`,
      channelId: `C${nth}`,
      timeZone: 'Europe/Berlin',
      workingDays: [1, 2, 3, 4, 5],
      holidays: [],
      facilitatorIds: [],
      halfLifeDays: 28,
      agendaLimit: 10,
      trancheWeeks: 4,
      isDefault: false,
      createdAt: AT,
    })
    .returning();
  if (!program) throw new Error('no program');
  const [area] = await db.insert(areas).values({ programId: program.id, name: 'billing', position: 0 }).returning();
  if (!area) throw new Error('no area');
  return { programId: program.id, areaId: area.id };
}

type Place = { programId: number; areaId: number };

async function aDefect(db: Db, place: Place, number: number, title: string): Promise<number> {
  const [row] = await db
    .insert(defects)
    .values({
      ...place,
      number,
      title,
      severity: 'S2',
      state: 'new',
      heatLevel: 0,
      reportCount: 1,
      firstSeenAt: AT,
      lastSeenAt: AT,
      createdAt: AT,
    })
    .returning();
  if (!row) throw new Error('no defect');
  return row.id;
}

let nextKey = 1;
async function aReport(db: Db, place: Place, defectId: number, title: string, description = '', fingerprint?: string) {
  const [row] = await db
    .insert(reports)
    .values({
      ...place,
      defectId,
      title,
      description,
      severity: 'S2',
      affected: 1,
      supportTickets: 0,
      seenAt: AT,
      filedAt: AT,
      reporterId: 'U1',
      source: 'slack',
      sourceKey: String(nextKey++),
      fingerprint: fingerprint ?? null,
      weight: 1,
    })
    .returning();
  if (!row) throw new Error('no report');
  await indexReport(db, row);
  return row;
}

/** One defect with one report for each title, numbered from 1. */
async function filed(db: Db, place: Place, texts: readonly (readonly [title: string, description?: string])[]) {
  const ids: number[] = [];
  for (const [nth, [title, description]] of texts.entries()) {
    const id = await aDefect(db, place, nth + 1, title);
    await aReport(db, place, id, title, description);
    ids.push(id);
  }
  return ids;
}

const LAUNCH = [
  ['GKE rollout of checkout stuck at 2 of 5 pods', 'Deployment exceeded its progress deadline, image pull back-off.'],
  ['Cloud Run revision fails its health check after deploy', 'Container failed to start and listen on port 8080.'],
  ['Quota CPUS exceeded in us-central1 blocks deploys', 'googleapi: Error 403, rate limited.'],
  ['Stripe webhook signature check answers 400', 'invoice.paid events are refused since the secret was rotated.'],
  ['Customers charged twice after a retried payment', 'Two charges for one PaymentIntent, no idempotency key.'],
  ['Invoice shows the wrong tax rate for Ireland', 'VAT 20 instead of 23 percent on the PDF.'],
  ['Fivetran connector to Salesforce stuck in rescheduled', 'Sync has not finished for 14 hours.'],
  ['Warehouse tables lag by a day after the schema change', 'Fivetran resync of the events table is slow.'],
  ['Launch checklist does not mark the SSO step as done', 'SAML metadata uploaded, the step stays grey.'],
  ['Invitation mails of new tenants land in spam', 'SPF record of the launch domain is missing.'],
] as const;

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
    await unindexReport(db, report);
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
    await unindexReport(db, report);
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

/** What the index holds of a program, without the words that no report uses any more. */
async function counts(db: Db, programId: number) {
  const [totals] = await db.select().from(textTotals).where(eq(textTotals.programId, programId));
  const words = await db.select().from(terms).where(eq(terms.programId, programId)).orderBy(terms.term);
  const postings = await db
    .select({ titleCount: reportTerms.titleCount })
    .from(reportTerms)
    .innerJoin(terms, eq(terms.id, reportTerms.termId))
    .where(eq(terms.programId, programId));
  return {
    totals: { ...totals, programId: 0 },
    postings: postings.length,
    words: words
      .filter(({ reportCount }) => reportCount > 0)
      .map(({ term, reportCount }) => `${term} ${reportCount}`)
      .toSorted(),
  };
}

describe('both databases', () => {
  let opened: OpenDatabase[] = [];
  beforeAll(async () => {
    opened = await Promise.all(databases.map(({ open }) => open()));
  });
  afterAll(() => Promise.all(opened.map(({ close }) => close())));

  it('give the same suggestions in the same order with the same scores, whatever the reports', async () => {
    const word = fc.constantFrom(
      ...['webhook', 'webhooks', 'signature', 'Stripe', '400', 'sync', 'syncing', 'the', 'rollout', 'GKE', 'timeout'],
      ...['Größe', 'naïve', '支払い', 'شبكة', 'İstanbul', 'ﬁle', 'paymentIntent', "doesn't", '🔥', 'x'],
    );
    const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
    const report = fc.record({ title: text, description: text, defect: fc.nat({ max: 4 }) });
    let nth = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(report, { minLength: 1, maxLength: 12 }),
        text,
        text,
        async (stream, title, description) => {
          nth += 1;
          const answers = [];
          for (const { db } of opened) {
            const place = await aProgram(db, nth);
            const known = new Map<number, number>();
            for (const { title: reported, description: told, defect } of stream) {
              const defectId = known.get(defect) ?? (await aDefect(db, place, defect + 1, reported));
              known.set(defect, defectId);
              await aReport(db, place, defectId, reported, told);
            }
            const found = await findLikelyRepeats(db, place.programId, { title, description });
            answers.push(found.map(({ number, score, words }) => ({ number, score, words })));
          }
          expect(answers[1]).toEqual(answers[0]);
        },
      ),
      { numRuns: 25 },
    );
  });
});
