import type { ArraySchema, NumberSchema, ObjectSchema, Schema, StringSchema, UnionSchema } from './schema.ts';
import { fail, miss, mistype, type Report, unsupported } from './violation.ts';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reports every place where `value` departs from `schema`; `pointer` is where the value stands in the payload. */
export function checkSchema(schema: Schema, value: unknown, pointer: string, report: Report): void {
  if (schema.kind === 'string') checkString(schema, value, pointer, report);
  else if (schema.kind === 'number') checkNumber(schema, value, pointer, report);
  else if (schema.kind === 'array') checkArray(schema, value, pointer, report);
  else if (schema.kind === 'union') checkUnion(schema, value, pointer, report);
  else if (schema.kind === 'object') checkObject(schema, value, pointer, report);
  else if (typeof value !== 'boolean') mistype(report, pointer, 'must be a boolean');
}

function checkString(schema: StringSchema, value: unknown, pointer: string, report: Report): void {
  if (typeof value !== 'string') {
    mistype(report, pointer, 'must provide a string');
    return;
  }
  const { min, max, oneOf, pattern, format } = schema;
  const got = value.length;
  if (min !== undefined && got < min) {
    fail(report, pointer, `must be more than ${min - 1} characters`, { type: 'min_length', expected: min, got });
  }
  if (max !== undefined && got > max) {
    fail(report, pointer, `must be less than ${max + 1} characters`, { type: 'max_length', expected: max, got });
  }
  if (oneOf && !oneOf.includes(value)) {
    fail(report, pointer, 'must be a valid enum value', { type: 'enum', expected: oneOf, got: value });
  }
  if (pattern !== undefined && !new RegExp(pattern).test(value)) {
    const message = `input must match regex pattern: ${pattern}`;
    fail(report, pointer, message, { type: 'pattern', expected: pattern, got: value });
  }
  if (format && !format.test(value)) {
    const message = `input must be a valid: ${format.name}`;
    fail(report, pointer, message, { type: 'format', expected: format.name, got: value });
  }
}

function checkNumber(schema: NumberSchema, value: unknown, pointer: string, report: Report): void {
  const { integer, min, max, above } = schema;
  if (typeof value !== 'number' || !(integer ? Number.isInteger(value) : Number.isFinite(value))) {
    mistype(report, pointer, integer ? 'must provide an integer' : 'must provide a number');
    return;
  }
  if (min !== undefined && value < min) {
    fail(report, pointer, `must be greater than ${min}`, { type: 'minimum', expected: min, got: value });
  }
  if (max !== undefined && value > max) {
    fail(report, pointer, `must be less than ${max}`, { type: 'maximum', expected: max, got: value });
  }
  if (above !== undefined && value <= above) {
    fail(report, pointer, `must be greater than ${above}`, { type: 'minimum', expected: above, got: value });
  }
}

function checkArray(schema: ArraySchema, value: unknown, pointer: string, report: Report): void {
  if (!Array.isArray(value)) {
    mistype(report, pointer, 'must provide an array');
    return;
  }
  const { min, max } = schema;
  const got = value.length;
  if (min !== undefined && got < min) {
    fail(report, pointer, `must provide at least ${min} items`, { type: 'min_items', expected: min, got });
  }
  if (max !== undefined && got > max) {
    fail(report, pointer, `no more than ${max} items allowed`, { type: 'max_items', expected: max, got });
  }
  for (const [index, item] of value.entries()) {
    if (item === null && schema.holes) continue;
    checkSchema(schema.items, item, `${pointer}/${index}`, report);
  }
}

function checkUnion(schema: UnionSchema, value: unknown, pointer: string, report: Report): void {
  if (!isRecord(value)) {
    mistype(report, pointer, 'must provide an object');
    return;
  }
  const { type } = value;
  const member = typeof type === 'string' && Object.hasOwn(schema.of, type) ? schema.of[type] : undefined;
  if (member) checkSchema(member, value, pointer, report);
  else if (type === undefined) miss(report, pointer, 'type');
  else unsupported(report, pointer, Object.keys(schema.of), type);
}

function checkObject(schema: ObjectSchema, value: unknown, pointer: string, report: Report): void {
  if (!isRecord(value)) {
    mistype(report, pointer, 'must provide an object');
    return;
  }
  for (const [name, field] of Object.entries(schema.fields)) {
    if (value[name] !== undefined) checkSchema(field, value[name], `${pointer}/${name}`, report);
    else if (field.required) miss(report, pointer, name);
  }
  for (const got of Object.keys(value).filter((key) => !Object.hasOwn(schema.fields, key))) {
    fail(report, pointer, `invalid additional property: ${got}`, { type: 'additional_properties', got });
  }
  for (const check of schema.checks ?? []) check(value, pointer, report);
}
