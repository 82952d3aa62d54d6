import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDefectByNumber, updateDefect } from '../../../src/db/defects/defects.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { upsertPerson } from '../../../src/db/people/people.ts';
import { findProgram, type Program, updateProgram } from '../../../src/db/programs/programs.ts';
import { defectEvents } from '../../../src/db/schema/defects.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { knowOwners } from '../../../src/usecases/people/know-person.ts';
import { reassignDeparted } from '../../../src/usecases/people/reassign-departed.ts';
import { releaseDeparted } from '../../../src/usecases/people/release-departed.ts';
import { aDefect, aProgram, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

describe.each(databases)('who left, on $name', ({ open }) => {
  let db: Db;
  let close: () => Promise<void>;
  let program: Program & { areaIds: number[] };
  beforeEach(async () => {
    ({ db, close } = await open());
    program = await aProgram(db);
  });
  afterEach(() => close());

  const owned = async (title: string, ownerId: string) =>
    updateDefect(db, (await aDefect(db, program, { title })).id, { ownerId });
  const person = (userId: string, isActive: boolean) =>
    upsertPerson(db, {
      workspaceId: program.workspaceId,
      userId,
      name: `Person ${userId}`,
      timeZone: 'UTC',
      isActive,
      refreshedAt: MONDAY,
    });
  const ownerOf = async (number: number) => (await findDefectByNumber(db, program.id, number))?.ownerId;
  const told = async () => (await db.select().from(outbox)).map(({ channel, body }) => [channel, body.text]);
  const release = () => releaseDeparted(db, program.workspaceId, MONDAY);

  it('owns nothing any more, and each lead gets one message with all of it', async () => {
    await updateProgram(db, program.id, { leadIds: ['ULEAD', 'UTWO'] });
    await owned('Webhook times out', 'UGONE');
    await owned('Sync stuck', 'UGONE');
    await owned('Login loop', 'UHERE');
    await person('UGONE', false);
    await person('UHERE', true);
    await release();
    await release();
    expect([await ownerOf(1), await ownerOf(2), await ownerOf(3)]).toEqual([null, null, 'UHERE']);
    const words = 'Person UGONE is deactivated: 2 open defects have no owner now.';
    expect((await told()).sort()).toEqual([
      ['ULEAD', words],
      ['UTWO', words],
    ]);
    const events = (await db.select().from(defectEvents)).filter(({ kind }) => kind === 'assigned');
    expect(events.map(({ why, data }) => [why, data])).toEqual(
      Array.from({ length: 2 }, () => [
        'The account of its owner was deactivated, so it has none.',
        { from: 'UGONE', to: null },
      ]),
    );
  });

  it('leads and facilitates no more, and the channel hears of it where no lead is left', async () => {
    await updateProgram(db, program.id, { leadIds: ['UGONE'], facilitatorIds: ['UGONE', 'UANA'] });
    await person('UGONE', false);
    await release();
    const after = await findProgram(db, program.workspaceId, program.id);
    expect(after).toMatchObject({ leadIds: [], facilitatorIds: ['UANA'] });
    const [message] = await db.select().from(outbox);
    expect(message?.channel).toBe(program.channelId);
    expect(JSON.stringify(message?.body)).toContain('They led the program, which has no lead now');
  });

  it('is found out by the next morning, though no event told of it', async () => {
    await owned('Webhook times out', 'UBEN');
    const ask = (isActive: boolean) => async (userId: string) => ({ name: userId, timeZone: 'UTC', isActive });
    const pauses = { failed: () => {}, forget: () => {}, resting: () => [], isOver: () => false };
    await knowOwners(db, program.workspaceId, MONDAY, ask(true), pauses);
    const morning = later(MONDAY, 23 * HOUR_MS);
    await knowOwners(db, program.workspaceId, morning, ask(false), pauses);
    await releaseDeparted(db, program.workspaceId, morning);
    expect(await ownerOf(1)).toBeNull();
  });

  it('keeps all of it while Slack gives no answer', async () => {
    await owned('Webhook times out', 'UBEN');
    const pauses = { failed: () => {}, forget: () => {}, resting: () => [], isOver: () => false };
    await knowOwners(db, program.workspaceId, MONDAY, async () => null, pauses);
    await release();
    expect(await ownerOf(1)).toBe('UBEN');
    expect(await told()).toEqual([]);
  });

  it('is followed by one person in all that nobody has taken since, and the message says so', async () => {
    for (const title of ['Webhook times out', 'Sync stuck']) await owned(title, 'UGONE');
    await person('UGONE', false);
    await release();
    await owned('Login loop', 'UHERE');
    await updateDefect(db, (await findDefectByNumber(db, program.id, 2))?.id ?? 0, { ownerId: 'UHERE' });
    const left = { userId: 'UGONE', atMs: MONDAY.getTime(), numbers: [1, 2] };
    const words = await reassignDeparted(db, program, left, 'UANA', { by: 'ULEAD', now: MONDAY });
    expect(words).toBe('<@UANA> owns D-1 now. 1 other already had an owner or was closed.');
    expect([await ownerOf(1), await ownerOf(2)]).toEqual(['UANA', 'UHERE']);
    const asked = (await db.select().from(outbox)).find(({ dedupeKey }) => dedupeKey.startsWith('departed:'));
    expect(asked?.body.text).toBe('What Person UGONE owned has a new owner.');
    expect(JSON.stringify(asked?.body)).not.toContain('reassign_all');
  });
});
