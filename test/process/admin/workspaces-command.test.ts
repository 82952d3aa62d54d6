import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { listPrograms } from '../../../src/db/programs/programs.ts';
import { auditEntries } from '../../../src/db/schema/audit.ts';
import { leaveWorkspaces, listServed } from '../../../src/db/workspaces/served.ts';
import { parseWorkspacesArgs, workspacesCommand } from '../../../src/process/admin/workspaces-command.ts';
import { later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { fillEveryTable } from '../../fill-every-table.ts';

it.each([
  [[], { kind: 'list' }],
  [['list'], { kind: 'list' }],
  [['purge', 'T1'], { kind: 'purge', id: 'T1', yes: false }],
  [['purge', 'T1', '--yes'], { kind: 'purge', id: 'T1', yes: true }],
  [['export', 'T1'], { kind: 'export', id: 'T1', file: null }],
  [['export', 'T1', 'all.jsonl'], { kind: 'export', id: 'T1', file: 'all.jsonl' }],
  [['export', 'T1', '--all'], null],
  [['export'], null],
  [['purge'], null],
  [['purge', '--yes'], null],
  [['purge', 'T1', 'T2'], null],
  [['list', 'T1'], null],
])('reads %j', (args, meant) => expect(parseWorkspacesArgs(args)).toEqual(meant));

describe.each(databases)('workspaces of an operator on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let directory: string;
  beforeEach(async () => {
    database = await open();
    db = database.db;
    directory = await mkdtemp(join(tmpdir(), 'export-'));
    await fillEveryTable(db, 'TONE');
    await fillEveryTable(db, 'TTWO');
    await leaveWorkspaces(db, { ids: ['TONE'] }, MONDAY);
  });
  afterEach(async () => {
    await database.close();
    await rm(directory, { recursive: true });
  });

  const told = async (...args: string[]) => {
    const said: string[] = [];
    const meant = parseWorkspacesArgs(args);
    const say = (words: string) => void said.push(words);
    const setting = { now: later(MONDAY, 1), say, placeOf: (file: string) => join(directory, file) };
    if (meant) await workspacesCommand(db, meant, setting);
    return said.join('\n');
  };

  it('are listed with when they left', async () => {
    const [one, two] = (await told()).split('\n');
    expect([one, two]).toEqual([
      expect.stringMatching(/^TONE .*left 2026-11-23/),
      expect.stringMatching(/^TTWO .*has the app$/),
    ]);
  });

  it('are purged once they have left and the operator is sure, and nobody else', async () => {
    await expect(told('purge', 'TTWO', '--yes')).rejects.toThrow('has the app');
    await expect(told('purge', 'TONE')).rejects.toThrow('Add --yes');
    await expect(told('purge', 'TNONE', '--yes')).rejects.toThrow('There is no workspace');
    expect(await told('purge', 'TONE', '--yes')).toContain('Nothing of TONE is left.');
    expect(await told()).not.toContain('TONE');
    expect(await listServed(db)).toEqual(['TTWO']);
  });

  it('are written down on request, in a file for nobody else, and each program says so', async () => {
    const said = await told('export', 'TTWO');
    const file = join(directory, 'TTWO-2026-11-23.jsonl');
    expect(said).toMatch(/programs +1\n/);
    expect(said).toContain(`${file} has all of TTWO`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toMatch(/^{"table":"installations","row":{"id":"TTWO",/);
    const audits = await db.select().from(auditEntries).where(eq(auditEntries.kind, 'exported'));
    const [program] = (await listPrograms(db, 'TTWO')).map(({ id }) => id);
    expect(audits).toEqual([
      expect.objectContaining({ programId: program, actorId: null, subject: 'the whole workspace' }),
    ]);
  });

  it('are written down before the purge, too, and never over another file', async () => {
    await writeFile(join(directory, 'mine'), 'as it was');
    await expect(told('export', 'TONE', 'mine')).rejects.toThrow('It is there already. Nothing was exported.');
    expect(await readFile(join(directory, 'mine'), 'utf8')).toBe('as it was');
    await expect(told('export', 'TNONE')).rejects.toThrow('There is no workspace TNONE.');
    expect(await readdir(directory)).toEqual(['mine']);
    expect(await told('export', 'TONE', 'other')).toContain('all of TONE');
  });
});
