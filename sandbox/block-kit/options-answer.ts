import { limits } from '../rules/limits.ts';
import { checkSchema } from './check-schema.ts';
import { optionGroup, selectOption } from './composition-objects.ts';
import { exactlyOneOf } from './presence.ts';
import { array, object } from './schema.ts';
import type { Report, Violation } from './violation.ts';

const answer = object(
  {
    options: array(selectOption, 0, limits.optionsAnswer.value),
    option_groups: array(optionGroup, 0, limits.optionsAnswer.value),
  },
  exactlyOneOf('options', 'option_groups'),
);

/** What is wrong with the `{ options }` or `{ option_groups }` that an app answers to a block_suggestion. */
export function validateOptionsAnswer(payload: unknown): Violation[] {
  const report: Report = { surface: 'modal', violations: [] };
  checkSchema(answer, payload, '', report);
  return report.violations;
}
