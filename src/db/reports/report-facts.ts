import { eq, inArray } from 'drizzle-orm';
import { addFacts, type Fact, LONGEST_VALUE } from '../../domain/reports/facts.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import type { Db } from '../engine/client.ts';
import { reports } from '../schema/defects.ts';

/** Adds what was told later of reports, by their ids, where it says anything new. What was erased stays so. */
export async function addReportFacts(tx: Db, added: ReadonlyMap<number, readonly Fact[]>): Promise<void> {
  if (added.size === 0) return;
  const found = await tx
    .select({
      id: reports.id,
      facts: reports.facts,
      description: reports.description,
      erasedAt: reports.wordsErasedAt,
    })
    .from(reports)
    .where(inArray(reports.id, [...added.keys()]));
  for (const { id, facts, description, erasedAt } of found) {
    const said = cleanLine(description, LONGEST_VALUE);
    const news = (added.get(id) ?? []).filter(({ value }) => value !== said);
    const all = addFacts(facts, news);
    if (!erasedAt && all.length > facts.length) await tx.update(reports).set({ facts: all }).where(eq(reports.id, id));
  }
}
