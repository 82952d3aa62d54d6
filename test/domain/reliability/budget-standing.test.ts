import { describe, expect, it } from 'vitest';
import { type BudgetStanding, budgetStanding } from '../../../src/domain/reliability/budget-standing.ts';
import type { AreaReliability } from '../../../src/domain/reliability/reliability.ts';
import { MONDAY } from '../../builders.ts';
import { anArea, weeksOfErrors } from '../../reliability-world.ts';

function standing(over: Partial<AreaReliability>): BudgetStanding {
  const said = budgetStanding(anArea(over));
  if (typeof said !== 'object') throw new Error(`expected a budget, not ${said}`);
  return said;
}

const objective = { target: 0.999, periodDays: 28, thresholdSeconds: null };
const weeks = (...ratios: (number | null)[]) => weeksOfErrors(MONDAY, ratios);

describe('the error budget of an area', () => {
  it('is what the objective allows for the traffic of its period, less what failed', () => {
    const holds = standing({ period: { bad: 1560, total: 4_000_000 } });
    expect(holds.left).toBeCloseTo(0.61, 10);
    expect(holds.standing).toBe('holds');
    expect(standing({ period: { bad: 4000, total: 4_000_000 } }).standing).toBe('spent');
    expect(standing({ period: { bad: 3100, total: 4_000_000 } })).toMatchObject({ standing: 'near' });
    const spent = standing({ period: { bad: 4480, total: 4_000_000 } });
    expect(spent.left).toBeCloseTo(-0.12, 10);
    expect(spent.standing).toBe('spent');
  });

  it('burns at the ratio of this week over what is allowed: 0.42 % at 99.9 % is 4.2 times', () => {
    const burning = standing({ weeks: weeks(0.001, 0.0042) });
    expect(burning.burn).toBeCloseTo(4.2, 10);
    expect(burning.isBurning).toBe(true);
    expect(standing({ weeks: weeks(0.001, 0.00104) }).isBurning).toBe(false);
    expect(standing({ weeks: weeks(0.001, null) })).toMatchObject({ burn: null, isBurning: false });
  });

  it('moves by what the newest week took and the week that grew too old gave back', () => {
    expect(standing({ objective, weeks: weeks(0.0008, 0, 0, 0, 0.0004) }).changePoints).toBeCloseTo(10, 10);
    expect(standing({ objective, weeks: weeks(0, 0, 0, 0, 0.0036) }).changePoints).toBeCloseTo(-90, 10);
    const thirty = { ...objective, periodDays: 30 };
    expect(
      standing({ objective: thirty, weeks: weeks(0.001, 0.001, 0.001, 0.001, 0.001, 0.001) }).changePoints,
    ).toBeCloseTo(0, 9);
  });

  it('has no known change where a week is missing or the period is longer than the weeks', () => {
    expect(standing({ objective, weeks: weeks(0, null, 0, 0, 0.0004) }).changePoints).toBeNull();
    expect(standing({ objective: { ...objective, periodDays: 90 } }).changePoints).toBeNull();
    expect(standing({ objective: { ...objective, periodDays: 1 } }).changePoints).toBeNull();
  });

  it('is none without an objective, a reading or traffic', () => {
    expect(budgetStanding(anArea({ objective: null }))).toBeUndefined();
    expect(budgetStanding(anArea({ period: null }))).toBeUndefined();
    expect(budgetStanding(anArea({ period: { bad: 0, total: 0 } }))).toBe('no traffic');
  });

  it('is one of time where requests are not counted: an hour down in four weeks at 99.9 % is more than was allowed', () => {
    const up = (uptime: number) => ({ requests: null, uptime });
    const probed = weeksOfErrors(MONDAY, [0, 0, 0, 0, 0]).map((week, i) => ({
      ...week,
      reading: week.reading && { ...week.reading, ...up(i === 4 ? 1 - 60 / 10_080 : 1) },
    }));
    const spent = standing({ weeks: probed, period: null });
    expect(spent).toMatchObject({ measure: 'time', standing: 'spent' });
    expect(spent.left).toBeCloseTo(1 - 60 / 40.32, 9);
    expect(spent.changePoints).toBeCloseTo(-(60 / 40.32) * 100, 7);
  });

  it('of a promise without any failure is whole or spent', () => {
    const never = { ...objective, target: 1 };
    expect(standing({ objective: never, period: { bad: 0, total: 9 } })).toMatchObject({ left: 1, standing: 'holds' });
    expect(standing({ objective: never, period: { bad: 1, total: 9 } }).standing).toBe('spent');
  });
});
