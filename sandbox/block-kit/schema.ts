import type { Report } from './violation.ts';

export type Check = (value: Record<string, unknown>, pointer: string, report: Report) => void;

export interface StringSchema {
  kind: 'string';
  min?: number;
  max?: number;
  oneOf?: readonly string[];
  /** A name for the wanted form and the test of it. */
  format?: { name: string; test: (text: string) => boolean };
}
export interface NumberSchema {
  kind: 'number';
  integer?: boolean;
  min?: number;
  max?: number;
  /** Greater than, not equal. */
  above?: number;
}
export interface ArraySchema {
  kind: 'array';
  items: Schema;
  min?: number;
  max?: number;
  /** Whether an item may be null (skipped). */
  holes?: boolean;
}
export interface ObjectSchema {
  kind: 'object';
  fields: Record<string, Field>;
  checks?: readonly Check[];
}
/** An object whose `type` says which of the schemas it follows. */
export interface UnionSchema {
  kind: 'union';
  of: Record<string, Schema>;
}
export type Schema =
  | StringSchema
  | NumberSchema
  | { kind: 'any' }
  | { kind: 'boolean' }
  | ArraySchema
  | ObjectSchema
  | UnionSchema
  | { kind: 'lazy'; get: () => Schema };

export type Field = Schema & { required?: boolean };

export const boolean: Schema = { kind: 'boolean' };

export function string(max?: number, min?: number): StringSchema {
  return { kind: 'string', min, max };
}

export function enumOf(...oneOf: string[]): StringSchema {
  return { kind: 'string', oneOf };
}

export function formatted(name: string, test: (text: string) => boolean): StringSchema {
  return { kind: 'string', format: { name, test } };
}

export function integer(min?: number, max?: number): NumberSchema {
  return { kind: 'number', integer: true, min, max };
}

export function array(items: Schema, min?: number, max?: number): ArraySchema {
  return { kind: 'array', items, min, max };
}

export function object(fields: Record<string, Field>, ...checks: Check[]): ObjectSchema {
  return { kind: 'object', fields, checks };
}

export function union(of: Record<string, Schema>): UnionSchema {
  return { kind: 'union', of };
}

export function required<S extends Schema>(schema: S): S & { required: true } {
  return { ...schema, required: true };
}

export function lazy(get: () => Schema): Schema {
  return { kind: 'lazy', get };
}

/** A member of a union: its `type` was read to choose it. */
export function typed(fields: Record<string, Field>, ...checks: Check[]): ObjectSchema {
  return object({ type: string(), ...fields }, ...checks);
}
