import type { DefectReleases } from '../../blocks/signals/release-words.ts';
import type { Defect } from '../../db/defects/defects.ts';
import type { DefectEvent } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Report } from '../../db/reports/reports.ts';
import { findReleasesAt, type ReleaseMoment } from '../../db/signals/releases.ts';
import { DEPLOYED_WITHIN_MS } from '../../domain/signals/release-reach.ts';
import { COMEBACK_KINDS } from '../../domain/vocabulary.ts';

/** In which releases a defect was first seen, fixed and seen again, by where its reports and its fix were. */
export async function releasesOfDefect(
  db: Db,
  defect: Defect,
  reports: readonly Report[],
  events: readonly DefectEvent[],
): Promise<DefectReleases> {
  const { programId, firstSeenAt, deployedAt, fixedEnvironments, state } = defect;
  const oldest = earliest(reports);
  const outcome = events.findLast(({ kind }) => ['claimed', 'proven', ...COMEBACK_KINDS].includes(kind));
  const fix = (outcome?.kind ?? null) as DefectReleases['fix'];
  const counted = new Set((outcome?.data?.reportIds as number[] | undefined) ?? []);
  const isBack = fix !== null && fix !== 'claimed' && fix !== 'proven';
  const [firstSeen, fixed, cameBack] = await findReleasesAt(db, programId, [
    { at: firstSeenAt, environments: oldest?.environment ? [oldest.environment] : null },
    deploymentMoment(deployedAt && { at: deployedAt, environments: fixedEnvironments }),
    isBack && state !== 'claimed' ? sightingMoment(earliest(reports.filter(({ id }) => counted.has(id)))) : null,
  ]);
  return { firstSeen: firstSeen ?? null, fixed: fixed ?? null, fix, cameBack: cameBack ?? null };
}

/** The release that a fix went out in may be marked a little after the moment that people name. */
export function deploymentMoment(moment: ReleaseMoment | null): ReleaseMoment | null {
  return moment && { ...moment, at: new Date(moment.at.getTime() + DEPLOYED_WITHIN_MS) };
}

function sightingMoment(report: Report | undefined): ReleaseMoment | null {
  return report ? { at: report.seenAt, environments: report.environment ? [report.environment] : null } : null;
}

function earliest(reports: readonly Report[]): Report | undefined {
  return reports.reduce<Report | undefined>(
    (first, one) => (first && first.seenAt <= one.seenAt ? first : one),
    undefined,
  );
}
