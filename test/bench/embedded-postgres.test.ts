import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const wrapper = new URL('../../bench/kit/embedded-postgres.ts', import.meta.url).href;

it('a process that has used a server of its own ends with the exit code that it has set', async () => {
  const bench = `
    const { loadEmbeddedPostgres } = await import('${wrapper}');
    await loadEmbeddedPostgres();
    process.exitCode = 3;`;
  await expect(run(process.execPath, ['--input-type=module', '--eval', bench])).rejects.toMatchObject({ code: 3 });
});
