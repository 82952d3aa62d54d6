/** One record of a file as it stands there, or why it cannot be read. `line` is where it begins, from 1. */
export type RawRow = { line: number; record: Record<string, unknown> } | { line: number; reason: string };

/** Longer records are a sign of a quote or bracket that is never closed; they are not kept in memory. */
export const maxRecordBytes = 16 * 1024 * 1024;

export const notUtf8 = (badByte: string) =>
  `is not valid UTF-8 (${badByte}); save the file as UTF-8 and import it again`;
