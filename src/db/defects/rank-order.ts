import { asc, type SQL, sql } from 'drizzle-orm';
import { defects } from '../schema/defects.ts';

/**
 * The order of the list, for everything that is shown in it: rank level, then regressed before new, then the older, then
 * the lower number. The first key is an index scan; another place of nulls, of which there are none, would be another order.
 */
export const inRankOrder: readonly SQL[] = [
  sql`${defects.rankLevel} desc nulls last`,
  sql`(${defects.regressedAt} is not null) desc`,
  asc(defects.firstSeenAt),
  asc(defects.number),
];
