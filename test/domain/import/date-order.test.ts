import { describe, expect, it } from 'vitest';
import { ambiguityWords, OrderOfColumn, ordersOf } from '../../../src/domain/import/date-order.ts';
import { readDate } from '../../../src/domain/import/read-date.ts';

const LATEST = 2026;

describe('one date of numbers', () => {
  it.each([
    ['12/25/24', ['mdy']],
    ['31/12/24', ['dmy']],
    ['24/03/31', ['ymd']],
    ['45/03/12', ['ymd']],
    ['25/12/24', ['dmy', 'ymd']],
    ['24/03/12', ['dmy', 'ymd']],
    ['12/03/24', ['dmy', 'mdy', 'ymd']],
    // In no order is it over.
    ['28/03/31', ['dmy', 'ymd']],
    ['24/3/12', ['dmy']],
    ['24/03/2012', ['dmy']],
    ['03/04/2020', ['dmy', 'mdy']],
    ['2024/03/12', []],
  ])('%s can be read as %j', (text, orders) => expect(ordersOf(text, LATEST)).toEqual(orders));

  it('is told of with each order that it can have', () => {
    expect(ambiguityWords(ordersOf('24/03/12', LATEST))).toBe(
      'can be read with the day or with the year first; say --date-format d/M/yy or yy/M/d',
    );
  });

  it('is read with the year first where that is its only order, or that of its column', () => {
    const read = (text: string, over: object = {}) => readDate(text, { timeZone: 'UTC', latestYear: LATEST, ...over });
    expect(read('24/03/31 10:00')).toEqual(new Date('2024-03-31T10:00:00Z'));
    expect(read('24-03-12', { order: 'ymd' })).toEqual(new Date('2024-03-12T00:00:00Z'));
    expect(read('24/03/12')).toBeUndefined();
  });
});

describe('a column of dates', () => {
  it.each([
    ['a last number that is no year yet', ['24/03/12', '24/03/31', '25/01/02'], 'ymd'],
    ['one year in front of several days', ['24/03/12', '24/04/05', '24/05/09'], 'ymd'],
    ['one year behind several days', ['12/03/24', '05/04/24', '09/05/24', '25/12/24'], 'dmy'],
    ['one year behind, and a month that is none', ['03/12/24', '04/25/24', '05/09/24'], 'mdy'],
    ['days before and behind a year that is over', ['28/03/24', '12/11/24'], 'dmy'],
    ['two dates that can be either', ['24/03/12', '25/04/05'], undefined],
    ['no more than one year and one day', ['24/03/12', '24/03/12'], undefined],
    ['dates that no order takes together', ['31/12/24', '12/31/24'], undefined],
    ['nothing that is written so', ['2024-03-12', 'yesterday'], undefined],
  ])('with %s is %j: %s', (_, dates, order) => {
    const column = new OrderOfColumn(LATEST);
    for (const date of dates) column.note(date);
    expect(column.order()).toBe(order);
  });
});
