// @module-tag slow
import { describe, expect, it } from 'vitest';
import { chartSpec } from '../../src/charts/chart-spec.ts';
import { drawChart } from '../../src/charts/draw-chart.ts';
import { renderPng, renderSvg } from '../../src/charts/render-png.ts';
import type { Chart, ChartKind } from '../../src/domain/digest/charts.ts';

const ENDS = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2026, 8, 4 + 7 * i)).toISOString().slice(0, 10));

/** One of each, its names as they are given. */
function chartsOf(names: readonly string[]): Chart[] {
  return [
    {
      kind: 'burndown',
      weeks: ENDS.map((endsOn, i) => ({ endsOn, toDo: 10 + i, claimed: i % 4, proven: i % 3 })),
    },
    {
      kind: 'harm',
      weekEndsOn: ENDS,
      areas: names.map((area, k) => ({ area, harm: ENDS.map((_, i) => i * (k + 1)) })),
    },
    {
      kind: 'reliability',
      weekEndsOn: ENDS,
      areas: names.slice(0, 4).map((area, k) => ({
        area,
        measure: k % 2 === 0 ? 'requests' : 'time',
        allowed: k === 0 ? 0.005 : null,
        failed: ENDS.map((_, i) => (i === 3 ? null : (i + k) / 1000)),
      })),
      releases: names.map((version, i) => ({ version, at: i * 2 })),
    },
    {
      kind: 'survival',
      fixes: 12,
      broken: 2,
      lastDay: 95,
      steps: [
        { day: 4.5, share: 0.9, low: 0.6, high: 0.98 },
        { day: 33, share: 0.8, low: null, high: null },
      ],
      holding: [12, 40, 95],
    },
    {
      kind: 'page',
      title: names.join(' '),
      lines: [...names, names.join(', ').repeat(4)],
      weeks: ENDS.map((endsOn, i) => ({ endsOn, toDo: 10 + i, claimed: i % 4, proven: i % 3 })),
    },
  ];
}

const CALM = ['billing', 'deployment', 'connectivity', 'launch integration'];
const HOSTILE = [
  '"+alert(1)+"',
  "datum['x'] || constructor.constructor('return process')()",
  '<script>alert(1)</script>&amp;',
  '<!channel> <@U012AB3CD>',
  '\u202Egnp.exe\u0000',
];

/** What of a spec is no data, as one text. */
function besidesData(spec: unknown): string {
  return JSON.stringify(spec, (key, value) => (key === 'values' && typeof value?.[0] === 'object' ? [] : value));
}

/** All that is written in the picture. */
async function lettersOf(chart: Chart): Promise<string[]> {
  const svg = await renderSvg(chartSpec(chart));
  return [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)].map(([, words]) => words ?? '');
}

describe('a chart', () => {
  it.each(chartsOf(CALM))('of $kind is a sharp picture, the same each time', async (chart) => {
    const png = Buffer.from(await renderPng(chartSpec(chart)));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(width).toBeGreaterThan(1_100);
    expect(width).toBeLessThan(1_700);
    expect(height / width).toBeLessThan(chart.kind === 'page' ? 1.4 : 0.7);
    expect(png.equals(Buffer.from(await renderPng(chartSpec(chart))))).toBe(true);
  });

  it('says its figures and names in letters', async () => {
    const [burndown, harm, reliability, survival, page] = await Promise.all(chartsOf(CALM).map(lettersOf));
    expect(burndown).toEqual(expect.arrayContaining(['21 to do', '3 claimed', 'proven in', '20 Nov']));
    expect(harm).toEqual(expect.arrayContaining(['billing 11', 'launch integration 44', '18 Sep']));
    expect(reliability).toContain('billing: 1.1 % of requests failed; 0.5 % allowed (dashed)');
    expect(reliability).toContain('deployment: down 1.2 % of the time');
    expect(survival).toEqual(expect.arrayContaining(['90 %', '80 %', '0 days']));
    expect(page).toEqual(expect.arrayContaining([CALM.join(' '), 'launch integration', '21 to do']));
  });

  it('takes whatever people call their areas as data, never as part of what is run', async () => {
    for (const chart of chartsOf(HOSTILE)) {
      const spec = chartSpec(chart);
      for (const part of ['alert', 'constructor', 'script', 'channel', 'exe'])
        expect(besidesData(spec)).not.toContain(part);
      const svg = await renderSvg(spec);
      expect(svg).not.toContain('<script');
      expect(svg).not.toContain('\u0000');
    }
  });

  it('numbers the areas whose letters it cannot draw, and cuts long names', async () => {
    const names = ['接続', 'Доставка', 'e'.repeat(5_000), '👩‍👩‍👧', '  '];
    expect(await lettersOf(chartsOf(names)[1] as Chart)).toEqual(
      expect.arrayContaining(['no. 1 11', 'Доставка 22', `${'e'.repeat(17)}… 33`, 'no. 4 44', 'no. 5 55']),
    );
  });

  it.each([
    { weeks: 3, most: 0 },
    { weeks: 3, most: 1 },
    { weeks: 12, most: 1_000_000 },
  ])('is drawn for $weeks weeks of at most $most', async ({ weeks, most }) => {
    const ends = ENDS.slice(-weeks);
    const extremes: Partial<Record<ChartKind, Chart>> = {
      burndown: { kind: 'burndown', weeks: ends.map((endsOn) => ({ endsOn, toDo: most, claimed: 0, proven: most })) },
      harm: { kind: 'harm', weekEndsOn: ends, areas: [{ area: 'billing', harm: ends.map(() => most / 1e6) }] },
      reliability: {
        kind: 'reliability',
        weekEndsOn: ends,
        areas: [
          { area: 'billing', measure: 'time', allowed: 0, failed: ends.map((_, i) => (i === 0 ? null : most && 1)) },
        ],
        releases: [],
      },
    };
    for (const chart of Object.values(extremes)) {
      const svg = await renderSvg(chartSpec(chart));
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('is drawn on a thread of its own, which says what it cannot draw', async () => {
    const [burndown] = chartsOf(CALM);
    const png = await drawChart(burndown as Chart);
    expect(Buffer.from(png).subarray(1, 4).toString('latin1')).toBe('PNG');
    await expect(drawChart({ kind: 'pie' } as unknown as Chart)).rejects.toThrow();
  });
});
