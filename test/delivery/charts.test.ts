import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chartPlace, chartSlots, withCharts } from '../../src/blocks/digest/chart-slots.ts';
import { mrkdwn } from '../../src/blocks/kit/mrkdwn.ts';
import { message, section } from '../../src/blocks/kit/parts.ts';
import type { Db, OpenDatabase } from '../../src/db/engine/client.ts';
import { outboxStats } from '../../src/db/messages/dead-letters.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { workspaces } from '../../src/db/schema/workspaces.ts';
import type { ChartRenderer } from '../../src/delivery/chart-pictures.ts';
import type { Delivery } from '../../src/delivery/deliver-message.ts';
import type { Chart, ChartStyle } from '../../src/domain/digest/charts.ts';
import { databases } from '../databases.ts';
import { deliver } from './deliver-once.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAAICAQB7CYF4AAAAAElFTkSuQmCC',
  'base64',
);
const WORDS = 'Open defects at the end of 3 weeks, 6 Nov to 20 Nov: 5, 6, 4.';

const burndown: Chart = {
  kind: 'burndown',
  weeks: ['2026-11-06', '2026-11-13', '2026-11-20'].map((endsOn, i) => ({
    endsOn,
    toDo: [5, 5, 4][i] ?? 0,
    claimed: i === 1 ? 1 : 0,
    proven: i === 2 ? 2 : 0,
  })),
};
const survival: Chart = { kind: 'survival', fixes: 5, broken: 0, lastDay: 40, steps: [], holding: [40] };

/** A message with its charts, as a use case enqueues it. */
function aDigest(style: ChartStyle, charts: readonly Chart[] = [burndown]) {
  const slots = chartSlots(charts, style);
  const places = charts.flatMap(({ kind }) => chartPlace(slots, kind));
  return withCharts(message('The digest', [section(mrkdwn`The digest`), ...places]), slots);
}

describe('charts', () => {
  let database: OpenDatabase;
  let db: Db;
  let world: SlackWorld;
  let drawn: Chart[];
  const [embedded] = databases;
  beforeAll(async () => {
    if (!embedded) throw new Error('no database');
    database = await embedded.open();
    db = database.db;
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await db.delete(outbox);
    world = await openSlackWorld(db);
    drawn = [];
  });
  afterEach(() => world.sandbox.close());

  const aChartRenderer = (over: Partial<ChartRenderer> = {}): NonNullable<Delivery['chartRenderer']> => ({
    draw: async (chart) => {
      drawn.push(chart);
      return PIXEL;
    },
    wait: async () => {},
    deadline: () => new Promise(() => {}),
    kept: new Map(),
    ...over,
  });
  const post = (style: ChartStyle, charts?: readonly Chart[]) =>
    world.post('The digest', { body: aDigest(style, charts) });
  const deliverAll = async (chartRenderer = aChartRenderer(), over: Partial<Delivery> = {}) => {
    const delivery = world.delivery({ chartRenderer, ...over });
    while ((await deliver(delivery)) > 0);
  };
  const posted = () => {
    const ana = world.sandbox.user('ana')?.id ?? '';
    return world.sandbox.messages(ana, world.channel).messages;
  };
  const blocks = () => posted().map(({ blocks: all }) => all?.slice(1).map(({ type, ...rest }) => ({ type, ...rest })));
  const calls = (method: string) => world.sandbox.audit.calls(method).length;
  const stats = () => outboxStats(db, new Date(world.sandbox.clock.now()));
  const inWords = [expect.objectContaining({ type: 'context', block_id: 'chart_burndown' })];
  const asPicture = expect.objectContaining({
    type: 'image',
    block_id: 'chart_burndown',
    alt_text: expect.stringContaining(WORDS),
  });

  it('stand in the same message as pictures, with every figure in their alternative text', async () => {
    await post('pictures');
    await deliverAll();
    expect(blocks()).toEqual([[asPicture]]);
    const [image] = blocks()[0] ?? [];
    const file = world.sandbox.file((image as unknown as { slack_file: { id: string } }).slack_file.id);
    expect(file).toMatchObject({ name: 'burndown.png', mimetype: 'image/png' });
    expect(Buffer.from(file?.bytes ?? []).equals(PIXEL)).toBe(true);
    expect(drawn).toEqual([burndown]);
    expect(posted()[0]?.files).toEqual([]);
    expect(world.sandbox.audit.imagesWithoutAlt()).toEqual([]);
    expect(world.sandbox.audit.brokenRules()).toEqual([]);
  });

  it('are awaited while Slack looks at the upload', async () => {
    world.sandbox.setFileProcessing(1_000);
    await post('pictures');
    await deliverAll(aChartRenderer({ wait: async (ms) => world.sandbox.clock.step(ms) }));
    expect(blocks()).toEqual([[asPicture]]);
    expect(calls('files.info')).toBe(4);
    expect(calls('chat.postMessage')).toBe(1);
  });

  it('are said in words when Slack never ends looking at the upload', async () => {
    world.sandbox.setFileProcessing(3_600_000);
    await post('pictures');
    await deliverAll();
    expect(blocks()).toEqual([inWords]);
    expect(posted()[0]?.text).toBe('The digest');
    expect(JSON.stringify(blocks())).toContain(WORDS);
    expect(calls('files.info')).toBeLessThan(10);
  });

  it.each([
    ['files.getUploadURLExternal', 'fail'],
    ['files.getUploadURLExternal', 'hang'],
    ['files.completeUploadExternal', 'server_error'],
    ['files.completeUploadExternal', 'drop_answer'],
    ['files.info', 'rate_limit'],
    ['files.info', 'hang'],
  ] as const)('are said in words when %s ends in %s', async (method, kind) => {
    world.sandbox.faults.add({ method, kind, error: 'missing_scope', retryAfter: 60 });
    await post('pictures');
    await deliverAll(aChartRenderer(), { clientOf: async () => world.clientWithTimeout(100) });
    expect(blocks()).toEqual([inWords]);
    expect(await stats()).toMatchObject({ due: 0, ambiguous: 0, dead: 0 });
  });

  it('are said in words when they cannot be drawn, or not in time', async () => {
    await post('pictures');
    await deliverAll(aChartRenderer({ draw: () => Promise.reject(new Error('no canvas')) }));
    await world.post('Another digest', { body: aDigest('pictures') });
    await deliverAll(aChartRenderer({ draw: () => new Promise(() => {}), deadline: async () => {} }));
    expect(blocks()).toEqual([inWords, inWords]);
  });

  it('fail one by one: the others are shown', async () => {
    await post('pictures', [burndown, survival]);
    const draw = async ({ kind }: Chart) => (kind === 'survival' ? Promise.reject(new Error('no')) : PIXEL);
    await deliverAll(aChartRenderer({ draw }));
    expect(blocks()).toEqual([[asPicture, expect.objectContaining({ type: 'context', block_id: 'chart_survival' })]]);
  });

  it('do not make a digest come twice when the answer to the post is lost, nor are they drawn again', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 1 });
    await post('pictures');
    const chartRenderer = aChartRenderer();
    await deliverAll(chartRenderer);
    await world.letTimePass();
    await deliverAll(chartRenderer);
    expect(blocks()).toEqual([[asPicture]]);
    expect(drawn).toHaveLength(1);
    expect(await stats()).toMatchObject({ due: 0, ambiguous: 0, dead: 0 });
  });

  it('are uploaded once however often the post is held up', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'rate_limit', retryAfter: 1, times: 3 });
    await post('pictures');
    const chartRenderer = aChartRenderer();
    for (let round = 0; round < 5; round++) {
      await deliverAll(chartRenderer);
      await world.letTimePass();
    }
    expect(blocks()).toEqual([[asPicture]]);
    expect(calls('files.completeUploadExternal')).toBe(1);
    expect(chartRenderer.kept.size).toBe(0);
  });

  it('are left to the words when the picture is refused after all', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'fail', error: 'invalid_blocks', times: 1 });
    await post('pictures');
    await deliverAll();
    expect(blocks()).toEqual([inWords]);
    expect(await refusedAt()).toBeNull();
  });

  it('are drawn by Slack itself where the program wants it, without an upload', async () => {
    await post('native', [burndown, survival]);
    await deliverAll();
    expect(blocks()).toEqual([
      [
        expect.objectContaining({ type: 'data_visualization' }),
        expect.objectContaining({ type: 'image', block_id: 'chart_survival' }),
      ],
    ]);
    expect(calls('files.completeUploadExternal')).toBe(1);
    expect(world.sandbox.audit.brokenRules()).toEqual([]);
  });

  it('become pictures at once in a workspace that does not have the block yet, which is remembered', async () => {
    world.sandbox.setMissingBlocks(['data_visualization']);
    await post('native');
    await deliverAll();
    expect(blocks()).toEqual([[asPicture]]);
    expect(calls('chat.postMessage')).toBe(2);
    expect(await refusedAt()).toEqual(new Date(world.sandbox.clock.now()));
  });

  it('are not blamed for a message that is refused for something else', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'fail', error: 'invalid_blocks', times: 3 });
    await post('native');
    await deliverAll();
    expect(await stats()).toMatchObject({ due: 0, dead: 1 });
    expect(await refusedAt()).toBeNull();
  });

  it('leave no time for a message that was claimed too long ago', async () => {
    let nowMs = 0;
    await post('pictures');
    const draw = async () => {
      nowMs += 30_000;
      return PIXEL;
    };
    expect(await deliver(world.delivery({ chartRenderer: aChartRenderer({ draw }), elapsedMs: () => nowMs }))).toBe(1);
    expect(calls('chat.postMessage')).toBe(0);
    await deliverAll();
    expect(blocks()).toEqual([[asPicture]]);
  });

  async function refusedAt() {
    const [row] = await db.select().from(workspaces).where(eq(workspaces.id, world.workspaceId));
    return row?.nativeChartsRefusedAt ?? null;
  }
});
