import { describe, expect, it } from 'vitest';
import { parseImportArgs } from '../../src/import/import-args.ts';

describe('the command line of an import', () => {
  it.each([
    ['no file', [], 'Name one file'],
    ['two files', ['a.csv', 'b.csv'], 'Name one file'],
    ['an option that is none', ['a.csv', '--frobnicate'], '--frobnicate'],
    ['a tracker that is none', ['a.csv', '--source', 'trello'], '--source must be one of jira, github'],
    ['both kinds of mapping', ['a.csv', '--source', 'jira', '--mapping', 'm.json'], 'not both'],
    ['no number', ['a.csv', '--batch', 'many'], '--batch must be a whole number'],
    ['too large a number', ['a.csv', '--batch', '99999'], '--batch must be a whole number'],
    ['an empty name', ['a.csv', '--program', ' '], '--program is empty'],
  ])('is refused in words with %s', (_, args, words) => {
    expect(parseImportArgs(args)).toEqual({ bad: [expect.stringContaining(words)] });
  });

  it('needs nothing but a file', () => {
    expect(parseImportArgs(['a.csv'])).toEqual({ ok: { file: 'a.csv', isDryRun: false, batch: 500 } });
  });

  it('names everything that is wrong at once', () => {
    expect(parseImportArgs(['--source', 'trello', '--batch', '0'])).toMatchObject({ bad: { length: 3 } });
  });
});
