import type { Random } from '../../src/domain/stats/random.ts';

/** A body that is no delivery, in a shape that it is hard to refuse well; all of them are signed. */
export type HostileBody = { name: string; body: Buffer; status: 400 | 413 };

const text = (body: string) => Buffer.from(body, 'utf8');
const MEGABYTE = 1_048_576;

export const HOSTILE_BODIES: readonly HostileBody[] = [
  { name: 'nothing', body: text(''), status: 400 },
  { name: 'no JSON', body: text('alert=on&level=5'), status: 400 },
  { name: 'half a JSON', body: text('{"alerts":[{"status":"firing"'), status: 400 },
  { name: 'a list', body: text('[{"alerts":[]}]'), status: 400 },
  { name: 'null', body: text('null'), status: 400 },
  { name: 'a text', body: text('"alerts"'), status: 400 },
  { name: 'nested 60,000 deep', body: text(`${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`), status: 400 },
  { name: 'lists nested 200,000 deep', body: text(`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`), status: 400 },
  { name: '300,000 values', body: text(`{"a":[${'0,'.repeat(300_000)}0]}`), status: 400 },
  {
    name: '90,000 names',
    body: text(`{${Array.from({ length: 90_000 }, (_, i) => `"${i}":0`).join(',')}}`),
    status: 400,
  },
  { name: 'a text of almost a megabyte', body: text(`{"title":"${'x'.repeat(MEGABYTE - 100)}"}`), status: 400 },
  { name: 'a megabyte and a byte', body: text(`{"title":"${'x'.repeat(MEGABYTE)}"}`), status: 413 },
  { name: 'bytes that are no UTF-8', body: Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), status: 400 },
  {
    name: 'half a surrogate in UTF-8',
    body: Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d]),
    status: 400,
  },
  { name: 'a number of a million digits', body: text(`{"seen_at":${'9'.repeat(1_000_000)}}`), status: 400 },
];

/** What stands where a sender has something else, as JSON: JSON.stringify would mend some of them. */
const HOSTILE_VALUES = [
  'null',
  'true',
  '1e400',
  '-1e400',
  '-0',
  '9007199254740993',
  '0.1e-300',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e\\u2066txt"',
  '"<!channel> <@U1> &amp; *x*"',
  '"__proto__"',
  '[]',
  '{}',
  '[[[[[[]]]]]]',
  '{"toString":1,"valueOf":"x","hasOwnProperty":null,"constructor":{"prototype":{}}}',
  '{"__proto__":{"isAdmin":true}}',
  '{"id":1,"id":"2","id":null}',
  '{"length":1e9}',
  '"0001-01-01T00:00:00Z"',
  '"+275760-09-13T00:00:00.001Z"',
  `"${'9'.repeat(400)}"`,
  `"${'a.b-'.repeat(20_000)}"`,
];

/** A delivery of a sender with some of its values, or names, gone wrong. */
export function spoiled(body: object, random: Random): string {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const write = (value: unknown): string => {
    if (random() < 0.06) return pick(HOSTILE_VALUES);
    if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const members = Object.entries(value).map(([name, inner]) => {
      const called = random() < 0.02 ? pick(['toString', '__proto__', 'constructor', '', name.toUpperCase()]) : name;
      return `${JSON.stringify(called)}:${write(inner)}`;
    });
    const twice = random() < 0.05 && members[0] ? [members[0]] : [];
    return `{${[...members, ...twice].join(',')}}`;
  };
  const members = Object.entries(body).map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`);
  return `{${members.join(',')}}`;
}
