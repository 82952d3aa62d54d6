import { openAsBlob } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { expect, inject, it } from 'vitest';
import { EMBEDDED_SETTINGS } from '../../../../src/db/engine/embedded/embedded-settings.ts';
import { keepParsers } from '../../../../src/db/engine/embedded/keep-parsers.ts';

const DAY = `select date '2026-11-28' as day`;
const asText = { parsers: { 1082: (value: string) => value } };

it('a query is read by the parsers that came with it, in a transaction too, and leaves the rest as they are', async () => {
  const loadDataDir = await openAsBlob(inject('embeddedTemplate'));
  const client = await PGlite.create({ loadDataDir, extensions: { pg_trgm }, startParams: EMBEDDED_SETTINGS });
  keepParsers(client);
  const expected = { rows: [['2026-11-28', 7n]] };
  const query = `select date '2026-11-28' as day, 7::int8 as n`;
  const parsers = { ...asText.parsers, 20: BigInt };
  expect(await client.query(query, [], { rowMode: 'array', parsers })).toMatchObject(expected);
  expect(await client.transaction((tx) => tx.query(query, [], { rowMode: 'array', parsers }))).toMatchObject(expected);
  expect((await client.query('select true as is, array[1, 2] as n')).rows).toEqual([{ is: true, n: [1, 2] }]);
  await client.close();
});

it('parsers are told to the client once, so that it need not put them among its own at each query', async () => {
  const given: unknown[] = [];
  const parsers = {};
  const query = async (_text: string, _params?: unknown[], options?: object) => {
    given.push(options);
    return { rows: [], fields: [] };
  };
  const client = { query, transaction: () => Promise.reject(new Error('none here')), parsers };
  keepParsers(client as unknown as Parameters<typeof keepParsers>[0]);
  await client.query(DAY, [], { ...asText, rowMode: 'array' });
  expect(given).toEqual([{ rowMode: 'array' }]);
  expect(parsers).toEqual(asText.parsers);
});
