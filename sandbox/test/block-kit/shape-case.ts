import type { Surface, Violation } from '../../block-kit/violation.ts';

/** What is expected of a violation; `type` is that of its constraint. */
export type Expected = Partial<Omit<Violation, 'constraint'>> & { type?: string };

/** What is taken, and what is refused with exactly these violations. */
export interface ShapeCase {
  surface?: Surface;
  good: unknown[];
  bad: [payload: unknown, ...violations: Expected[]][];
}

export function failed(pointer: string, type: string): Expected {
  return { code: 'failed_constraint', pointer, type };
}

export function missing(pointer: string, field: string): Expected {
  return { code: 'missing_field', message: `missing required field: ${field}`, pointer, field };
}
