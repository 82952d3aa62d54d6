import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { own } from './packed-browser.ts';

it('a browser is run only from a folder that nobody else can have written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'burndown-own-'));
  chmodSync(folder, 0o755);
  expect(own(folder)).toBe(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(() => own(folder, (process.getuid?.() ?? 0) + 1)).toThrow('belongs to another user');
  chmodSync(folder, 0o770);
  expect(() => own(folder)).toThrow('can be written by others');
  symlinkSync(tmpdir(), join(folder, 'link'));
  expect(() => own(join(folder, 'link'))).toThrow('is no folder');
  rmSync(folder, { recursive: true });
});
