import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvOf } from '../../../src/domain/text/csv-cell.ts';
import { hostileText } from '../../hostile-text.ts';

describe('a cell of an export', () => {
  it.each([
    ['plain text as it is', 'Webhook times out', 'Webhook times out'],
    ['a number as it is, a negative one too', -3, '-3'],
    ['nothing for nothing', null, ''],
    ['quotes and commas by the rules of CSV', 'say "hi", then', '"say ""hi"", then"'],
    ['an e-mail address or a sum inside as they are', 'ana@example.com 1+1=2', 'ana@example.com 1+1=2'],
    ['a formula as text', '=1+1', "'=1+1"],
    ['a plus, a minus and an at sign at its beginning as text', '+1', "'+1"],
    ['a minus', '-1', "'-1"],
    ['an at sign', '@SUM(1)', "'@SUM(1)"],
    ['a formula in full width', '＝1+1', "'＝1+1"],
    ['the others in full width', '＠SUM(1)', "'＠SUM(1)"],
    ['a formula behind spaces', '  =1', "'  =1"],
    ['a formula behind a quote', '"=1', '"\'""=1"'],
    ['a formula behind what nobody sees', '\u200b=1', "'\u200b=1"],
    ['a tab at its beginning', '\tx', '"\'\tx"'],
    ['a carriage return at its beginning', '\rx', '"\'\rx"'],
    ['a formula behind a semicolon, where that parts cells', 'a;=1', '"a;\'=1"'],
    ['a formula behind a semicolon and a quote', 'a; "=1', '"a;\' ""=1"'],
    ['a formula on a line of its own', 'a\n@b', '"a\n\'@b"'],
    ['a formula behind a comma, a tab and a bar', 'a,-1\t+2|=3', "\"a,'-1\t'+2|'=3\""],
  ])('holds %s', (_, value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('is one of a file', () => {
    expect(csvOf([['D-1', 'a,b', 3, null], ['D-2']])).toBe('D-1,"a,b",3,\r\nD-2');
  });

  it('begins no formula at any separator, whatever it holds', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const parts = csvCell(text).split(/[,;|\t\r\n]/);
        expect(parts.filter((part) => /^[\s"\p{Cf}]*[=+\-@＝＋－＠]/u.test(part))).toEqual([]);
      }),
    );
  });
});
