import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const HOOK = new URL('../../src/process/drizzle-imports.ts', import.meta.url).href;
const FOLDER = fileURLToPath(new URL('../../', import.meta.url));

/** What a process of its own prints, whose imports nobody has changed before. */
async function printed(script: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: FOLDER,
  });
  return JSON.parse(stdout);
}

const ENTRIES = ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/pglite', 'drizzle-orm/postgres-js/migrator'];
const LOAD = `
  const loaded = {};
  for (const entry of ${JSON.stringify(ENTRIES)}) {
    loaded[entry] = [import.meta.resolve(entry), Object.keys(await import(entry)).sort()];
  }
  console.log(JSON.stringify(loaded));`;

it('the query builder is the same whether it is resolved once or each time', async () => {
  const hooked = `const { resolveDrizzleOnce } = await import('${HOOK}'); resolveDrizzleOnce(); ${LOAD}`;
  const [plain, once] = await Promise.all([printed(LOAD), printed(hooked)]);
  expect(Object.keys(plain as object)).toEqual(ENTRIES);
  expect(once).toEqual(plain);
});

it('a class of the query builder is one and the same, however it is reached', async () => {
  const script = `
    const { resolveDrizzleOnce } = await import('${HOOK}');
    resolveDrizzleOnce();
    const [{ SQL }, beside] = [await import('drizzle-orm'), await import('./node_modules/drizzle-orm/sql/sql.js')];
    console.log(JSON.stringify(SQL === beside.SQL));`;
  expect(await printed(script)).toBe(true);
});

it('a missing part of the query builder is still refused', async () => {
  const script = `
    const { resolveDrizzleOnce } = await import('${HOOK}');
    resolveDrizzleOnce();
    const said = [];
    for (const entry of ['drizzle-orm/no-such-entry', 'drizzle-orm-next'])
      await import(entry).catch((error) => said.push(error.code));
    console.log(JSON.stringify(said));`;
  expect(await printed(script)).toEqual(['ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_MODULE_NOT_FOUND']);
});
