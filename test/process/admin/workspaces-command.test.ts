import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
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
  [['purge'], null],
  [['purge', '--yes'], null],
  [['purge', 'T1', 'T2'], null],
  [['list', 'T1'], null],
])('reads %j', (args, meant) => expect(parseWorkspacesArgs(args)).toEqual(meant));

describe.each(databases)('workspaces of an operator on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeEach(async () => {
    database = await open();
    db = database.db;
    await fillEveryTable(db, 'TONE');
    await fillEveryTable(db, 'TTWO');
    await leaveWorkspaces(db, { ids: ['TONE'] }, MONDAY);
  });
  afterEach(() => database.close());

  const told = async (...args: string[]) => {
    const said: string[] = [];
    const meant = parseWorkspacesArgs(args);
    if (meant) await workspacesCommand(db, meant, later(MONDAY, 1), (words) => said.push(words));
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
});
