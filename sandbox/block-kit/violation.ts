export interface Constraint {
  type: string;
  expected: unknown;
  got?: unknown;
}

/** One broken rule, in the shape in which Slack's blocks.validate reports it. `pointer` is a JSON pointer. */
export interface Violation {
  code: 'failed_constraint' | 'missing_field';
  message: string;
  pointer: string;
  constraint?: Constraint;
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
  report.violations.push({ code: 'missing_field', message: `missing required field: ${field}`, pointer });
}
