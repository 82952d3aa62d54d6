import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../../src/db/engine/client.ts';
import { outbox } from '../../../../src/db/schema/messages.ts';
import { databaseWitness } from '../../../../src/process/checked-clock.ts';
import { tellWrongClock } from '../../../../src/usecases/programs/upkeep/tell-wrong-clock.ts';
import { aProgram, DAY_MS, later, MONDAY } from '../../../builders.ts';
import { databases } from '../../../databases.ts';

describe.each(databases)('on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('each lead is told once a day what the clock of the host said and what time it was', async () => {
    const { db } = database;
    const { workspaceId } = await aProgram(db, { leadIds: ['ULEAD', 'UVICE'] });
    const wrong = { hostSaid: later(MONDAY, 40 * DAY_MS), itWas: MONDAY };
    await tellWrongClock(db, wrong);
    await tellWrongClock(db, wrong);
    const told = await db.select().from(outbox).where(eq(outbox.workspaceId, workspaceId));
    expect(told.map(({ channel }) => channel).sort()).toEqual(['ULEAD', 'UVICE']);
    expect(told[0]?.body.text).toMatch(/it said Sat 2 Jan, 10:00 \(2027\) when it was Mon 23 Nov, 10:00/);
  });

  it('knows the time', async () => {
    const said = await databaseWitness(database.db)();
    expect(Math.abs((said?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});
