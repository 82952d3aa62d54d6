import { sign } from '@octokit/webhooks-methods';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defects, reports } from '../../src/db/schema/defects.ts';
import { signalOccurrences, signalSources } from '../../src/db/schema/signals.ts';
import { areas } from '../../src/db/schema/workspaces.ts';
import { later, MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { EVERY_KIND, FILING, UNKNOWN_EVENTS } from './deliveries.ts';
import { GITHUB_ISSUE } from './payloads.ts';
import { OLD_SECRET, SECRET, type SignalWorld, startSignalWorld, TOKEN } from './signal-world.ts';

const kinds = EVERY_KIND.map(({ kind }) => kind);

describe.each(databases)('a webhook on $name', (database) => {
  let world: SignalWorld;
  const sources = new Map<string, number>();
  let tokens = 0;
  let token = TOKEN;

  beforeAll(async () => {
    world = await startSignalWorld(database);
  });
  afterAll(() => world.close());
  afterEach(() => {
    world.setNow(MONDAY);
    for (const secret of [TOKEN, SECRET, OLD_SECRET, token]) expect(world.log()).not.toContain(secret);
  });

  /** Every test has a source of its own, so that none sees what another sent. */
  async function fresh(kind: (typeof kinds)[number]) {
    tokens += 1;
    token = `token-of-test-number-${tokens}-${'x'.repeat(10)}`;
    const source = await world.source(kind, { token, name: `${kind} ${tokens}` });
    sources.set(token, source.id);
    return source;
  }
  const send: SignalWorld['send'] = (kind, body, over = {}) => world.send(kind, body, { token, ...over });
  const kept = async (sourceId: number) =>
    (await world.deliveries()).filter((delivery) => delivery.sourceId === sourceId);
  const filed = async (name: string) =>
    world.db
      .select()
      .from(reports)
      .innerJoin(defects, eq(defects.id, reports.defectId))
      .innerJoin(areas, eq(areas.id, reports.areaId))
      .where(eq(reports.reporterId, name));

  it.each(FILING)('of $kind files a defect, once however often it is sent', async ({ kind, body, files }) => {
    const source = await fresh(kind);
    const first = await send(kind, body);
    expect(first).toMatchObject({ status: 200, body: '{"received":true}' });
    expect(first.tookMs).toBeLessThan(1_000);
    expect(await kept(source.id)).toMatchObject([{ state: 'waiting', body: JSON.stringify(body) }]);
    expect((await send(kind, body)).status).toBe(200);
    await world.work();
    expect((await send(kind, body)).status).toBe(200);
    await world.work();
    expect(await kept(source.id)).toMatchObject([{ state: 'done', repeats: 2 }]);
    const found = await filed(source.name);
    expect(found.map((row) => ({ ...row.reports, area: row.areas.name }))).toMatchObject([
      { ...files, source: 'signal', occurrences: 1 },
    ]);
    expect(found[0]?.reports.fingerprint).toMatch(new RegExp(`^${kind}:.`));
    // The same failure told in another delivery is the same occurrence still.
    await send(kind, `${JSON.stringify(body)} `, {
      headers: { 'x-github-delivery': 'another', 'request-id': 'another' },
    });
    await world.work();
    expect(await filed(source.name)).toHaveLength(1);
  });

  it.each(UNKNOWN_EVENTS)('of $kind with an event that is not ours is acknowledged and counted', async (unknown) => {
    const source = await fresh(unknown.kind);
    expect((await send(unknown.kind, unknown.body, { headers: unknown.headers ?? {} })).status).toBe(200);
    await world.work();
    expect(await kept(source.id)).toMatchObject([{ state: 'done', became: 'ignored' }]);
    expect(await filed(source.name)).toEqual([]);
  });

  it.each(EVERY_KIND)(
    'of $kind that was tampered with, or signed by a stranger, leaves nothing',
    async ({ kind, body }) => {
      const source = await fresh(kind);
      const raw = JSON.stringify(body);
      const passwords = kind === 'alertmanager' || kind === 'cloud_monitoring';
      if (!passwords) {
        expect((await send(kind, body, { tampered: raw.replace('2026', '2027').replace('1795', '1796') })).status).toBe(
          401,
        );
        expect((await send(kind, body, { tampered: `${raw} ` })).status).toBe(401);
      }
      const wrong = await send(kind, body, { secret: 'guessed' });
      expect(wrong.status).toBe(401);
      expect(wrong.headers.get('www-authenticate')).toBe(passwords ? 'Basic realm="signals"' : null);
      expect(wrong.body).not.toContain('guessed');
      const unsigned = await fetch(`${world.origin}/signals/${kind}/${token}`, { method: 'POST', body: raw });
      expect(unsigned.status).toBe(401);
      expect(await kept(source.id)).toEqual([]);
      await world.settled();
      const [row] = await world.db.select().from(signalSources).where(eq(signalSources.id, source.id));
      expect(row).toMatchObject({ lastRefusal: 'The signature or password does not fit, or is too old.' });
      expect(row?.refusals).toBeGreaterThanOrEqual(2);
    },
  );

  it.each(kinds)('of %s counts with the secret before the last until that has expired', async (kind) => {
    await fresh(kind);
    const body = EVERY_KIND.find((one) => one.kind === kind)?.body;
    expect((await send(kind, body, { secret: OLD_SECRET })).status).toBe(200);
    world.setNow(later(MONDAY, 86_400_000));
    expect((await send(kind, body, { secret: OLD_SECRET })).status).toBe(401);
    expect((await send(kind, body)).status).toBe(200);
  });

  it.each(kinds)('of %s that is too large is refused before it is read whole', async (kind) => {
    const source = await fresh(kind);
    const huge = JSON.stringify({ text: 'x'.repeat(1_100_000) });
    const answer = await send(kind, huge).catch(() => ({ status: 413 }));
    expect(answer.status).toBe(413);
    expect(await kept(source.id)).toEqual([]);
  });

  it.each(kinds)('of %s with a megabyte of nesting, of wrong types or of any script does no harm', async (kind) => {
    const source = await fresh(kind);
    const valid = EVERY_KIND.find((one) => one.kind === kind)?.body as Record<string, unknown>;
    const deep = `${JSON.stringify({ ...valid, id: 'deep' }).slice(0, -1)},"deep":${'['.repeat(400_000)}${']'.repeat(400_000)}}`;
    const refused = await send(kind, deep);
    expect(refused).toMatchObject({ status: 400, body: '{"error":"The body is nested more than 64 deep."}' });
    const nested = JSON.stringify({ ...valid, id: 'deep', deep: JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`) });
    expect((await send(kind, nested)).status).toBe(200);
    const wrong = Object.fromEntries(Object.keys(valid).map((key, i) => [key, [[], {}, 7, null, true, 'x'][i % 6]]));
    expect((await send(kind, wrong)).status).toBe(200);
    const hostile = JSON.stringify(valid, (key, value) =>
      typeof value === 'string' && /title|summary|message|reason|name/.test(key)
        ? `\u202E<!channel> 漢字 👩‍👩‍👧 \u0000 \ud800 ${"'; drop table reports; --"} ${'𝕬'.repeat(400)}`
        : value,
    );
    expect((await send(kind, hostile, { headers: { 'x-github-delivery': 'h', 'request-id': 'h' } })).status).toBe(200);
    await world.work();
    expect((await kept(source.id)).map(({ state }) => state)).toEqual(
      expect.not.arrayContaining(['failed', 'waiting']),
    );
    for (const { reports: report } of await filed(source.name)) {
      expect(report.title.length).toBeLessThanOrEqual(200);
      expect(report.title.isWellFormed()).toBe(true);
    }
  });

  it.each(['[]', '"text"', 'null', '{"a":', '', '\ufeff{}', '{"a":1}x'])(
    'that is %j and no JSON object is refused',
    async (raw) => {
      const source = await fresh('github');
      expect((await send('github', raw)).status).toBe(400);
      expect(await kept(source.id)).toEqual([]);
    },
  );

  it('that is no UTF-8 is refused, since what is kept must be what was signed', async () => {
    const source = await fresh('alertmanager');
    const body = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
    const headers = { authorization: `Bearer ${SECRET}` };
    const response = await fetch(`${world.origin}/signals/alertmanager/${token}`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await kept(source.id)).toEqual([]);
  });

  it('of Stripe that is older than five minutes is a replay, and one of four minutes is not', async () => {
    const source = await fresh('stripe');
    const { body } = FILING.find(({ kind }) => kind === 'stripe') ?? { body: {} };
    expect((await send('stripe', body, { signedAt: later(MONDAY, -6 * 60_000) })).status).toBe(401);
    expect(await kept(source.id)).toEqual([]);
    expect((await send('stripe', body, { signedAt: later(MONDAY, -4 * 60_000) })).status).toBe(200);
  });

  it("of GitHub is let in with the signature of GitHub's own library", async () => {
    await fresh('github');
    const raw = JSON.stringify(GITHUB_ISSUE);
    const headers = { 'x-hub-signature-256': await sign(SECRET, raw), 'x-github-event': 'issues' };
    expect((await send('github', raw, { secret: 'unused', headers })).status).toBe(200);
  });

  it('to a wrong address, kind or method finds nothing', async () => {
    await fresh('github');
    const signed = { status: 404 };
    expect(await send('github', GITHUB_ISSUE, { token: 'some-other-token-of-thirty-letters' })).toMatchObject(signed);
    expect(await send('stripe', GITHUB_ISSUE)).toMatchObject(signed);
    expect(await send('github', GITHUB_ISSUE, { token: `${token}/../../x` })).toMatchObject(signed);
    expect(await send('github', GITHUB_ISSUE, { token: "x' or 1=1 --aaaaaaaaaaaaaaaaaaaaaaaaaaa" })).toMatchObject(
      signed,
    );
  });

  it('of a source that is paused is kept and acknowledged, and nothing comes of it', async () => {
    const source = await fresh('github');
    await world.db.update(signalSources).set({ pausedAt: MONDAY }).where(eq(signalSources.id, source.id));
    expect((await send('github', GITHUB_ISSUE)).status).toBe(200);
    await world.work();
    expect(await kept(source.id)).toMatchObject([
      { became: 'ignored', outcome: 'Nothing to do for a source that is paused.' },
    ]);
    expect(await filed(source.name)).toEqual([]);
  });

  it('is asked for again where it cannot be committed', async () => {
    const source = await fresh('github');
    await world.db.execute(sql`alter table signal_deliveries rename to signal_deliveries_away`);
    const answer = await send('github', GITHUB_ISSUE);
    await world.db.execute(sql`alter table signal_deliveries_away rename to signal_deliveries`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(answer.body).not.toMatch(/signal_deliveries|insert/);
    expect((await send('github', GITHUB_ISSUE)).status).toBe(200);
    expect(await kept(source.id)).toHaveLength(1);
  });

  it('that comes many times at once, among many others, is kept once', async () => {
    const source = await fresh('github');
    const other = await fresh('sentry');
    const codes = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const kind = i % 2 ? 'github' : 'sentry';
        const to = [...sources].find(([, id]) => id === (i % 2 ? source : other).id)?.[0] ?? '';
        const key = `key ${i % 2 ? i % 10 : i}`;
        const headers = { 'x-github-delivery': key, 'request-id': key };
        return (await send(kind, { action: key }, { headers, token: to })).status;
      }),
    );
    expect(new Set(codes)).toEqual(new Set([200]));
    expect((await kept(source.id)).map(({ repeats }) => repeats)).toEqual([5, 5, 5, 5, 5]);
    expect(new Set((await kept(other.id)).map(({ deliveryKey }) => deliveryKey)).size).toBe(30);
  });

  it('whose id holds what the database cannot keep is kept all the same', async () => {
    const source = await fresh('stripe');
    expect((await send('stripe', { id: 'evt_\u0000_1', type: 'charge.failed' })).status).toBe(200);
    expect((await kept(source.id))[0]?.deliveryKey).toBe('evt_ _1');
  });

  it('with a key of any length is kept under one of a length that fits', async () => {
    const source = await fresh('github');
    expect((await send('github', GITHUB_ISSUE, { headers: { 'x-github-delivery': 'x'.repeat(9_000) } })).status).toBe(
      200,
    );
    expect((await kept(source.id))[0]?.deliveryKey).toHaveLength(200);
  });

  it('keeps occurrences and reports in step', async () => {
    const lone = await world.db
      .select({ key: signalOccurrences.key })
      .from(signalOccurrences)
      .leftJoin(reports, eq(reports.id, signalOccurrences.reportId));
    const count = await world.db.select({ id: reports.id }).from(reports);
    expect(lone.length).toBeGreaterThanOrEqual(count.length);
  });
});
