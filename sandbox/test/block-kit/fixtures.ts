import type { Surface } from '../../block-kit/violation.ts';
import { blockShapes } from './block-shapes.ts';
import type { Boundary } from './boundary.ts';
import { elementShapes } from './element-shapes.ts';
import { lengths } from './length-fixtures.ts';
import { maxima } from './maximum-fixtures.ts';
import { minima } from './minimum-fixtures.ts';
import { objectShapes } from './object-shapes.ts';
import type { ShapeCase } from './shape-case.ts';

/** A payload and whether it is to be taken. */
export interface Fixture {
  rule: string;
  surface: Surface;
  payload: unknown;
  taken: boolean;
}

function ofBoundaries(boundaries: Record<string, Omit<Boundary, 'type'>>, step: 1 | -1): Fixture[] {
  return Object.entries(boundaries).flatMap(([rule, { limit, surface = 'message', payload }]) => [
    { rule, surface, payload: payload(limit), taken: true },
    { rule, surface, payload: payload(limit + step), taken: false },
  ]);
}

function ofShapes(shapes: Record<string, ShapeCase>): Fixture[] {
  return Object.entries(shapes).flatMap(([rule, { surface = 'message', good, bad }]) => [
    ...good.map((payload) => ({ rule, surface, payload, taken: true })),
    ...bad.map(([payload]) => ({ rule, surface, payload, taken: false })),
  ]);
}

/** All fixtures as plain payloads, so that they can be sent to Slack's blocks.validate too. */
export const fixtures: Fixture[] = [
  ...ofBoundaries(lengths, 1),
  ...ofBoundaries(maxima, 1),
  ...ofBoundaries(minima, -1),
  ...ofShapes({ ...objectShapes, ...elementShapes, ...blockShapes }),
];
