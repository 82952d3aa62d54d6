import { findDefect } from '../../db/defects/defects.ts';
import type { PullRow } from '../../db/fixes/pull-requests.ts';
import { listAreas } from '../../db/programs/programs.ts';
import { listEnvironments } from '../../db/reports/reports.ts';
import { countCodePlaces } from '../../db/trackers/trackers.ts';
import { environmentsOfUsers, type Reaching } from '../../domain/fixes/told-release.ts';
import { areaCalled } from '../../domain/programs/areas.ts';
import type { Db } from '../doing.ts';
import type { CodeOfTracker } from './look-at-code.ts';

/** Where no source told of a release, nothing has to be known of it. */
export const NOWHERE_TOLD: Reaching = { place: '', isOnlyPlace: false, isItsArea: () => null, environments: [] };

/** Answers for each merge what a release that a source told of has to have reached: where its claim says, else where it was met. */
export async function howReached(
  db: Db,
  { program, row }: CodeOfTracker,
): Promise<(pull: PullRow) => Promise<Reaching>> {
  const areas = await listAreas(db, program.id);
  const isOnlyPlace = (await countCodePlaces(db, program.id)) === 1;
  return async ({ defectId }) => {
    const defect = await findDefect(db, program.id, defectId);
    const claimed = defect?.state === 'claimed' ? (defect.fixedEnvironments ?? []) : [];
    const isItsArea = (named: string) => {
      const area = areaCalled(areas, named);
      return area ? area.id === defect?.areaId : null;
    };
    const met = claimed.length > 0 ? claimed : await listEnvironments(db, defectId);
    return { place: row.place, isOnlyPlace, isItsArea, environments: environmentsOfUsers(met) };
  };
}
