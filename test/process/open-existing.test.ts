import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAdmin } from '../../src/admin.ts';
import { refuseOthersData } from '../../src/process/open-existing.ts';

describe('a command about the data of a bot', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'burndown-existing-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it.each([
    'backup',
    'outbox',
    'outbox redrive',
    'rekey',
    'forget U123 --yes',
    'merge U123 W456 --yes',
    'workspaces',
    'workspaces export T123',
    'move --to postgres://127.0.0.1:1/burndown',
  ])('%s says that there is no database in that directory, and makes none', async (typed) => {
    const said: string[] = [];
    const say = (words: string) => void said.push(words);
    const env = { DATA_DIR: directory, ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64') };
    expect(await runAdmin(typed.split(' '), { env, say, complain: say })).toBe(1);
    expect(said.join()).toContain(`There is no database in ${directory}. Set DATA_DIR`);
    expect(await readdir(directory)).toEqual([]);
  });

  it('is refused to root where the data are of another user, with what to type', async () => {
    const someone = process.getuid?.() || 1_234;
    await chown(directory, someone, process.getgid?.() ?? 0);
    await expect(refuseOthersData(directory, 0)).rejects.toThrow(
      `belong to another user, and the bot could not read what root writes there. Run this as that user: runuser -u "$(stat -c %U ${directory})" -- env DATA_DIR=${directory} npm run`,
    );
    await refuseOthersData(directory, someone);
    await refuseOthersData(join(directory, 'not there yet'), 0);
  });
});
