import { measureImpacts } from '../../../db/digest/outlook-facts.ts';
import { listSeenSince } from '../../../db/triage/agenda-facts.ts';
import { severityDrifts } from '../../../domain/defects/severity-drift.ts';
import { WEEK_MS } from '../../../domain/time/durations.ts';
import { agendaTrends } from '../../../domain/triage/agenda-trends.ts';
import { defectKey } from '../../../domain/vocabulary.ts';
import type { Db, Program } from '../../doing.ts';
import type { AgendaEntry } from './gather-agenda.ts';

const LOOKBACK_MS = 8 * WEEK_MS;

/** What an item of an agenda may add to its facts: how its reports changed, and whether its label fits what it does. */
export type AgendaNotes = { trend: string | null; drift: string | null };

export async function noteAgenda(
  db: Db,
  program: Program,
  entries: readonly AgendaEntry[],
  now: Date,
): Promise<Map<number, AgendaNotes>> {
  if (entries.length === 0) return new Map();
  const since = new Date(now.getTime() - LOOKBACK_MS);
  const seen = await listSeenSince(
    db,
    entries.map(({ row }) => row.id),
    { after: since, upTo: now },
  );
  const items = entries.map(({ row }) => ({
    id: row.id,
    firstSeenAt: row.firstSeenAt,
    reports: seen.get(row.id) ?? [],
  }));
  const trends = agendaTrends(items, now);
  const impacts = await measureImpacts(db, program.id, { after: since, upTo: now });
  const drifts = new Map(severityDrifts(impacts).map((drift) => [drift.key, drift]));
  return new Map(
    entries.map(({ row }) => {
      const drift = drifts.get(defectKey(row.number));
      const note = drift ? `${drift.labelled}, but does as much harm as a typical ${drift.measured}` : null;
      return [row.id, { trend: trends.get(row.id) ?? null, drift: note }];
    }),
  );
}
