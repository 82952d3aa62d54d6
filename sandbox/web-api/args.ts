import { ApiError, invalidArguments } from './api-error.ts';

export type Args = ReturnType<typeof readArgs>;

function plain(value: unknown, pointer: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalidArguments('must be a string', pointer);
}

/** Arguments of a call, whichever encoding they came in: forms carry nested values as JSON text. */
export function readArgs(raw: { [name: string]: unknown }) {
  const given = (name: string): unknown => {
    const value = raw[name];
    return value === null || value === '' ? undefined : value;
  };

  const string = (name: string): string | undefined => {
    const value = given(name);
    if (value === undefined) return undefined;
    return plain(value, `/${name}`);
  };

  const number = (name: string): number | undefined => {
    const value = string(name);
    if (value === undefined) return undefined;
    const parsed = Number(value);
    if (!Number.isFinite(parsed)) throw invalidArguments('must be a number', `/${name}`);
    return parsed;
  };

  const json = (name: string, malformed: string): unknown => {
    const value = given(name);
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw new ApiError(malformed);
    }
  };

  return {
    raw,
    has: (name: string) => raw[name] !== undefined && raw[name] !== null,
    string,
    number,
    json,
    /** Present even when it is the empty string. */
    text: (name: string): string | undefined => (raw[name] === '' ? '' : string(name)),
    required(name: string): string {
      const value = string(name);
      if (value === undefined) throw missing(name);
      return value;
    },
    boolean(name: string): boolean | undefined {
      const value = string(name);
      if (value === undefined) return undefined;
      return value === 'true' || value === '1';
    },
    list(name: string): string[] | undefined {
      const value = given(name);
      if (value === undefined) return undefined;
      const entries = typeof value === 'string' && value.startsWith('[') ? json(name, 'invalid_arguments') : value;
      if (Array.isArray(entries)) return entries.map((entry, index) => plain(entry, `/${name}/${index}`));
      return plain(entries, `/${name}`)
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean);
    },
  };
}

export function missing(name: string): ApiError {
  return new ApiError('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
}
