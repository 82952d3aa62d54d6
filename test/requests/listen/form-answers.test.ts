import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import { readForm } from '../../../src/requests/listen/form-answers.ts';

const formOf = (answer: unknown) => readForm({ field: { action: answer } });
const NOTHING = [undefined, null, {}, [], 7, 'text'];

describe('a form', () => {
  it('gives what was filled in', () => {
    expect(formOf({ value: 'It hangs' }).text('field')).toBe('It hangs');
    expect(formOf({ selected_user: 'W012ABCDEF' }).person('field')).toBe('W012ABCDEF');
    expect(formOf({ selected_users: ['U1AB', 'U1AB', 'U2AB'] }).people('field')).toEqual(['U1AB', 'U2AB']);
    expect(formOf({ selected_time: '10:00' }).time('field')).toBe('10:00');
    expect(formOf({ selected_date: '2026-12-04' }).day('field')).toBe('2026-12-04');
    expect(formOf({ selected_date_time: 1_795_400_000 }).moment('field')).toEqual(new Date(1_795_400_000_000));
    expect(formOf({ selected_option: { value: 'S1' } }).choice('field')).toBe('S1');
    expect(formOf({ selected_options: [{ value: '1' }, { value: '2' }] }).several('field')).toEqual(['1', '2']);
  });

  it.each(NOTHING)('with %j in the place of an answer is empty there', (answer) => {
    for (const form of [formOf(answer), readForm({ field: answer }), readForm({})]) {
      expect([form.text('field'), form.time('field')]).toEqual(['', '']);
      expect([form.person('field'), form.day('field'), form.moment('field'), form.choice('field')]).toEqual(
        new Array(4).fill(null),
      );
      expect([form.people('field'), form.several('field')]).toEqual([[], []]);
    }
  });

  it('has no text that is none', () => {
    const odd = { value: 7, selected_time: {}, selected_option: { value: [] }, selected_options: [{ value: 3 }, null] };
    const form = formOf(odd);
    expect([form.text('field'), form.time('field'), form.choice('field')]).toEqual(['', '', null]);
    expect(form.several('field')).toEqual(['', '']);
  });

  it.each(['', 'U', 'ana', 'u012ABC', 'C012ABC', 'U1\u0000', '<@U012ABC>', `U${'A'.repeat(40)}`, 7, {}])(
    'refuses %j for a person, at its field',
    (id) => {
      const refusal = expect.objectContaining({ name: 'Refusal', field: 'field' });
      expect(() => formOf({ selected_user: id }).person('field')).toThrow(refusal);
      expect(() => formOf({ selected_users: ['U012ABC', id] }).people('field')).toThrow(refusal);
    },
  );

  it.each(['2026-02-30', '0000-01-01', '9999-12-31', '', 7])('refuses %j for a day', (on) => {
    expect(() => formOf({ selected_date: on }).day('field')).toThrow(Refusal);
  });

  it.each([-1, Number.NaN, 1e300, 7_258_118_401, '1795400000'])('refuses %j for a moment', (seconds) => {
    expect(() => formOf({ selected_date_time: seconds }).moment('field')).toThrow(Refusal);
  });
});
