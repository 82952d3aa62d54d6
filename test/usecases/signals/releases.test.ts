import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { findReleasesAt, insertRelease } from '../../../src/db/signals/releases.ts';
import { showDefect } from '../../../src/usecases/defects/show-defect.ts';
import { gatherDigest } from '../../../src/usecases/digest/gather-digest.ts';
import { previewDigest } from '../../../src/usecases/digest/post-digest.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { aDefect, aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, aFrequentDefect, type ProgramInTest, seen } from '../proof/fix-world.ts';

const LINK = 'https://github.com/acme/checkout/releases/tag/v1.2';

describe.each(databases)('releases on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    ({ db } = database);
  });
  afterAll(() => database.close());

  async function aProgramWith(...marked: [version: string, daysAgo: number, environment?: string, link?: string][]) {
    const program = await aProgram(db);
    for (const [version, daysAgo, environment = null, link = null] of marked) {
      const releasedAt = later(MONDAY, -daysAgo * DAY_MS);
      await insertRelease(db, { programId: program.id, version, environment, link, releasedAt });
    }
    return program;
  }

  async function card(program: ProgramInTest, number: number, now = MONDAY): Promise<string> {
    const { blocks } = await showDefect(db, program, number, now);
    return JSON.stringify(blocks).match(/\*Releases:\*[^"]*/)?.[0] ?? '';
  }

  it('are named on the card: where it was first seen, where its fix went out, where it came back', async () => {
    const program = await aProgramWith(['v1.1', 20], ['v1.2', 5], ['v1.3 <beta>', 1], ['v1.4', -20], ['v1.5', -45]);
    const defect = await aFrequentDefect(db, program);
    await aClaimedFix(db, program, defect);
    expect(await card(program, defect.number)).toBe(
      '*Releases:* first seen in v1.1, its fix went out in v1.3 &lt;beta&gt;',
    );
    await evaluateProofs(db, program, { now: later(MONDAY, 40 * DAY_MS) });
    // Filed when the next release was out already, seen before it.
    const back = { filedAt: later(MONDAY, 46 * DAY_MS) };
    await seen(db, program, defect, later(MONDAY, 44 * DAY_MS), back);
    const now = later(MONDAY, 47 * DAY_MS);
    expect(await card(program, defect.number, now)).toBe(
      '*Releases:* first seen in v1.1, its fix went out in v1.3 &lt;beta&gt;, seen again in v1.4',
    );
    const digest = await gatherDigest(db, program, now);
    expect(digest.outcomes).toMatchObject([{ kind: 'regressed', release: { version: 'v1.4', link: null } }]);
    expect(JSON.stringify((await previewDigest(db, program, now)).blocks)).toContain('It came back in v1.4.');
  });

  it('of a fix that failed are said as such, and a fix without a newer release too', async () => {
    const program = await aProgramWith(['v1.1', 20], ['v1.2', -2]);
    const defect = await aFrequentDefect(db, program);
    await aClaimedFix(db, program, defect);
    expect(await card(program, defect.number)).toBe(
      '*Releases:* first seen in v1.1, its fix went out without a newer release',
    );
    await seen(db, program, defect, later(MONDAY, 3 * DAY_MS));
    const said = await card(program, defect.number, later(MONDAY, 4 * DAY_MS));
    expect(said).toContain('a fix that failed went out without a newer release, seen again in v1.2');
  });

  it('that were marked minutes after the moment that people name still brought the fix', async () => {
    const program = await aProgramWith(['v1.1', 20], ['v1.2', -10 / 1440]);
    const defect = await aFrequentDefect(db, program);
    await aClaimedFix(db, program, defect, { at: later(MONDAY, HOUR_MS), claim: { deployedAt: MONDAY } });
    expect(await card(program, defect.number, later(MONDAY, HOUR_MS))).toContain('its fix went out in v1.2');
  });

  it('that only went to staging explain nothing that users saw, and do where staging was hit', async () => {
    const program = await aProgramWith(['v1.1', 20, 'Production'], ['v1.2', 5, ' staging '], ['v1.3', 4, 'eu-west']);
    const at = later(MONDAY, -2 * DAY_MS);
    const asked = [null, ['production'], ['STAGING', 'qa'], ['eu-west'], ['mars'], []];
    const found = await findReleasesAt(
      db,
      program.id,
      asked.map((environments) => ({ at, environments })),
    );
    expect(found.map((release) => release?.version ?? null)).toEqual(['v1.3', 'v1.1', 'v1.2', 'v1.3', null, 'v1.3']);
    const staged = await aDefect(db, program, { seenAt: at, environment: 'staging' });
    expect(await card(program, staged.number)).toBe('*Releases:* first seen in v1.2');
    const { releases = [] } = await gatherDigest(db, program, MONDAY);
    expect(releases.map(({ version }) => version)).toEqual(['v1.1', 'v1.3']);
  });

  it('are nothing on the card of a defect that is older than all of them', async () => {
    const program = await aProgramWith(['v1.1', 20]);
    const older = await aDefect(db, program, { seenAt: later(MONDAY, -30 * DAY_MS) });
    expect(await card(program, older.number)).toBe('');
  });

  it('of the week are listed in the digest, and that with the most new defects is named with its link', async () => {
    const program = await aProgramWith(
      ['v1.1', 20],
      ['v1.2', 5, 'eu', LINK],
      ['v1.2', 4.5, 'us', LINK],
      ['v1.3 <beta>', 1],
    );
    for (const days of [6, 4.7, 4, 3, 2]) await aDefect(db, program, { seenAt: later(MONDAY, -days * DAY_MS) });
    const digest = await gatherDigest(db, program, MONDAY);
    expect(digest.worstRelease).toEqual({ version: 'v1.2', link: LINK, defects: 4, of: 5 });
    const said = JSON.stringify((await previewDigest(db, program, MONDAY)).blocks);
    expect(said).toContain(
      `Shipped this week: <${LINK}|v1.2> on Wed 18 Nov, v1.3 &lt;beta&gt; on Sun 22 Nov.\\nOf the 5 new defects of the week, 4 were first seen in <${LINK}|v1.2>, more than in any other release.`,
    );
  });

  it('are not blamed in a week without new defects, or where none was out yet', async () => {
    const program = await aProgramWith(['v1.1', 20]);
    await aDefect(db, program, { seenAt: later(MONDAY, -10 * DAY_MS) });
    expect((await gatherDigest(db, program, MONDAY)).worstRelease).toBeNull();
    const before = await aProgramWith(['v9', -1]);
    await aDefect(db, before);
    expect((await gatherDigest(db, before, MONDAY)).worstRelease).toBeNull();
  });
});
