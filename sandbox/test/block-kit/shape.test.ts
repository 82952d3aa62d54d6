import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../block-kit/validate.ts';
import type { shapeRules } from '../../rules/block-kit-shape.ts';
import { blockShapes } from './block-shapes.ts';
import { elementShapes } from './element-shapes.ts';
import { objectShapes } from './object-shapes.ts';
import type { Expected, ShapeCase } from './shape-case.ts';

const cases: Record<keyof typeof shapeRules, ShapeCase> = { ...objectShapes, ...elementShapes, ...blockShapes };

function matching({ type, ...rest }: Expected): unknown {
  return expect.objectContaining(type ? { ...rest, constraint: expect.objectContaining({ type }) } : rest);
}

describe('a payload of the right shape is taken, one of the wrong shape is refused where it is wrong', () => {
  it.each(Object.entries(cases))('%s', (_name, { surface = 'message', good, bad }) => {
    for (const payload of good) expect(validateSurface(surface, payload)).toEqual([]);
    for (const [payload, ...violations] of bad) {
      expect(validateSurface(surface, payload)).toEqual(violations.map(matching));
    }
  });
});
