import { listAreaNames } from '../../db/digest/digest-facts.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReleases } from '../../db/signals/releases.ts';
import { assembleReliability } from '../../domain/reliability/reliability-report.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { gatherReliability } from './gather-reliability.ts';
import { listBudgetShares } from './list-budget-shares.ts';

/** A defect that burnt less than a tenth of a quarter's budget is not named in a digest, and no more than three are. */
const NAMED_SHARE = 0.1;
const NAMED_BURNERS = 3;

/** How reliable the areas were in the week that ends at an instant, and what went out to users in the weeks behind it. */
export async function gatherReliabilityReport(db: Db, program: Program, upTo: Date) {
  const bounds = weekBounds(program, upTo);
  const [areas, names, releases] = await Promise.all([
    gatherReliability(db, program, bounds),
    listAreaNames(db, program.id),
    listReleases(db, program.id, { after: bounds[0] ?? upTo, upTo }),
  ]);
  const shares = areas.length > 0 ? await listBudgetShares(db, program, upTo) : [];
  return {
    reliability: assembleReliability(areas, [...names.values()]),
    burners: shares.filter(({ share }) => share >= NAMED_SHARE).slice(0, NAMED_BURNERS),
    releases,
  };
}
