import { type Queried, wrapQueries } from '../wrap-queries.ts';

const IN_A_ROW = 10;
/** A statement with a megabyte of text takes as long as ten others, and one with less than this as long as one. */
const LARGE_TEXT = 100_000;

/** Lets sockets and timers in, in the middle of long work. */
export async function letOthersIn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Lets sockets and timers in after every few statements, or one with much text, whoever has asked for them. The embedded database
 * answers within the microtask queue, so they would otherwise hold up every ack and heartbeat until the last is answered.
 */
export function takeTurns(client: Queried): void {
  let turn: { statements: number; over: Promise<void> } | undefined;
  // One turn for all: if each who waits had its own, all of these would follow each other without a break.
  const begun = () => {
    turn ??= {
      statements: 0,
      over: letOthersIn().then(() => {
        turn = undefined;
      }),
    };
    return turn;
  };
  wrapQueries(client, (query) => async (...statement) => {
    let mine = begun();
    while (mine.statements >= IN_A_ROW) {
      await mine.over;
      mine = begun();
    }
    mine.statements += 1 + largeTexts(statement[1] ?? []);
    return query(...statement);
  });
}

function largeTexts(given: readonly unknown[]): number {
  return given.reduce<number>(
    (sum, one) => sum + (typeof one === 'string' ? Math.floor(one.length / LARGE_TEXT) : 0),
    0,
  );
}
