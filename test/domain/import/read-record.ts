import { genericMapping } from '../../../src/domain/import/built-in-mappings.ts';
import { importRow } from '../../../src/domain/import/import-row.ts';
import type { Mapping } from '../../../src/domain/import/mapping.ts';

export const now = new Date('2026-06-01T12:00:00Z');

/** The record as line 17 of a file that is imported now. */
export const read = (record: Record<string, unknown>, mapping: Mapping = genericMapping) =>
  importRow({ line: 17, record }, { mapping, now });
