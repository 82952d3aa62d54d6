import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quarterMessage } from '../../../src/blocks/office/quarter-message.ts';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { updateProgram } from '../../../src/db/programs/programs.ts';
import { markSample } from '../../../src/db/programs/samples.ts';
import type { Quarter } from '../../../src/domain/office/quarter.ts';
import { dismissDefect } from '../../../src/usecases/defects/set-aside-defect.ts';
import type { Program } from '../../../src/usecases/doing.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { undoGrouping } from '../../../src/usecases/grouping/undo-grouping.ts';
import { keepLastQuarter, readQuarter } from '../../../src/usecases/office/quarter-report.ts';
import { sendQuarter } from '../../../src/usecases/office/send-quarter.ts';
import { aDefect, aProgram, aSampleOf, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { outgoing } from '../triage/triage-world.ts';

/** The program of these tests begins in the third quarter of 2026, and MONDAY lies in the fourth. */
const IN_Q3 = new Date('2026-09-10T08:00:00Z');
const AFTER_Q3 = new Date('2026-10-02T08:00:00Z');
const Q3: Quarter = '2026-Q3';

describe.each(databases)('the report of a quarter on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());

  const read = async (program: Program, now: Date, quarter = Q3) =>
    db.transaction((tx) => readQuarter(tx as unknown as Db, program, quarter, now));
  const told = async (program: Program, now: Date) => JSON.stringify(quarterMessage(await read(program, now)));
  async function aQuarter() {
    const program = await aProgram(db);
    const at = (days: number) => later(IN_Q3, days * DAY_MS);
    const defects = [
      await aDefect(db, program, { title: 'One', seenAt: at(0) }),
      await aDefect(db, program, { title: 'Two', seenAt: at(1) }),
      await aDefect(db, program, { title: 'Three', seenAt: at(8) }),
    ] as const;
    await dismissDefect(db, program, defects[2].number, 'Not ours', { by: 'UANA', now: at(9) });
    return { program, defects };
  }

  it('counts what the log says of it, on one page', async () => {
    const { program } = await aQuarter();
    await aDefect(db, program, { title: 'Later', seenAt: AFTER_Q3 });
    const { facts } = await read(program, MONDAY);
    expect(facts).toMatchObject({ openThen: 0, open: 2, reports: 3, gaps: [] });
    expect(facts.flows).toMatchObject({ new: 3, dismissed: 1, proven: 0 });
    const page = quarterMessage({ quarter: Q3, facts, isOver: true, hasSample: false });
    expect(page.text).toContain('2 open; 0 at the start: +3 new, −1 dismissed. 3 reports.');
    expect(page.charts).toHaveLength(1);
    expect(page.text).not.toMatch(/One|Two|Three/);
  });

  it('is told word for word the same however much happens afterwards', async () => {
    const { program, defects } = await aQuarter();
    const [one, two, three] = defects;
    await mergeDefects(db, program, two.number, one.number, { by: 'UANA', now: later(IN_Q3, 10 * DAY_MS) });
    const first = await told(program, AFTER_Q3);
    expect(first).toContain('−1 merged');
    await undoGrouping(db, program, two.number, { by: 'UANA', now: MONDAY });
    await aDefect(db, program, { title: 'Filed late', seenAt: IN_Q3, filedAt: MONDAY });
    await aDefect(db, program, { title: 'New', seenAt: MONDAY });
    await dismissDefect(db, program, one.number, 'Not ours', { by: 'UANA', now: MONDAY });
    const renamed = await updateProgram(db, program.id, { name: 'Another name', timeZone: 'Asia/Tokyo' });
    expect(three.number).toBe(3);
    for (const days of [0, 30, 400, 900]) expect(await told(renamed, later(MONDAY, days * DAY_MS))).toBe(first);
  });

  it('says that sample data are in, and promises nothing of figures that go with them', async () => {
    const { program } = await aQuarter();
    expect(await told(await aProgram(db, { createdAt: IN_Q3 }), MONDAY)).not.toContain('Sample data are in');
    await markSample(db, aSampleOf(program));
    const said = await told(program, MONDAY);
    expect(said).toContain('Sample data are in, so much of this is invented.');
    expect(said).not.toContain('stays as it is');
  });

  it('names the rituals alone that were due', async () => {
    const { facts } = await read((await aQuarter()).program, MONDAY);
    const held = { held: 8, missed: 1, lastHeldAt: null };
    const none = { held: 0, missed: 0, lastHeldAt: null };
    const said = (rituals: typeof facts.rituals) =>
      quarterMessage({ quarter: Q3, facts: { ...facts, rituals }, isOver: true, hasSample: false }).text;
    expect(said({ triage: held, digest: none })).toContain('Held: 8 of 9 triages.');
    expect(said({ triage: held, digest: held })).toContain('Held: 8 of 9 triages and 8 of 9 digests.');
    expect(said({ triage: none, digest: none })).toContain('No ritual was due.');
  });

  it('is written down by the first digest after the quarter, whether or not somebody asks', async () => {
    const { program, defects } = await aQuarter();
    await db.transaction((tx) => keepLastQuarter(tx as unknown as Db, program, AFTER_Q3));
    await aDefect(db, program, { title: 'Filed late', seenAt: IN_Q3, filedAt: MONDAY });
    expect((await read(program, MONDAY)).facts).toMatchObject({ reports: 3, open: defects.length - 1 });
  });

  it('of the running quarter says how it stands, and that it will change', async () => {
    const { program } = await aQuarter();
    const before = await told(program, later(IN_Q3, 5 * DAY_MS));
    expect(before).toContain('The quarter runs to 30 Sep; until then these figures change.');
    expect(before).toContain('2 reports.');
    expect(await told(program, AFTER_Q3)).toContain('3 reports.');
  });

  it('is refused for a quarter that has not begun, or in which there was no program', async () => {
    const { program } = await aQuarter();
    await expect(read(program, MONDAY, '2027-Q1')).rejects.toThrow('Q1 2027 has not begun.');
    await expect(read(program, MONDAY, '2026-Q2')).rejects.toThrow('had not begun in Q2 2026');
  });

  it('comes to whoever asks as a direct message, with the page as a picture', async () => {
    const { program } = await aQuarter();
    const said = await sendQuarter(db, program, 'last', { by: 'UANA', now: MONDAY });
    expect(said.text).toContain('The report of Q3 2026 is on its way');
    const [sent] = await outgoing(db, program);
    expect(sent).toMatchObject({ channel: 'UANA', kind: 'post' });
    expect(sent?.body.charts).toMatchObject([{ chart: { kind: 'page' } }]);
  });
});
