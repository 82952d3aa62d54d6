import { asc, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { listAllDefects } from '../../src/db/defects/defects.ts';
import { findProgram, updateProgram } from '../../src/db/programs/programs.ts';
import { reports } from '../../src/db/schema/defects.ts';
import { pseudonymOf } from '../../src/domain/people/erasure.ts';
import { loadSample } from '../../src/sample/load-sample.ts';
import { describeDefect } from '../../src/usecases/defects/describe-defect.ts';
import { burndownWithin } from '../../src/usecases/digest/gather-burndown.ts';
import { gatherDigest } from '../../src/usecases/digest/gather-digest.ts';
import { forgetPerson } from '../../src/usecases/people/forget-person.ts';
import { proofAsOf } from '../../src/usecases/proof/proof-as-of.ts';
import { aProgram, DAY_MS, later, MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';

it.each(databases)(
  'erasing a person changes no count, weight, harm, date or past week of a whole program on $name',
  async ({ open }) => {
    const { db, close } = await open();
    const program = await aProgram(db, { leadIds: ['UGONE'], facilitatorIds: ['UANA', 'UGONE'] });
    await updateProgram(db, program.id, { createdAt: later(MONDAY, -DAY_MS) });
    await loadSample(db, program, { by: 'UGONE', now: MONDAY });
    const lived = (await findProgram(db, program.workspaceId, program.id)) ?? program;
    const weeks = Array.from({ length: 10 }, (_, i) => ({
      after: later(MONDAY, (i - 9) * 7 * DAY_MS),
      upTo: later(MONDAY, (i - 8) * 7 * DAY_MS),
    }));
    const numbers = async () => {
      const defects = await listAllDefects(db, lived.id);
      const told = await db.select().from(reports).orderBy(asc(reports.id));
      const distinct = [...Map.groupBy(told, ({ defectId }) => defectId)].map(([id, own]) => [
        id,
        new Set(own.map(({ reporterId }) => reporterId)).size,
      ]);
      const proofs = [];
      for (const defect of defects) {
        const proof = await proofAsOf(db, lived, defect, MONDAY);
        proofs.push(
          proof && [defect.number, proof.outcome, proof.progress, proof.certainty, proof.prior, proof.window],
        );
      }
      const { thisWeek, lastWeek, verdicts, pareto, support, gaps, health, fixes } = await gatherDigest(
        db,
        lived,
        MONDAY,
      );
      return {
        defects: defects.map((defect) => {
          const { title: _, ownerId: __, ...facts } = describeDefect(defect, lived, MONDAY);
          return facts;
        }),
        reports: told.map(({ id, seenAt, filedAt, weight, severity, affected, supportTickets, environment }) => [
          id,
          seenAt,
          filedAt,
          weight,
          severity,
          affected,
          supportTickets,
          environment,
        ]),
        distinct,
        proofs,
        weeks: await Promise.all(weeks.map((week) => burndownWithin(db, lived, week))),
        // Summed in the order in which rows lie, so its last digits may differ.
        share: pareto?.share.toFixed(9),
        digest: { thisWeek, lastWeek, verdicts, pareto: pareto?.top, support, gaps, health, fixes },
      };
    };
    const before = await numbers();
    expect(before.distinct.some(([, people]) => Number(people) > 2)).toBe(true);
    const { workspaceId } = program;
    const person = { workspaceId, userId: 'UGONE', pseudonym: pseudonymOf('0123abcd') };
    await forgetPerson(db, person, { unassign: true, now: MONDAY });
    expect(await numbers()).toEqual(before);
    expect((await db.select().from(reports).where(eq(reports.reporterId, 'somebody-0123abcd'))).length).toBeGreaterThan(
      20,
    );
    await close();
  },
);
