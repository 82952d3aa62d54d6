import { isDeepStrictEqual } from 'node:util';
import { limits } from '../rules/limits.ts';
import { isRecord } from './check-schema.ts';
import { fail, mistype, type Report } from './violation.ts';

type Element = Record<string, unknown>;

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** initial_option and initial_options are, exactly, options of the element or of its groups. */
export function initialsAreOptions(element: Element, pointer: string, report: Report): void {
  const grouped = listed(element.option_groups).flatMap((group) => (isRecord(group) ? listed(group.options) : []));
  const options = [...listed(element.options), ...grouped];
  const initials: [string, unknown][] = listed(element.initial_options).map((initial, index) => [
    `${pointer}/initial_options/${index}`,
    initial,
  ]);
  if (element.initial_option !== undefined) initials.push([`${pointer}/initial_option`, element.initial_option]);
  for (const [at, got] of initials) {
    if (options.some((option) => isDeepStrictEqual(option, got))) continue;
    fail(report, at, 'must be exactly one of the options', { type: 'enum', expected: options, got });
  }
}

/** min_length <= max_length, and an initial value that the person could have typed. */
export function lengthsAgree(element: Element, pointer: string, report: Report): void {
  const { initial_value: initial, min_length: min, max_length: max } = element;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    fail(report, `${pointer}/min_length`, `must be less than ${max}`, { type: 'maximum', expected: max, got: min });
  }
  const expected = typeof max === 'number' ? max : limits.plainTextInputValue.value;
  if (typeof initial !== 'string' || initial.length <= expected) return;
  const message = `must be less than ${expected + 1} characters`;
  fail(report, `${pointer}/initial_value`, message, { type: 'max_length', expected, got: initial.length });
}

/** min_value <= initial_value <= max_value, all of them whole unless decimals are allowed. */
export function numbersAgree(element: Element, pointer: string, report: Report): void {
  const { min_value: min, max_value: max, initial_value: initial } = element;
  const above = (a: unknown, b: unknown) => typeof a === 'string' && typeof b === 'string' && Number(a) > Number(b);
  const tooLarge = (name: string, expected: unknown, got: unknown) =>
    fail(report, `${pointer}/${name}`, `must be less than ${expected}`, { type: 'maximum', expected, got });
  if (above(min, max)) tooLarge('min_value', max, min);
  if (above(initial, max)) tooLarge('initial_value', max, initial);
  if (above(min, initial)) {
    const message = `must be greater than ${min}`;
    fail(report, `${pointer}/initial_value`, message, { type: 'minimum', expected: min, got: initial });
  }
  if (element.is_decimal_allowed !== false) return;
  for (const name of ['min_value', 'max_value', 'initial_value']) {
    const value = element[name];
    if (typeof value === 'string' && value.includes('.'))
      mistype(report, `${pointer}/${name}`, 'must provide an integer');
  }
}
