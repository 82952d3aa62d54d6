import { inText } from '../text/in-text.ts';

export interface Constraint {
  type: string;
  expected?: unknown;
  got?: unknown;
}

/**
 * One broken rule, as Slack's blocks.validate reports it (the words are those of slackhq/hack-json-schema).
 * `pointer` is a JSON pointer to what is wrong; a missing or superfluous property points at its object.
 */
export interface Violation {
  code: 'failed_constraint' | 'missing_field' | 'invalid_type';
  message: string;
  pointer: string;
  constraint?: Constraint;
  field?: string;
}

export type Surface = 'message' | 'modal' | 'home';

export interface Report {
  surface: Surface;
  violations: Violation[];
}

export function fail(report: Report, pointer: string, message: string, constraint: Constraint): void {
  report.violations.push({ code: 'failed_constraint', message, pointer, constraint });
}

export function miss(report: Report, pointer: string, field: string): void {
  report.violations.push({ code: 'missing_field', message: `missing required field: ${field}`, pointer, field });
}

export function mistype(report: Report, pointer: string, message: string): void {
  report.violations.push({ code: 'invalid_type', message, pointer });
}

export function unsupported(report: Report, pointer: string, expected: readonly string[], got: unknown): void {
  fail(report, `${pointer}/type`, `unsupported type: ${inText(got)}`, { type: 'enum', expected, got });
}
