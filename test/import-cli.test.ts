// @module-tag slow
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { lockDirectory } from '../src/db/engine/embedded/directory-lock.ts';
import { loadEmbedded } from '../src/db/engine/embedded/embedded-dump.ts';
import { runImport } from '../src/import.ts';

const IMPORT = fileURLToPath(new URL('../src/import.ts', import.meta.url));
const GOOD =
  'id,title,reported_at,resolved_at,resolution\nK-1,Sync stops,2026-01-02,2026-01-09,Fixed\nK-2,Invoice twice,2026-01-03,,\n';

describe('npm run import', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'import-cli-'));
    await mkdir(join(directory, 'data'), { mode: 0o700 });
    await loadEmbedded(inject('embeddedTemplate'), join(directory, 'data/database'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  type Ended = { code: number; out: string; complaint: string };
  const environment = (over: Record<string, string> = {}) => ({
    INIT_CWD: directory,
    DATA_DIR: join(directory, 'data'),
    ...over,
  });
  async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
    const out: string[] = [];
    const complaint: string[] = [];
    const code = await runImport(args, {
      env: environment(env),
      say: (words) => out.push(words),
      complain: (words) => complaint.push(words),
    });
    return { code, out: out.join('\n'), complaint: complaint.join('\n') };
  }
  function runProcess(args: readonly string[], env: Record<string, string>): Promise<Ended> {
    const own = { PATH: process.env.PATH ?? '', ...environment(env) };
    return new Promise((resolve) => {
      execFile(process.execPath, [IMPORT, ...args], { env: own }, (error, out, complaint) =>
        resolve({ code: error ? Number(error.code) : 0, out, complaint }),
      );
    });
  }
  const write = async (name: string, content: string | Buffer) => {
    await writeFile(join(directory, name), content);
    return name;
  };

  it('says how it is used when it cannot read the command', async () => {
    const { code, complaint } = await run(['a.csv', '--source', 'trello', '--batch', 'many']);
    expect(code).toBe(2);
    expect(complaint).toContain('--source must be one of jira, github');
    expect(complaint).toContain('--batch must be a whole number');
    expect(complaint).toContain('npm run import -- FILE');
  });

  it.each([
    ['is not there', 'nowhere.csv', undefined, 'There is no such file'],
    ['is a directory', '.', undefined, 'It is a directory'],
    ['is of no tracker', 'odd.csv', 'colour,shape\nred,round\n', 'I cannot tell which tracker wrote this'],
  ])('fails in words when the file %s', async (_, name, content, words) => {
    if (content) await write(name, content);
    const { code, complaint } = await run([name]);
    expect(code).toBe(1);
    expect(complaint).toContain(words);
    expect(complaint).not.toContain('    at ');
  });

  it('writes nothing in a dry run, not even a database', async () => {
    const { code, out } = await run([await write('dry.csv', GOOD), '--dry-run'], { DATA_DIR: join(directory, 'dry') });
    expect(code).toBe(0);
    expect(out).toContain('2 reports to import');
    expect(out).toMatch(/^key +reported +severity +area +becomes +assigned +title$/m);
    expect(out).toMatch(/^K-1 +2026-/m);
    expect(out).toContain('nothing was written');
    await expect(access(join(directory, 'dry'))).rejects.toThrow();
  });

  it('imports what is good, lists what is bad by line, and adds nothing the second time', async () => {
    const file = await write('mixed.csv', `${GOOD}K-3,,2026-01-04,,\nK-1,Again,2026-01-04,,\nK-5,When,yesterday,,\n`);
    const first = await run([file], { NODE_ENV: 'production' });
    expect(first.complaint).toBe('');
    expect(first.code).toBe(0);
    expect(first.out).toContain('line 4: title is empty');
    expect(first.out).toContain('line 5: source id "K-1" is already on line 2');
    expect(first.out).toMatch(/line 6: reported_at "yesterday" is no date/);
    expect(first.out).toContain('2 reports imported: 2 new defects, 0 joined');
    expect(first.out).toContain('0 already here, 3 bad rows');
    expect(first.out).toContain('1 fix claimed');
    const rejected = (await readFile(join(directory, 'mixed.csv.rejected.txt'), 'utf8')).trim().split('\n');
    expect(rejected.filter((line) => line.startsWith('line '))).toHaveLength(3);
    expect(rejected).toContainEqual(expect.stringContaining('"reported_at":"yesterday"'));
    const second = await run([file]);
    expect(second.code).toBe(0);
    expect(second.out).toContain('0 reports imported');
    expect(second.out).toContain('2 already here');
    const elsewhere = await run([file, '--program', 'Nowhere']);
    expect(elsewhere).toMatchObject({ code: 1, complaint: 'There is no program "Nowhere". There is: Stability.' });
    const noArea = await run([file, '--area-default', 'Nowhere']);
    expect(noArea.complaint).toContain('There is no area "Nowhere". There is: deployment, billing');
  });

  it('refuses in words while the bot has the database', async () => {
    const held = join(directory, 'held');
    await mkdir(held);
    const lock = await lockDirectory(join(held, 'database'));
    const { code, complaint } = await runProcess([await write('held.csv', GOOD)], { DATA_DIR: held });
    await lock.release();
    expect(code).toBe(1);
    expect(complaint).toContain(`is in use by process ${process.pid}`);
    expect(complaint).not.toContain('    at ');
  });
});
