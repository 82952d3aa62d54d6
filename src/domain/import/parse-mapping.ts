import { z } from 'zod';
import { SEVERITIES } from '../vocabulary.ts';
import { builtInMappings, genericMapping } from './built-in-mappings.ts';
import { reportFields, requiredFields } from './imported-report.ts';
import type { Mapping } from './mapping.ts';

const notColumns = { error: 'must be the name of a column, or a list of names' };
const columnName = z.string(notColumns).trim().min(1, notColumns);
const columnNames = z.union([columnName, z.array(columnName).min(1, notColumns)], notColumns);

const baseNames = Object.keys(builtInMappings) as (keyof typeof builtInMappings)[];

const mappingSchema = z
  .strictObject(
    {
      ...Object.fromEntries(reportFields.map((field) => [field, columnNames.optional()])),
      base: z.enum(baseNames, { error: `must be one of ${baseNames.join(', ')}` }).optional(),
      severities: z
        .record(z.string(), z.enum(SEVERITIES, { error: 'must be S1, S2, S3 or S4' }), {
          error: 'must be an object such as {"Urgent":"S1"}',
        })
        .optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `${(issue.keys as string[]).map((key) => `"${key}"`).join(', ')} is no field; the fields are ${reportFields.join(', ')}, and base, severities`
          : 'a mapping is an object such as {"sourceId":"Ticket","title":"Subject","reportedAt":"Opened"}',
    },
  )
  .transform((typed) => typed as MappingInput);

type MappingInput = { base?: keyof typeof builtInMappings; severities?: Mapping['severities'] } & Partial<
  Record<(typeof reportFields)[number], string | string[]>
>;

/**
 * Reads a mapping of one's own: {field: column or columns}, with `severities` for the tracker's words and `base` for a
 * built-in mapping that holds for the fields not named.
 */
export function parseMapping(json: string): { ok: Mapping } | { bad: string[] } {
  const value = parseJson(json);
  if (value === undefined) return { bad: ['the mapping is no valid JSON'] };
  const parsed = mappingSchema.safeParse(value);
  if (!parsed.success) {
    return { bad: parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(' ')) };
  }
  const mapping = mappingOf(parsed.data);
  const missing = requiredFields.filter((field) => !mapping.columns[field]);
  return missing.length > 0 ? { bad: [`the mapping names no column for ${missing.join(', ')}`] } : { ok: mapping };
}

function mappingOf({ base, severities, ...typed }: MappingInput): Mapping {
  const from = base && builtInMappings[base];
  const columns = Object.entries(typed).map(([field, names]) => [field, [names].flat()]);
  const lowerCase = Object.entries(severities ?? {}).map(([word, severity]) => [word.trim().toLowerCase(), severity]);
  return {
    ...from,
    name: from ? `${from.name}, adapted` : 'custom',
    columns: { ...from?.columns, ...Object.fromEntries(columns) },
    severities: { ...(from ?? genericMapping).severities, ...Object.fromEntries(lowerCase) },
  };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
