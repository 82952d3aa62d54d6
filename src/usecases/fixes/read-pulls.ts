import type { ShownPull } from '../../blocks/fixes/pull-line.ts';
import { listPulls } from '../../db/fixes/pull-requests.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { Db, Program } from '../doing.ts';

/** What was merged for a defect as its card shows it, the oldest merge first. */
export async function readPulls(db: Db, { timeZone }: Program, defectId: number): Promise<ShownPull[]> {
  return (await listPulls(db, defectId)).map(({ place, number, url, title, author, mergedAt, ...pull }) => {
    const { shippedAt, shippedIn, shippedUrl, missing } = pull;
    return {
      ...{ key: `${place}#${number}`, url, title, author, missing },
      mergedOn: localDateOn(mergedAt, timeZone),
      shipped: shippedAt && shippedIn ? { in: shippedIn, url: shippedUrl, on: localDateOn(shippedAt, timeZone) } : null,
    };
  });
}
