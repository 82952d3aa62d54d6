import { listLedger, type MergedBy } from '../../db/fixes/ledger-facts.ts';
import type { LedgerFix } from '../../domain/fixes/ledger.ts';
import { type Maker, makerOf } from '../../domain/fixes/maker.ts';
import type { Db, Program } from '../doing.ts';

/** The ledger of a program's fixes as it stood at an instant. Who made one is told by what was merged for it, and else unknown. */
export async function gatherLedger(db: Db, program: Program, upTo: Date): Promise<LedgerFix[]> {
  return (await listLedger(db, program.id, upTo)).map(({ merges, ...fix }) => ({
    ...fix,
    repository: merges.at(-1)?.repository ?? null,
    maker: madeBy(merges),
  }));
}

/** What several made together, an agent made where one had a hand in it, and else a person. */
function madeBy(merges: readonly MergedBy[]): Maker | null {
  const makers = merges.map((merge) => makerOf(merge, merge.agents));
  return (['agent', 'person', 'bot'] as const).find((one) => makers.includes(one)) ?? null;
}
