import type { Db } from '../db/client.ts';
import { listAreaNames } from '../db/digest-facts.ts';
import type { Program } from '../db/programs.ts';
import { listReleases } from '../db/releases.ts';
import { assembleReliability } from '../domain/reliability-report.ts';
import { weekBounds } from '../domain/week-bounds.ts';
import { gatherReliability } from './gather-reliability.ts';

/** How reliable the areas were in the week that ends at an instant, and what went out to users in the weeks behind it. */
export async function gatherReliabilityReport(db: Db, program: Program, upTo: Date) {
  const bounds = weekBounds(program, upTo);
  const areas = await gatherReliability(db, program, bounds);
  const names = [...(await listAreaNames(db, program.id)).values()];
  return {
    reliability: assembleReliability(areas, names),
    releases: await listReleases(db, program.id, { after: bounds[0] ?? upTo, upTo }),
  };
}
