import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { RawRow } from '../../src/import/raw-row.ts';
import { readRecords } from '../../src/import/read-records.ts';

async function* chunksOf(content: string | Buffer, size = 1 << 16): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rowsOf(content: string | Buffer, size?: number): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of readRecords(chunksOf(content, size))) rows.push(row);
  return rows;
}

describe('a CSV file', () => {
  it('gives a record for each row with the line on which it begins', async () => {
    expect(await rowsOf('id,title\n1,one\n\n\n"2","two\nlines"\n3,three')).toEqual([
      { line: 2, record: { id: '1', title: 'one' } },
      { line: 5, record: { id: '2', title: 'two\nlines' } },
      { line: 7, record: { id: '3', title: 'three' } },
    ]);
  });

  it('may come from a spreadsheet: a byte order mark, CRLF, semicolons, empty trailing rows', async () => {
    expect(await rowsOf('\uFEFFid;title;\r\n1;"a; ""b""\r\nc";\r\n;;\r\n2;x;\r\n')).toEqual([
      { line: 2, record: { id: '1', title: 'a; "b"\nc', '': '' } },
      { line: 5, record: { id: '2', title: 'x', '': '' } },
    ]);
  });

  test.each([
    ['tabs', 'id\ttitle\n1\ta,b', { id: '1', title: 'a,b' }],
    ['bars', 'id|title\n1|a,b', { id: '1', title: 'a,b' }],
    ['old Mac line ends', 'id,title\r1,a', { id: '1', title: 'a' }],
    ['columns of the same name', 'id,Component,Component,Component\n1,a,,b', { id: '1', Component: ['a', '', 'b'] }],
  ])('may have %s', async (_what, content, record) => {
    expect(await rowsOf(content)).toEqual([{ line: 2, record }]);
  });

  it('with too few or too many columns in a row says so and goes on', async () => {
    expect(await rowsOf('id,title\n1\n2,a,b\n3,c,\n4,d')).toEqual([
      { line: 2, reason: 'has 1 column, but the header has 2 columns' },
      { line: 3, reason: 'has 3 columns, but the header has 2 columns' },
      { line: 4, record: { id: '3', title: 'c' } },
      { line: 5, record: { id: '4', title: 'd' } },
    ]);
  });

  it('with a quote in the middle of a field loses that row only', async () => {
    expect(await rowsOf('id,title\n1,5" disk\n2,b')).toEqual([
      { line: 2, reason: 'a quote is out of place; put the field in quotes and write "" for a quote inside it' },
      { line: 3, record: { id: '2', title: 'b' } },
    ]);
  });

  it('with a quote that closes too late names the lines it cost and reads on', async () => {
    expect(await rowsOf('id,title\n1,a\n2,"open\n3,c\n4,"d"\n5,e\n')).toEqual([
      { line: 2, record: { id: '1', title: 'a' } },
      {
        line: 3,
        reason:
          'lines 3 to 5 cannot be read: a quote is out of place; put the field in quotes and write "" for a quote inside it',
      },
      { line: 6, record: { id: '5', title: 'e' } },
    ]);
  });

  it('with a quote that never closes names the line where it opens', async () => {
    expect(await rowsOf('id,title\n1,a\n2,"open\n3,c\n4,d')).toEqual([
      { line: 2, record: { id: '1', title: 'a' } },
      { line: 3, reason: 'lines 3 to 5 cannot be read: a quote is opened and never closed' },
    ]);
  });

  it('with a quote that never closes does not fill the memory', async () => {
    const rows = await rowsOf(`id,title\n1,a\n2,"${'x\n'.repeat(9 << 20)}`);
    expect(rows).toEqual([
      { line: 2, record: { id: '1', title: 'a' } },
      { line: 3, reason: expect.stringContaining('is longer than 16 MB, so a quote in it is probably never closed') },
    ]);
  });

  it('with bytes that are not UTF-8 names the column and the byte', async () => {
    const latin1 = Buffer.concat([Buffer.from('id,title\n1,caf'), Buffer.from([0xe9]), Buffer.from('\n2,ok\n')]);
    expect(await rowsOf(latin1)).toEqual([
      {
        line: 2,
        reason: 'title: is not valid UTF-8 (0xE9 at byte 4); save the file as UTF-8 and import it again',
      },
      { line: 3, record: { id: '2', title: 'ok' } },
    ]);
  });

  it('with an unreadable header imports nothing', async () => {
    const rows = await rowsOf(Buffer.concat([Buffer.from('id,tit'), Buffer.from([0xff]), Buffer.from('\n1,a\n')]));
    expect(rows).toEqual([{ line: 1, reason: 'the header line cannot be read, so no row was imported' }]);
  });

  it('with a header and nothing else has no rows', async () => {
    expect(await rowsOf('id,title\n')).toEqual([]);
  });

  it('keeps a column called __proto__ a column', async () => {
    const [row] = await rowsOf('id,__proto__\n1,x');
    expect(row && 'record' in row && Object.entries(row.record)).toEqual([
      ['id', '1'],
      ['__proto__', 'x'],
    ]);
  });
});

describe('a JSON Lines file', () => {
  it('gives a record a line, with blank lines counted and left out', async () => {
    expect(await rowsOf('\uFEFF{"id":1}\r\n\r\n  \n{"id":2}')).toEqual([
      { line: 1, record: { id: 1 } },
      { line: 4, record: { id: 2 } },
    ]);
  });

  it('loses only the lines that are broken', async () => {
    const bad = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    const content = Buffer.concat([
      Buffer.from('{"id":1}\n{"id":\n[1]\n"x"\nnull\n'),
      bad,
      Buffer.from('\n{"id":2}\n'),
    ]);
    expect(await rowsOf(content)).toEqual([
      { line: 1, record: { id: 1 } },
      { line: 2, reason: 'is no valid JSON: {"id":' },
      { line: 3, reason: 'is no JSON object: [1]' },
      { line: 4, reason: 'is no JSON object: "x"' },
      { line: 5, reason: 'is no JSON object: null' },
      { line: 6, reason: 'is not valid UTF-8 (0xC3 at byte 8); save the file as UTF-8 and import it again' },
      { line: 7, record: { id: 2 } },
    ]);
  });

  it('passes over a line of more than 16 MB', async () => {
    const rows = await rowsOf(`{"id":1}\n{"id":"${'x'.repeat(17 << 20)}"}\n{"id":2}\n`);
    expect(rows).toEqual([
      { line: 1, record: { id: 1 } },
      { line: 2, reason: 'is longer than 16 MB' },
      { line: 3, record: { id: 2 } },
    ]);
  });
});

describe('a JSON file', () => {
  it('with a list of objects gives each with its line', async () => {
    expect(await rowsOf('[\n  {"id": 1, "t": "a]}\\"[,"},\n  {\n    "id": [2, {"x": []}]\n  }\n]\n')).toEqual([
      { line: 2, record: { id: 1, t: 'a]}"[,' } },
      { line: 3, record: { id: [2, { x: [] }] } },
    ]);
  });

  test.each([
    ['{"expand":"names","startAt":0,"issues":[{"key":"A-1"}],"total":1}', 1],
    ['{\n  "names": ["x"],\n  "warnings": [],\n  "issues": [\n    {"key": "A-1"}\n  ]\n}', 5],
  ])('with the list inside an object finds it: %j', async (content, line) => {
    expect(await rowsOf(content)).toEqual([{ line, record: { key: 'A-1' } }]);
  });

  it('with elements that are no objects names them', async () => {
    expect(await rowsOf('[1, {"id":1}, nul, "a,b"]')).toEqual([
      { line: 1, reason: 'is no JSON object: 1' },
      { line: 1, record: { id: 1 } },
      { line: 1, reason: 'is no valid JSON: nul' },
      { line: 1, reason: 'is no JSON object: "a,b"' },
    ]);
  });

  it('that is cut off keeps what came before', async () => {
    expect(await rowsOf('[{"id":1},\n{"id":2')).toEqual([
      { line: 1, record: { id: 1 } },
      { line: 2, reason: 'is cut off: the file ends inside this record' },
    ]);
    expect(await rowsOf('[{"id":1},\n')).toEqual([
      { line: 1, record: { id: 1 } },
      { line: 2, reason: 'the file ends before its list is closed' },
    ]);
  });

  it('with an empty list, or no list, says so', async () => {
    expect(await rowsOf('[]')).toEqual([{ line: 1, reason: 'holds no list of records' }]);
    expect(await rowsOf('{\n"a": 1\n}')).toEqual([{ line: 1, reason: 'holds no list of records' }]);
  });
});

describe('a file of another kind', () => {
  test.each(['', '\uFEFF \n'])('such as the empty %j is named', async (content) => {
    expect(await rowsOf(content)).toEqual([{ line: 1, reason: 'the file is empty' }]);
  });

  it('such as UTF-16 is named', async () => {
    const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('id,title', 'utf16le')]);
    expect(await rowsOf(marked)).toEqual([
      { line: 1, reason: 'the file is UTF-16; save it as UTF-8 and import it again' },
    ]);
  });

  it('such as a spreadsheet is named', async () => {
    expect(await rowsOf(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).toEqual([
      { line: 1, reason: 'the file is neither CSV nor JSON; export it as one of them' },
    ]);
  });
});

describe('the size of the chunks', () => {
  const cells = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', '漢', '😀', ' ', '{', ']', '\\') });
  const records = fc.array(fc.record({ id: fc.nat().map(String), title: cells.map((cell) => `x${cell}`) }), {
    minLength: 1,
    maxLength: 8,
  });
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

  test.each([
    [
      'CSV',
      (rows: { id: string; title: string }[]) =>
        ['id,title', ...rows.map((row) => `${row.id},${quoted(row.title)}`)].join('\r\n'),
    ],
    ['JSON Lines', (rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n')],
    ['JSON', (rows: object[]) => JSON.stringify(rows, null, 2)],
  ])('changes nothing, and what was written is read: %s', async (_form, write) => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
        const read = await rowsOf(write(rows), size);
        expect(read.map((row) => ('record' in row ? row.record : row.reason))).toEqual(rows);
        expect(await rowsOf(write(rows))).toEqual(read);
      }),
      { numRuns: 150 },
    );
  });

  it('means nothing to arbitrary bytes: they end in rows, never in a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
        for (const row of await rowsOf(Buffer.from(bytes), size)) expect(row.line).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a file on disk', () => {
  it('is closed when the reader stops early, and a missing one is an error', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'burndown-import-'));
    try {
      const file = join(folder, 'big.csv');
      await writeFile(file, `id,title\n${'1,some title\n'.repeat(200_000)}`);
      const stream = createReadStream(file);
      for await (const row of readRecords(stream)) {
        expect(row).toEqual({ line: 2, record: { id: '1', title: 'some title' } });
        break;
      }
      expect(stream.destroyed).toBe(true);
      const missing = readRecords(createReadStream(join(folder, 'none.csv')));
      await expect(missing.next()).rejects.toThrow('ENOENT');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
