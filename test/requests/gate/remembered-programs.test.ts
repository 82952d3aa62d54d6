import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { insertAreas } from '../../../src/db/programs/programs.ts';
import { rememberPrograms } from '../../../src/requests/gate/remembered-programs.ts';
import { aProgram } from '../../builders.ts';
import { databases } from '../../databases.ts';

describe.each(databases)('what is known of a program on $name', ({ open }) => {
  let database: OpenDatabase;
  let program: Awaited<ReturnType<typeof aProgram>>;
  let nowMs: number;
  let statements: number;
  const areasOf = ([first]: readonly { areas: readonly { name: string }[] }[]) => first?.areas.map(({ name }) => name);
  const from = () => program.workspaceId;

  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    program = await aProgram(database.db);
    [nowMs, statements] = [0, 0];
  });

  const know = () =>
    rememberPrograms(
      new Proxy(database.db, {
        get: (db, name) => {
          if (name === 'select') statements += 1;
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
      expect(known.map((one) => one.program.id)).toEqual([program.id]);
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

  it('is of its own workspace, with its areas in their order', async () => {
    const programs = know();
    const second = await aProgram(database.db, { workspaceId: program.workspaceId, channelId: 'C2', isDefault: false });
    await aProgram(database.db);
    const { known } = await programs.of(from());
    expect(known.map((one) => one.program.id)).toEqual([program.id, second.id]);
    expect(known.map(({ areas }) => areas.map(({ id }) => id))).toEqual([program.areaIds, second.areaIds]);
    expect((await programs.of('TNOWHERE')).known).toEqual([]);
  });
});
