// Each connection of the server keeps what was prepared.
const MOST_PREPARED = 300;
const MOST_SEEN = 1_000;
// Longer ones are inserts of many rows, of which there is one text for each number of rows.
const LONGEST = 4_000;

/**
 * Tells whether to prepare a statement: a second time it is worth it, since the server then parses it no more and answers
 * in one round trip instead of two. One that begins with `with` has a plan that hangs on its values, so it is planned
 * anew each time.
 */
export function preparedStatements(): (statement: string) => boolean {
  const prepared = new Set<string>();
  const seen = new Set<string>();
  return (statement) => {
    if (prepared.has(statement)) return true;
    if (statement.length > LONGEST || prepared.size >= MOST_PREPARED || /^\s*with\b/i.test(statement)) return false;
    if (seen.delete(statement)) {
      prepared.add(statement);
      return true;
    }
    if (seen.size >= MOST_SEEN) seen.clear();
    seen.add(statement);
    return false;
  };
}
