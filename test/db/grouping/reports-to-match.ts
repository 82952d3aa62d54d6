import { eq } from 'drizzle-orm';
import type { Db } from '../../../src/db/engine/client.ts';
import { indexReports } from '../../../src/db/grouping/matching.ts';
import { defects, reports } from '../../../src/db/schema/defects.ts';
import { reportTerms, terms, textTotals } from '../../../src/db/schema/matching.ts';
import { areas, programs, workspaces } from '../../../src/db/schema/workspaces.ts';

export const AT = new Date(Date.UTC(2026, 10, 4, 9));
export const DECIDED = { by: 'U1', now: AT };

/** A program with an area, in the one workspace of the database. */
export async function aProgram(db: Db, nth: number): Promise<{ programId: number; areaId: number }> {
  await db.insert(workspaces).values({ id: 'T1', name: 'T', botUserId: 'U0', createdAt: AT }).onConflictDoNothing();
  const [program] = await db
    .insert(programs)
    .values({
      workspaceId: 'T1',
      name: `Program ${nth}`,
      channelId: `C${nth}`,
      timeZone: 'Europe/Berlin',
      workingDays: [1, 2, 3, 4, 5],
      holidays: [],
      facilitatorIds: [],
      halfLifeDays: 28,
      agendaLimit: 10,
      trancheWeeks: 4,
      isDefault: false,
      createdAt: AT,
    })
    .returning();
  if (!program) throw new Error('no program');
  const [area] = await db.insert(areas).values({ programId: program.id, name: 'billing', position: 0 }).returning();
  if (!area) throw new Error('no area');
  return { programId: program.id, areaId: area.id };
}

export type Place = { programId: number; areaId: number };

export async function aDefect(db: Db, place: Place, number: number, title: string): Promise<number> {
  const [row] = await db
    .insert(defects)
    .values({
      ...place,
      number,
      title,
      severity: 'S2',
      state: 'new',
      heatLevel: 0,
      reportCount: 1,
      firstSeenAt: AT,
      lastSeenAt: AT,
      createdAt: AT,
    })
    .returning();
  if (!row) throw new Error('no defect');
  return row.id;
}

let nextKey = 1;
export async function aReport(
  db: Db,
  place: Place,
  defectId: number,
  title: string,
  description = '',
  fingerprint?: string,
) {
  const [row] = await db
    .insert(reports)
    .values({
      ...place,
      defectId,
      title,
      description,
      severity: 'S2',
      affected: 1,
      supportTickets: 0,
      seenAt: AT,
      filedAt: AT,
      reporterId: 'U1',
      source: 'slack',
      sourceKey: String(nextKey++),
      fingerprint: fingerprint ?? null,
      weight: 1,
    })
    .returning();
  if (!row) throw new Error('no report');
  await indexReports(db, [row]);
  return row;
}

/** One defect with one report for each title, numbered from 1. */
export async function filed(db: Db, place: Place, texts: readonly (readonly [title: string, description?: string])[]) {
  const ids: number[] = [];
  for (const [nth, [title, description]] of texts.entries()) {
    const id = await aDefect(db, place, nth + 1, title);
    await aReport(db, place, id, title, description);
    ids.push(id);
  }
  return ids;
}

export const LAUNCH = [
  ['GKE rollout of checkout stuck at 2 of 5 pods', 'Deployment exceeded its progress deadline, image pull back-off.'],
  ['Cloud Run revision fails its health check after deploy', 'Container failed to start and listen on port 8080.'],
  ['Quota CPUS exceeded in us-central1 blocks deploys', 'googleapi: Error 403, rate limited.'],
  ['Stripe webhook signature check answers 400', 'invoice.paid events are refused since the secret was rotated.'],
  ['Customers charged twice after a retried payment', 'Two charges for one PaymentIntent, no idempotency key.'],
  ['Invoice shows the wrong tax rate for Ireland', 'VAT 20 instead of 23 percent on the PDF.'],
  ['Fivetran connector to Salesforce stuck in rescheduled', 'Sync has not finished for 14 hours.'],
  ['Warehouse tables lag by a day after the schema change', 'Fivetran resync of the events table is slow.'],
  ['Launch checklist does not mark the SSO step as done', 'SAML metadata uploaded, the step stays grey.'],
  ['Invitation mails of new tenants land in spam', 'SPF record of the launch domain is missing.'],
] as const;

/** What the index holds of a program, without the words that no report uses any more. */
export async function counts(db: Db, programId: number) {
  const [totals] = await db.select().from(textTotals).where(eq(textTotals.programId, programId));
  const words = await db.select().from(terms).where(eq(terms.programId, programId)).orderBy(terms.term);
  const postings = await db
    .select({ titleCount: reportTerms.titleCount })
    .from(reportTerms)
    .innerJoin(terms, eq(terms.id, reportTerms.termId))
    .where(eq(terms.programId, programId));
  return {
    totals: { ...totals, programId: 0 },
    postings: postings.length,
    words: words
      .filter(({ reportCount }) => reportCount > 0)
      .map(({ term, reportCount }) => `${term} ${reportCount}`)
      .toSorted(),
  };
}
