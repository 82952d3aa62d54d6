import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyRing, MissingKey } from '../../../src/db/engine/sealed.ts';

const place = { workspaceId: 'T1', column: 'signal_sources.secrets', row: 'a' };
const [first, second] = [randomBytes(32), randomBytes(32)];

describe('a sealed value', () => {
  it('opens with its key to what it was, whatever that was, and says nothing of it', () => {
    const keys = keyRing([first]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 4 }), (plain) => {
        const sealed = keys.seal(plain, place);
        expect(keys.open(sealed, place)).toBe(plain.toWellFormed());
        expect(sealed).not.toContain(plain);
      }),
    );
    expect(keys.seal('the same', place)).not.toBe(keys.seal('the same', place));
  });

  it('opens neither in another workspace, column or row, nor when a byte of it was changed', () => {
    const keys = keyRing([first]);
    const sealed = keys.seal('whsec_1', place);
    for (const other of [{ workspaceId: 'T2' }, { column: 'installations.token' }, { row: 'b' }])
      expect(() => keys.open(sealed, { ...place, ...other })).toThrow();
    for (let i = sealed.lastIndexOf(':') + 1; i < sealed.length - 1; i += 1) {
      const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? 'B' : 'A') + sealed.slice(i + 1);
      expect(() => keys.open(changed, place)).toThrow();
    }
  });

  it('names the key it wants where that is not given, and opens once it stands behind the current one', () => {
    const [before, now] = [keyRing([first]), keyRing([second])];
    const sealed = before.seal('whsec_1', place);
    expect(() => now.open(sealed, place)).toThrow(MissingKey);
    expect(() => now.open(sealed, place)).toThrow(`sealed with the key ${before.currentId}`);
    const both = keyRing([second, first]);
    expect(both.open(sealed, place)).toBe('whsec_1');
    expect(both.seal('whsec_2', place)).toContain(`:${now.currentId}:`);
  });
});
