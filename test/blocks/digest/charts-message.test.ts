import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { chartSlots } from '../../../src/blocks/digest/chart-slots.ts';
import { chartWords } from '../../../src/blocks/digest/chart-words.ts';
import { chartsMessage } from '../../../src/blocks/digest/charts-message.ts';
import { withNativeCharts, withPictures } from '../../../src/delivery/with-charts.ts';
import type { Chart } from '../../../src/domain/digest/charts.ts';
import { commandsIn, typed } from '../hostile.ts';

const count = fc.integer({ min: 0, max: 1_000_000 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const weeks = fc.integer({ min: 3, max: 12 });
const endsOf = (many: number) =>
  Array.from({ length: many }, (_, i) =>
    new Date(Date.UTC(2026, 10, 20 - 7 * (many - 1 - i))).toISOString().slice(0, 10),
  );
const weekly = <T>(many: number, of: fc.Arbitrary<T>) => fc.array(of, { minLength: many, maxLength: many });

const chart = weeks.chain((many): fc.Arbitrary<Chart> => {
  const weekEndsOn = endsOf(many);
  return fc.oneof(
    weekly(many, fc.record({ toDo: count, claimed: count, proven: count })).map(
      (points): Chart => ({
        kind: 'burndown',
        weeks: points.map((point, i) => ({ endsOn: weekEndsOn[i] ?? '', ...point })),
      }),
    ),
    fc
      .array(fc.record({ area: typed, harm: weekly(many, fc.double({ min: 0, max: 1e9, noNaN: true })) }), {
        minLength: 1,
        maxLength: 5,
      })
      .map((areas): Chart => ({ kind: 'harm', weekEndsOn, areas })),
    fc
      .record({
        areas: fc.array(
          fc.record({
            area: typed,
            measure: fc.constantFrom('requests' as const, 'time' as const),
            allowed: fc.option(share),
            failed: weekly(many, fc.option(share)),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        releases: fc.array(fc.record({ version: typed, at: fc.double({ min: 0, max: many - 1, noNaN: true }) }), {
          maxLength: 12,
        }),
      })
      .map((rest): Chart => ({ kind: 'reliability', weekEndsOn, ...rest })),
    fc
      .array(
        fc.record({
          day: fc.double({ min: 0, max: 180, noNaN: true }),
          share,
          low: fc.option(share),
          high: fc.option(share),
        }),
        {
          maxLength: 60,
        },
      )
      .map(
        (steps): Chart => ({ kind: 'survival', fixes: 99, broken: steps.length, lastDay: 180, steps, holding: [180] }),
      ),
  );
});

describe('charts in a message', () => {
  it('fit, mention nobody, and say the same in words, as pictures and as charts of Slack', () => {
    const charts = fc.uniqueArray(chart, { selector: ({ kind }) => kind, minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(charts, typed, fc.constantFrom('native' as const, 'pictures' as const), (drawn, name, style) => {
        const program = { name, nameFollowsChannel: false, channelId: 'C1' };
        const said = chartsMessage(chartSlots(drawn, style), { program, todayOn: '2026-11-20', ledger: [name] });
        const pictures = new Map(said.charts?.map(({ blockId }, i) => [blockId, `F0000000${i}A`]));
        const bodies = [
          said,
          withPictures(said, pictures),
          withNativeCharts(said, pictures),
          withPictures(said, new Map()),
        ];
        for (const { text, blocks } of bodies) {
          expect(validateSurface('message', { text, blocks })).toEqual([]);
          expect(commandsIn({ text, blocks })).toEqual([]);
          expect(JSON.stringify({ text, blocks })).not.toMatch(/undefined|NaN|Infinity|\[object/);
        }
        for (const slot of said.charts ?? []) {
          const image = bodies[1]?.blocks.find((block) => (block as { block_id?: string }).block_id === slot.blockId);
          expect(image).toMatchObject({ type: 'image', alt_text: slot.alt });
        }
      }),
      { numRuns: 120 },
    );
  });

  it('have every figure in their words', () => {
    const ends = endsOf(3);
    const said = [
      chartWords({
        kind: 'burndown',
        weeks: [5, 7, 6].map((toDo, i) => ({ endsOn: ends[i] ?? '', toDo, claimed: i, proven: 2 * i })),
      }),
      chartWords({ kind: 'harm', weekEndsOn: ends, areas: [{ area: 'billing', harm: [1.25, 12.6, 2000] }] }),
      chartWords({
        kind: 'reliability',
        weekEndsOn: ends,
        areas: [{ area: 'billing', measure: 'requests', allowed: 0.001, failed: [null, 0, 0.012345] }],
        releases: [{ version: 'v2', at: 1 }],
      }),
      chartWords({
        kind: 'survival',
        fixes: 12,
        broken: 1,
        lastDay: 61,
        steps: [{ day: 9.2, share: 0.9, low: 0.6, high: 0.98 }],
        holding: [61],
      }),
    ];
    expect(said).toEqual([
      'Open defects at the end of 3 weeks, 6 Nov to 20 Nov: 5, 8, 8. Of them claimed: 0, 1, 2. Proven in each week: 0, 2, 4.',
      'Harm by area in impact points a week, at the end of 3 weeks, 6 Nov to 20 Nov. billing: 1.3, 13, 2,000.',
      'Share that failed in each of 3 weeks, 6 Nov to 20 Nov. billing, of requests, 0.1 % allowed: no data, 0 %, 1.23 %. Releases marked: v2.',
      'Share of 12 fixes that still hold, by days since the fix; 1 broke. 100 % at first, from day 10 90 % (60 to 98, 95 % interval), until day 61.',
    ]);
  });
});
