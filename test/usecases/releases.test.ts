import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../src/db/client.ts';
import { insertRelease } from '../../src/db/releases.ts';
import { gatherDigest } from '../../src/usecases/gather-digest.ts';
import { previewDigest } from '../../src/usecases/post-digest.ts';
import { showDefect } from '../../src/usecases/show-defect.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { aClaimedFix, type ProgramInTest } from './fix-world.ts';

describe.each(databases)('releases on $name', (database) => {
  let db: Db;
  let close: () => Promise<void>;
  let program: ProgramInTest;
  beforeEach(async () => {
    ({ db, close } = await database.open());
    program = await aProgram(db);
    const release = (version: string, days: number, link: string | null = null) =>
      insertRelease(db, {
        programId: program.id,
        version,
        environment: null,
        link,
        releasedAt: later(MONDAY, -days * DAY_MS),
      });
    await release('v1.1', 20);
    await release('v1.2', 5, 'https://github.com/acme/checkout/releases/tag/v1.2');
    await release('v1.3 <beta>', 1);
  });
  afterEach(() => close());

  it('are named on the card of a defect: where it was first seen, and where its fix went out', async () => {
    const defect = await aDefect(db, program, { seenAt: later(MONDAY, -6 * DAY_MS) });
    await aClaimedFix(db, program, defect);
    const card = JSON.stringify(await showDefect(db, program, defect.number, MONDAY));
    expect(card).toContain('*Releases:* first seen in v1.1, its fix went out in v1.3 &lt;beta&gt;');
    const older = await aDefect(db, program, { seenAt: later(MONDAY, -30 * DAY_MS) });
    expect(JSON.stringify(await showDefect(db, program, older.number, MONDAY))).not.toContain('*Releases:*');
  });

  it('that brought the most new defects of the week are named in the digest with their link', async () => {
    for (const days of [6, 4, 3, 2]) await aDefect(db, program, { seenAt: later(MONDAY, -days * DAY_MS) });
    const digest = await gatherDigest(db, program, MONDAY);
    expect(digest.worstRelease).toEqual({
      version: 'v1.2',
      link: 'https://github.com/acme/checkout/releases/tag/v1.2',
      defects: 3,
      of: 4,
    });
    expect(JSON.stringify(await previewDigest(db, program, MONDAY))).toContain(
      'Of the 4 new defects of the week 3 were first seen in <https://github.com/acme/checkout/releases/tag/v1.2|v1.2>, more than in any other release.',
    );
  });

  it('say nothing in a week without new defects', async () => {
    await aDefect(db, program, { seenAt: later(MONDAY, -10 * DAY_MS) });
    expect((await gatherDigest(db, program, MONDAY)).worstRelease).toBeNull();
  });
});
