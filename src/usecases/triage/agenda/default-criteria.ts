import type { Defect } from '../../../db/defects/defects.ts';
import { listCriteria } from '../../../db/proof/criteria.ts';
import type { Criterion } from '../../../domain/proof/criteria.ts';
import type { Db } from '../../doing.ts';

/** What must hold before a fix counts, where nobody has asked for anything else: no report. */
export const DEFAULT_CRITERIA: readonly Criterion[] = [{ kind: 'max_reports', limit: 0 }];

/** What was asked for before, or the default. */
export async function criteriaFor(db: Db, defect: Pick<Defect, 'id'>): Promise<Criterion[]> {
  const stored = (await listCriteria(db, defect.id)).map(({ criterion }) => criterion);
  return stored.length > 0 ? stored : [...DEFAULT_CRITERIA];
}
