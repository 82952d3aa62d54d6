import type { Defect } from '../../../src/db/defects/defects.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import type { Criterion } from '../../../src/domain/proof/criteria.ts';
import { HOUR_MS } from '../../../src/domain/time/durations.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { type Claim, claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import type { IncomingReport } from '../../../src/usecases/reports/record-report.ts';
import { aReport, later, MONDAY } from '../../builders.ts';

export type ProgramInTest = Program & { areaIds: number[] };

const BETWEEN_MS = 50 * HOUR_MS;

/**
 * A defect that came back nine times before the Monday or as often as is said,
 * whenever it had been quiet for a day, so that three days prove a fix.
 */
export async function aFrequentDefect(
  db: Db,
  program: ProgramInTest,
  over: Partial<IncomingReport> = {},
  times = 9,
): Promise<Defect> {
  const first = await fileReport(
    db,
    program,
    aReport(program, { ...over, seenAt: later(MONDAY, -times * BETWEEN_MS) }),
  );
  for (let nth = times - 1; nth >= 1; nth--)
    await seen(db, program, first.defect, later(MONDAY, -nth * BETWEEN_MS), over);
  return first.defect;
}

/** One more report of a defect, filed when it was seen. */
export async function seen(
  db: Db,
  program: ProgramInTest,
  defect: Defect,
  seenAt: Date,
  over: Partial<IncomingReport> = {},
): Promise<Defect> {
  return (await fileReport(db, program, aReport(program, { seenAt, filedAt: seenAt, ...over }), defect.id)).defect;
}

/** Accepted by its owner and claimed as fixed on the Monday. */
export async function aClaimedFix(
  db: Db,
  program: ProgramInTest,
  defect: Defect,
  over: { criteria?: Criterion[]; claim?: Partial<Claim>; at?: Date } = {},
): Promise<Defect> {
  const at = over.at ?? MONDAY;
  const doing = { by: 'UANA', now: at };
  const criteria = over.criteria ?? [{ kind: 'max_reports', limit: 0 }];
  if (defect.state === 'new') {
    const acceptance = { ownerId: 'UANA', dueOn: '2026-12-31', criteria, escape: 'no_test' as const };
    await acceptDefect(db, program, defect.number, acceptance, doing);
  }
  return claimFix(
    db,
    program,
    defect.number,
    { keepingNote: 'A test in CI', fixKind: 'code', deployedAt: at, environments: [], ...over.claim },
    doing,
  );
}

/** A defect so frequent that three days prove a fix, whether or not its reporter answers. */
export function anOftenSeenDefect(db: Db, program: ProgramInTest, over: Partial<IncomingReport> = {}): Promise<Defect> {
  return aFrequentDefect(db, program, over, 14);
}

/** A defect that came back every four days for 80 days before the Monday. */
export async function aRegularDefect(db: Db, program: ProgramInTest): Promise<Defect> {
  const first = await fileReport(db, program, aReport(program, { seenAt: later(MONDAY, -80 * 24 * HOUR_MS) }));
  for (let days = 76; days >= 4; days -= 4) await seen(db, program, first.defect, later(MONDAY, -days * 24 * HOUR_MS));
  return first.defect;
}
