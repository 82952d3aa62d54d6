import type { PGliteInterface } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import { takeTurns } from '../../../../src/db/engine/embedded/take-turns.ts';

/** A client that answers within the microtask queue, and how many statements it answered in each turn of the event loop. */
function countingClient() {
  const inTurns = [0];
  const query = async () => {
    inTurns[inTurns.length - 1] = (inTurns.at(-1) ?? 0) + 1;
    return { rows: [], fields: [] };
  };
  const transaction = async (work: (tx: { query: typeof query }) => unknown) => work({ query });
  const client = { query, transaction } as unknown as Pick<PGliteInterface, 'query' | 'transaction'>;
  takeTurns(client);
  return { client, inTurns };
}

async function turnsDuring(work: () => Promise<unknown>, inTurns: number[]): Promise<number[]> {
  let isOver = false;
  const next = () => {
    inTurns.push(0);
    if (!isOver) setImmediate(next);
  };
  setImmediate(next);
  await work();
  isOver = true;
  return inTurns.filter((statements) => statements > 0);
}

it('many who ask the embedded database at once share the few statements of each turn', async () => {
  const { client, inTurns } = countingClient();
  const ask = async () => {
    for (let i = 0; i < 20; i += 1) await client.query('select 1');
  };
  const turns = await turnsDuring(() => Promise.all([ask(), ask(), ask(), ask(), ask()]), inTurns);
  expect(Math.max(...turns)).toBe(10);
  expect(turns.reduce((sum, one) => sum + one, 0)).toBe(100);
});

it('a long transaction on the embedded database lets others in after every few statements', async () => {
  const { client, inTurns } = countingClient();
  const work = () =>
    client.transaction(async (tx) => {
      for (let i = 0; i < 25; i += 1) await tx.query('select 1');
    });
  expect(await turnsDuring(work, inTurns)).toEqual([10, 10, 5]);
});

it('a statement with a megabyte of text is the last of its turn on the embedded database', async () => {
  const { client, inTurns } = countingClient();
  const large = ['x'.repeat(1_000_000)];
  const ask = () => client.query('insert', large);
  expect(await turnsDuring(() => Promise.all([ask(), ask(), ask()]), inTurns)).toEqual([1, 1, 1]);
});
