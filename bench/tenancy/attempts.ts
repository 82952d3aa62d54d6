import { CLICK_WAYS } from './clicks.ts';
import { COMMAND_WAYS } from './commands.ts';
import { FORM_WAYS, OTHER_WAYS } from './forms.ts';
import type { Attempt } from './judge.ts';
import { KINDS, type Kind, type ProgramName } from './who-may.ts';
import type { Place, World } from './world.ts';

export const WAYS = [...COMMAND_WAYS, ...CLICK_WAYS, ...FORM_WAYS, ...OTHER_WAYS];

const TARGETS: ProgramName[] = ['open', 'shared', 'secret'];
const TRY_FOREIGN: Kind[] = ['lead', 'admin', 'stranger', 'somebody of another workspace'];
const RULER = 'lead of another program';

/** Every way of everybody to every program, and every way to one's own program with the inner ids of another. */
export function everyAttempt({ places }: World): Attempt[] {
  return WAYS.flatMap((way): Attempt[] => {
    // Slack waits three seconds for what nobody listens to.
    if (way.needs === 'nobody') return [{ way, kind: 'lead', place: places.open }];
    if (way.isPlaceless) return KINDS.map((kind) => ({ way, kind, place: places.secret }));
    return [
      ...TARGETS.flatMap((name) => KINDS.map((kind) => ({ way, kind, place: places[name] }))),
      ...TRY_FOREIGN.map((kind) => ({ way, kind, place: places.foreign })),
      ...(['secret', 'foreign'] as const).flatMap((name) => {
        const swapped = { way, kind: RULER, place: places.own, inner: places[name] } as const;
        return namesInnerIds(swapped) ? [swapped] : [];
      }),
    ];
  });
}

/** The ids that a request holds beside that of its program. */
export function placeOf({ place, inner }: Attempt): Place {
  if (!inner) return place;
  const { areaId, spareAreaId, reportId, sourceId, ruleId, triageId, batchId } = inner;
  return { ...place, areaId, spareAreaId, reportId, sourceId, ruleId, triageId, batchId };
}

function namesInnerIds(attempt: Attempt): boolean {
  const { way, kind, place } = attempt;
  return JSON.stringify(way.request(placeOf(attempt), kind)) !== JSON.stringify(way.request(place, kind));
}
