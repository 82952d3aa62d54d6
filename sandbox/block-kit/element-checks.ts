import { limits } from '../rules/limits.ts';
import { isRecord } from './check-schema.ts';
import { sameJson } from './composition-objects.ts';
import { fail, type Report } from './violation.ts';

type Element = Record<string, unknown>;

export function selectInitials(element: Element, pointer: string, report: Report): void {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const grouped = groups.flatMap((group) => (isRecord(group) && Array.isArray(group.options) ? group.options : []));
  checkInitials(element, [...listed(element.options), ...grouped], pointer, report);
}

export function choiceInitials(element: Element, pointer: string, report: Report): void {
  checkInitials(element, listed(element.options), pointer, report);
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function checkInitials(element: Element, options: unknown[], pointer: string, report: Report): void {
  const initials: [string, unknown][] = listed(element.initial_options).map((initial, index) => [
    `${pointer}/initial_options/${index}`,
    initial,
  ]);
  if (element.initial_option !== undefined) initials.push([`${pointer}/initial_option`, element.initial_option]);
  for (const [at, initial] of initials) {
    if (options.some((option) => sameJson(option, initial))) continue;
    fail(report, at, 'must match one of the options exactly', { type: 'one_of_options', expected: 'an option' });
  }
}

/** min_length <= max_length, and an initial value that the person could have typed. */
export function textBounds(element: Element, pointer: string, report: Report): void {
  const { initial_value: initial, min_length: min, max_length: max } = element;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    fail(report, `${pointer}/min_length`, 'must be no more than max_length', { type: 'maximum', expected: max });
  }
  if (typeof initial !== 'string') return;
  const longest = typeof max === 'number' ? max : limits.plainTextInputMaxLength.value;
  if (initial.length > longest) {
    fail(report, `${pointer}/initial_value`, `must be less than ${longest + 1} characters`, {
      type: 'max_length',
      expected: longest,
    });
  }
}

/** min_value <= initial_value <= max_value, all of them whole unless decimals are allowed. */
export function numberBounds(element: Element, pointer: string, report: Report): void {
  const { min_value: min, max_value: max, initial_value: initial } = element;
  const above = (a: unknown, b: unknown) => typeof a === 'string' && typeof b === 'string' && Number(a) > Number(b);
  if (above(min, max)) {
    fail(report, `${pointer}/min_value`, 'must be no more than max_value', { type: 'maximum', expected: max });
  }
  if (above(min, initial)) {
    fail(report, `${pointer}/initial_value`, 'must be no less than min_value', { type: 'minimum', expected: min });
  }
  if (above(initial, max)) {
    fail(report, `${pointer}/initial_value`, 'must be no more than max_value', { type: 'maximum', expected: max });
  }
  if (element.is_decimal_allowed !== false) return;
  for (const name of ['min_value', 'max_value', 'initial_value']) {
    const value = element[name];
    if (typeof value !== 'string' || !value.includes('.')) continue;
    fail(report, `${pointer}/${name}`, 'must be a whole number', { type: 'type', expected: 'integer', got: value });
  }
}
