import type { Db } from '../db/client.ts';
import { listAreaNames } from '../db/digest-facts.ts';
import type { Program } from '../db/programs.ts';
import { listReleases } from '../db/releases.ts';
import { isForUsers } from '../domain/release-reach.ts';
import { assembleReliability } from '../domain/reliability-report.ts';
import { weekBounds } from '../domain/week-bounds.ts';
import { gatherReliability } from './gather-reliability.ts';

/** How reliable the areas were in the week that ends at an instant, and what went out to users in the weeks behind it. */
export async function gatherReliabilityReport(db: Db, program: Program, upTo: Date) {
  const bounds = weekBounds(program, upTo);
  const areas = await gatherReliability(db, program, bounds);
  const names = [...(await listAreaNames(db, program.id)).values()];
  const releases = await listReleases(db, program.id, { after: bounds[0] ?? upTo, upTo });
  return {
    reliability: assembleReliability(areas, names),
    releases: oncePerVersion(releases.filter(({ environment }) => isForUsers(environment))),
  };
}

/** A version that goes from place to place shipped when it first went out. */
function oncePerVersion<R extends { version: string }>(releases: readonly R[]): R[] {
  const seen = new Set<string>();
  return releases.filter(({ version }) => !seen.has(version) && seen.add(version));
}
