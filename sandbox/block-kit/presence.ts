import type { Check } from './schema.ts';
import { fail, miss } from './violation.ts';

function given(value: Record<string, unknown>, names: readonly string[]): string[] {
  return names.filter((name) => value[name] !== undefined);
}

function either(names: readonly string[]): string {
  return `must define either ${names.map((name) => `\`${name}\``).join(' or ')}`;
}

/** Without any of them the first is reported as missing, as Slack does of image_url. */
export function exactlyOneOf(...names: [string, ...string[]]): Check {
  return (value, pointer, report) => {
    const got = given(value, names);
    if (got.length === 0) miss(report, pointer, names[0]);
    if (got.length > 1) fail(report, pointer, `${either(names)}, not both`, { type: 'one_of', expected: names, got });
  };
}

export function atLeastOneOf(...names: string[]): Check {
  return (value, pointer, report) => {
    const got = given(value, names);
    if (got.length === 0) fail(report, pointer, either(names), { type: 'any_of', expected: names, got });
  };
}
