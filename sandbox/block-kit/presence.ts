import type { Check } from './schema.ts';
import { fail } from './violation.ts';

function presence(type: string, words: string, fits: (given: number) => boolean): (...names: string[]) => Check {
  return (...names) =>
    (value, pointer, report) => {
      const got = names.filter((name) => value[name] !== undefined);
      if (fits(got.length)) return;
      const listed = names.map((name) => `\`${name}\``).join(', ');
      fail(report, pointer, `${words} ${listed}`, { type, expected: names, got });
    };
}

export const exactlyOneOf = presence('one_of', 'must define exactly one of', (given) => given === 1);
export const atLeastOneOf = presence('any_of', 'must define at least one of', (given) => given >= 1);
