import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../src/db/client.ts';
import { insertAreas, type Program } from '../../src/db/programs.ts';
import { knowPrograms } from '../../src/listeners/known-programs.ts';
import { aProgram } from '../builders.ts';
import { databases } from '../databases.ts';

describe.each(databases)('what is known of a program on $name', ({ open }) => {
  let database: OpenDatabase;
  let program: Program;
  let nowMs: number;
  let statements: number;
  const areasOf = ({ areas }: { areas: readonly { name: string }[] }) => areas.map(({ name }) => name);
  const from = () => ({ workspaceId: program.workspaceId, channelId: program.channelId });

  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    program = await aProgram(database.db);
    [nowMs, statements] = [0, 0];
  });

  const know = () =>
    knowPrograms(
      new Proxy(database.db, {
        get: (db, name) => {
          // The one statement of a read selects twice, once inside.
          if (name === 'select') statements += 0.5;
          const member: unknown = Reflect.get(db, name);
          return typeof member === 'function' ? member.bind(db) : member;
        },
      }),
      () => nowMs,
    );

  it('is read once, and asked about once a second at most', async () => {
    const programs = know();
    for (let i = 0; i < 50; i += 1) {
      const { known, changed } = await programs.of(from());
      expect(known.program.id).toBe(program.id);
      expect(await changed()).toBeNull();
      nowMs += 100;
    }
    expect(statements).toBe(5);
  });

  it('is corrected after another process has changed it, and then known as it is', async () => {
    const programs = know();
    await programs.of(from());
    await insertAreas(database.db, program.id, ['payments']);
    nowMs += 1_000;
    const { known, changed } = await programs.of(from());
    expect(areasOf(known)).not.toContain('payments');
    const now = await changed();
    expect(now && areasOf(now)).toContain('payments');
    expect(areasOf((await programs.of(from())).known)).toContain('payments');
  });

  it('is forgotten when this process changes it, also while it is being read', async () => {
    const programs = know();
    await programs.of(from());
    await insertAreas(database.db, program.id, ['payments']);
    programs.forget();
    expect(areasOf((await programs.of(from())).known)).toContain('payments');
    programs.forget();
    const reading = programs.of(from());
    programs.forget();
    await reading;
    const before = statements;
    await programs.of(from());
    expect(statements).toBeGreaterThan(before);
  });

  it('is that of the channel, and of no other workspace', async () => {
    const programs = know();
    const other = await aProgram(database.db);
    expect((await programs.of(from())).known.program.id).toBe(program.id);
    const there = { workspaceId: other.workspaceId, channelId: program.channelId };
    expect((await programs.of(there)).known.program.id).toBe(other.id);
    await expect(programs.of({ workspaceId: 'TNOWHERE' })).rejects.toThrow('There is no program');
  });
});
