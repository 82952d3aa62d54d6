import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartSlots } from '../../../src/blocks/digest/chart-slots.ts';
import { digestPost } from '../../../src/blocks/digest/digest-post.ts';
import { assembleBurndown, FLOW_LINES } from '../../../src/domain/digest/burndown.ts';
import { burndownChart } from '../../../src/domain/digest/charts.ts';
import type { DigestFacts, MissedRitual } from '../../../src/domain/digest/digest.ts';
import { assembleDigest } from '../../../src/domain/digest/digest.ts';
import { NEED_KINDS } from '../../../src/domain/digest/needs.ts';
import type { AreaStanding } from '../../../src/domain/reliability/reliability-report.ts';
import { aDigest, aWeek, FRIDAY, verdictsOf } from './digest-world.ts';

const SETTING = {
  programName: 'Launch stability',
  timeZone: 'Europe/Berlin',
  now: FRIDAY,
  late: false,
  hasSample: false,
};

/** Every text of a message as a reader sees it, a mention as one word. */
function seen(blocks: readonly KnownBlock[]): string[] {
  const texts: string[] = [];
  JSON.stringify(blocks, (key, value) => {
    if (key === 'text' && typeof value === 'string') texts.push(value.replaceAll(/<@[A-Z0-9]+>/g, '@someone'));
    return value;
  });
  return texts;
}

function post(over: Partial<DigestFacts> = {}, setting: Partial<Parameters<typeof digestPost>[1]> = {}) {
  return digestPost(aDigest(over), { ...SETTING, ...setting });
}

const standing = (area: string, left: number): AreaStanding => ({
  area,
  trouble: null,
  hasObjective: true,
  budget: {
    measure: 'requests',
    target: 0.999,
    periodDays: 28,
    left,
    changePoints: 23,
    burn: 1,
    standing: 'spent',
    isBurning: false,
  },
  errors: null,
  slow: null,
  p99: null,
  downtime: null,
  measure: 'requests',
  failureWeeks: [],
});

const CHART = burndownChart(
  Array.from({ length: 12 }, (_, i) => ({
    endsOn: `2026-1${i < 6 ? 0 : 1}-0${1 + (i % 6)}`,
    toDo: i,
    claimed: 2,
    proven: 1,
  })),
);

describe('the post of a digest', () => {
  it('says since when, the burn-down, who is needed, what of reliability, and what comes next', () => {
    const thisWeek = assembleBurndown({ toDo: 30, claimed: 4 }, { toDo: 29, claimed: 4 }, [
      { kind: 'reported', from: null, to: 'new', count: 3 },
      { kind: 'regressed', from: 'proven', to: 'accepted', count: 1 },
      { kind: 'claimed', from: 'accepted', to: 'claimed', count: 5 },
      { kind: 'proven', from: 'claimed', to: 'proven', count: 5 },
    ]);
    const needs = [
      {
        kind: 'failed' as const,
        number: 12,
        title: 'Refund sent twice',
        personId: 'UANA',
        dueOn: null,
        isOverdue: false,
        budget: null,
      },
      {
        kind: 'overdue' as const,
        number: 8,
        title: 'Pods restart',
        personId: 'UBEN',
        dueOn: '2026-11-12',
        isOverdue: true,
        budget: null,
      },
    ];
    const { blocks, text } = post(
      {
        thisWeek,
        needs,
        verdicts: verdictsOf(44, 43, 46, 41, 45, 44, 47, 43, 20, 19, 22, 18, 21),
        reliability: { areas: [standing('billing', -0.5), standing('sync', 0.6)], unmeasured: [] },
        unowned: { total: 11, top: [] },
      },
      { charts: CHART ? chartSlots([CHART], 'pictures') : [] },
    );
    expect(seen(blocks.filter(({ block_id }) => block_id !== 'chart_burndown'))).toEqual([
      'Launch stability, week to 27 Nov',
      '*Fewer reports since the week of 26 Oct: 20 a week, 44 before.*\n29 to do, 4 claimed; +3 new, +1 came back, −5 proven.',
      '•  @someone: *D-12* Refund sent twice. Its fix failed: find out why.\n•  @someone: *D-8* Pods restart. Due 12 Nov: claim the fix or move the date.',
      'billing: error budget 150 % used, was 173 %\nsync: error budget 40 % used, was 63 %',
      '11 have no owner. Next triage Mon 30 Nov, 10:00.',
    ]);
    expect(text).toContain('Fewer reports since the week of 26 Oct');
  });

  it('has at most 120 words, one picture and no table, however large the program and long its names', () => {
    const words = fc.integer({ min: 1, max: 60 }).map((count) => new Array<string>(count).fill('a').join(' '));
    const figure = fc.integer({ min: 0, max: 9_999_999 });
    const missed = fc.array(
      fc.record({
        ritual: fc.constantFrom<MissedRitual['ritual']>('triage', 'digest', 'tranche_review'),
        dueAt: fc.constant(FRIDAY),
        why: fc.constantFrom<MissedRitual['why']>('not running', 'not delivered'),
      }),
      { maxLength: 20 },
    );
    const need = fc.record({
      kind: fc.constantFrom(...NEED_KINDS),
      number: figure,
      title: words,
      personId: fc.constantFrom('UANA', null),
      dueOn: fc.constantFrom('2026-11-12', null),
      isOverdue: fc.boolean(),
      budget: fc.constantFrom({ area: 'a b c d e f g h', share: 0.4 }, null),
    });
    const size = fc.record({
      flows: fc.array(figure, { minLength: FLOW_LINES.length, maxLength: FLOW_LINES.length }),
      needs: fc.array(need, { maxLength: 3 }),
      areas: fc.array(words, { maxLength: 40 }),
      weeks: fc.array(figure, { minLength: 1, maxLength: 30 }),
      unowned: figure,
      missed,
      name: words,
      late: fc.boolean(),
      hasSample: fc.boolean(),
      gaps: fc.boolean(),
    });
    fc.assert(
      fc.property(size, ({ flows, needs, areas, weeks, unowned, missed: gone, name, late, hasSample, gaps }) => {
        const thisWeek = assembleBurndown({ toDo: 0, claimed: 0 }, { toDo: 0, claimed: 0 }, []);
        FLOW_LINES.forEach((line, i) => {
          thisWeek.lines[line] = { count: flows[i] ?? 0, toDo: flows[i] ?? 0, claimed: 0 };
          thisWeek.now.toDo += gaps ? 1 : (flows[i] ?? 0);
        });
        const { blocks, charts } = post(
          {
            ...{ thisWeek, needs, unowned: { total: unowned, top: [] }, verdicts: verdictsOf(...weeks) },
            health: { ...aWeek().health, missed: gone },
            ...(areas.length > 0
              ? { reliability: { areas: areas.map((area, i) => standing(area, i - 9)), unmeasured: [] } }
              : {}),
          },
          { programName: name, late, hasSample, charts: CHART ? chartSlots([CHART], 'pictures') : [] },
        );
        const visible = blocks.filter(({ block_id }) => block_id !== 'chart_burndown');
        expect(seen(visible).join(' ').split(/\s+/).length).toBeLessThanOrEqual(120);
        expect(charts).toHaveLength(1);
        expect(blocks.some(({ type }) => type === 'table')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is one line in a quiet week, and still says what was missed and since when it lies', () => {
    const dueAt = new Date('2026-11-23T09:00:00Z');
    const missed = [{ ritual: 'triage' as const, dueAt, why: 'not running' as const }];
    const quiet = assembleDigest(aWeek({ health: { ...aWeek().health, missed } }));
    const { blocks } = digestPost(quiet, SETTING);
    expect(seen(blocks)).toEqual([
      '*Launch stability*  A quiet week: no reports and no changes, 4 open, as a week ago. Missed: triage of Mon 23 Nov (the bot was not running). Next triage Mon 30 Nov, 10:00.',
    ]);
  });

  it('says in the first week of a program that it is too early', () => {
    expect(seen(post({ week: { reports: 1, tickets: 0 } }).blocks)[1]).toContain(
      '*1 report in this first week. Too early to call a trend.*',
    );
  });

  it('does not show figures that do not add up', () => {
    const thisWeek = assembleBurndown({ toDo: 1, claimed: 0 }, { toDo: 3, claimed: 0 }, []);
    expect(seen(post({ thisWeek }).blocks)[1]).toContain(
      'The burn-down does not add up this week, so do not rely on it.',
    );
  });
});
