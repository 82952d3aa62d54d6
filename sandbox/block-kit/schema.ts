import type { Report } from './violation.ts';

export type Check = (value: Record<string, unknown>, pointer: string, report: Report) => void;

export interface StringSchema {
  kind: 'string';
  min?: number;
  max?: number;
  oneOf?: readonly string[];
  pattern?: string;
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
  /** Whether an item may be null, that is skipped. */
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

export type Schema = StringSchema | NumberSchema | { kind: 'boolean' } | ArraySchema | ObjectSchema | UnionSchema;

export type Field = Schema & { required?: boolean };

export const boolean: Schema = { kind: 'boolean' };
export const number: Schema = { kind: 'number' };

export function string(max?: number, min?: number): StringSchema {
  return { kind: 'string', min, max };
}

/** Text that is not empty, however long. */
export const someText = string(undefined, 1);

export function enumOf(...oneOf: string[]): StringSchema {
  return { kind: 'string', oneOf };
}

export function formatted(name: string, test: (text: string) => boolean, max?: number): StringSchema {
  return { kind: 'string', format: { name, test }, max };
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

/** A member of a union: its `type` was read to choose it. */
export function typed(fields: Record<string, Field>, ...checks: Check[]): ObjectSchema {
  return object({ type: string(), ...fields }, ...checks);
}

export function required<S extends Schema>(schema: S): S & { required: true } {
  return { ...schema, required: true };
}
