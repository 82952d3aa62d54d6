import type { ArraySchema, NumberSchema, ObjectSchema, Schema, StringSchema, UnionSchema } from './schema.ts';
import { fail, miss, type Report } from './violation.ts';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reports every place where `value` departs from `schema`; `pointer` is where the value stands in the payload. */
export function checkSchema(schema: Schema, value: unknown, pointer: string, report: Report): void {
  if (schema.kind === 'any') return;
  if (schema.kind === 'lazy') checkSchema(schema.get(), value, pointer, report);
  else if (schema.kind === 'string') checkString(schema, value, pointer, report);
  else if (schema.kind === 'number') checkNumber(schema, value, pointer, report);
  else if (schema.kind === 'array') checkArray(schema, value, pointer, report);
  else if (schema.kind === 'union') checkUnion(schema, value, pointer, report);
  else if (schema.kind === 'object') checkObject(schema, value, pointer, report);
  else if (typeof value !== 'boolean') wrongType('boolean', value, pointer, report);
}

function wrongType(expected: string, value: unknown, pointer: string, report: Report): void {
  const got = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const article = /^[aio]/.test(expected) ? 'an' : 'a';
  fail(report, pointer, `must be ${article} ${expected}`, { type: 'type', expected, got });
}

function checkString(schema: StringSchema, value: unknown, pointer: string, report: Report): void {
  if (typeof value !== 'string') {
    wrongType('string', value, pointer, report);
    return;
  }
  const { min, max, oneOf, format } = schema;
  if (min !== undefined && value.length < min) {
    fail(report, pointer, `must be more than ${min - 1} characters`, { type: 'min_length', expected: min });
  }
  if (max !== undefined && value.length > max) {
    fail(report, pointer, `must be less than ${max + 1} characters`, { type: 'max_length', expected: max });
  }
  if (oneOf && !oneOf.includes(value)) {
    fail(report, pointer, `must be one of: ${oneOf.join(', ')}`, { type: 'enum', expected: oneOf, got: value });
  }
  if (format && !format.test(value)) {
    fail(report, pointer, `must be a valid ${format.name}`, { type: 'format', expected: format.name });
  }
}

function checkNumber(schema: NumberSchema, value: unknown, pointer: string, report: Report): void {
  const { integer, min, max, above } = schema;
  if (typeof value !== 'number' || !(integer ? Number.isInteger(value) : Number.isFinite(value))) {
    wrongType(integer ? 'integer' : 'number', value, pointer, report);
    return;
  }
  if (min !== undefined && value < min) {
    fail(report, pointer, `must be no less than ${min}`, { type: 'minimum', expected: min });
  }
  if (max !== undefined && value > max) {
    fail(report, pointer, `must be no more than ${max}`, { type: 'maximum', expected: max });
  }
  if (above !== undefined && value <= above) {
    fail(report, pointer, `must be greater than ${above}`, { type: 'exclusive_minimum', expected: above });
  }
}

function checkArray(schema: ArraySchema, value: unknown, pointer: string, report: Report): void {
  if (!Array.isArray(value)) {
    wrongType('array', value, pointer, report);
    return;
  }
  const { min, max } = schema;
  if (min !== undefined && value.length < min) {
    fail(report, pointer, `no fewer than ${min} items allowed`, { type: 'min_items', expected: min });
  }
  if (max !== undefined && value.length > max) {
    fail(report, pointer, `no more than ${max} items allowed`, { type: 'max_items', expected: max });
  }
  for (const [index, item] of value.entries()) {
    if (item === null && schema.holes) continue;
    checkSchema(schema.items, item, `${pointer}/${index}`, report);
  }
}

function checkUnion(schema: UnionSchema, value: unknown, pointer: string, report: Report): void {
  if (!isRecord(value)) {
    wrongType('object', value, pointer, report);
    return;
  }
  const { type } = value;
  const member = typeof type === 'string' && Object.hasOwn(schema.of, type) ? schema.of[type] : undefined;
  if (member) checkSchema(member, value, pointer, report);
  else if (type === undefined) miss(report, pointer, 'type');
  else {
    const expected = Object.keys(schema.of);
    fail(report, `${pointer}/type`, `unsupported type: ${type}`, { type: 'enum', expected, got: type });
  }
}

function checkObject(schema: ObjectSchema, value: unknown, pointer: string, report: Report): void {
  if (!isRecord(value)) {
    wrongType('object', value, pointer, report);
    return;
  }
  for (const [name, field] of Object.entries(schema.fields)) {
    if (value[name] !== undefined) checkSchema(field, value[name], `${pointer}/${name}`, report);
    else if (field.required) miss(report, pointer, name);
  }
  const expected = Object.keys(schema.fields);
  for (const name of Object.keys(value).filter((key) => !Object.hasOwn(schema.fields, key))) {
    const message = `invalid additional property: ${name}`;
    fail(report, `${pointer}/${escapeToken(name)}`, message, { type: 'additional_property', expected });
  }
  for (const check of schema.checks ?? []) check(value, pointer, report);
}

function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
