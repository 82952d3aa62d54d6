import { expect } from 'vitest';
import { validateSurface } from '../../block-kit/validate.ts';
import type { Surface } from '../../block-kit/violation.ts';

/** A payload that stands at a limit, and where and how one step beyond is reported. */
export interface Boundary {
  limit: number;
  surface?: Surface;
  payload: (size: number) => unknown;
  pointer: string;
  type: string;
}

export function expectBoundary(value: unknown, boundary: Boundary, step: 1 | -1): void {
  const { limit, surface = 'message', payload, pointer, type } = boundary;
  expect(value).toBe(limit);
  expect(validateSurface(surface, payload(limit))).toEqual([]);
  expect(validateSurface(surface, payload(limit + step))).toEqual([
    expect.objectContaining({
      code: 'failed_constraint',
      pointer,
      constraint: { type, expected: limit, got: limit + step },
    }),
  ]);
}
