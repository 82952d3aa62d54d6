import { eq, inArray } from 'drizzle-orm';
import { addFacts, type Fact } from '../../domain/reports/facts.ts';
import type { Db } from '../engine/client.ts';
import { reports } from '../schema/defects.ts';

/** Adds what was told later of reports, by their ids. What was erased stays so. */
export async function addReportFacts(tx: Db, added: ReadonlyMap<number, readonly Fact[]>): Promise<void> {
  if (added.size === 0) return;
  const found = await tx
    .select({ id: reports.id, facts: reports.facts, erasedAt: reports.wordsErasedAt })
    .from(reports)
    .where(inArray(reports.id, [...added.keys()]));
  for (const { id, facts, erasedAt } of found) {
    const all = addFacts(facts, added.get(id) ?? []);
    if (!erasedAt && all.length > facts.length) await tx.update(reports).set({ facts: all }).where(eq(reports.id, id));
  }
}
