import { CLICK_WAYS } from './clicks.ts';
import { COMMAND_WAYS } from './commands.ts';
import { FORM_WAYS, OTHER_WAYS } from './forms.ts';
import type { Attempt } from './judge.ts';
import { SWAPS, type Swap, type TOKEN_SWAPS } from './swaps.ts';
import type { Way } from './way.ts';
import { homeOf, KINDS, type Kind, type ProgramName, workspaceOf } from './who-may.ts';
import type { Place, World } from './world.ts';

export const WAYS = [...COMMAND_WAYS, ...CLICK_WAYS, ...FORM_WAYS, ...OTHER_WAYS];

const FOR_SOMEBODY = WAYS.filter(({ needs }) => needs !== 'nobody');
const TARGETS: ProgramName[] = ['open', 'shared', 'secret'];
const ELSEWHERE: ProgramName[] = ['foreign', 'granted'];
const TRY_ELSEWHERE: Kind[] = ['lead', 'admin', 'stranger', 'lead in another workspace', 'lead in an organisation'];

/** Who names, for their own program, the inner ids of others. */
const RULERS: [kind: Kind, own: ProgramName, others: ProgramName[]][] = [
  ['lead of another program', 'own', ['secret', 'foreign', 'granted']],
  ['lead in another workspace', 'foreign', ['secret', 'granted']],
  ['lead in an organisation', 'granted', ['secret', 'foreign']],
];

/** One lead of each installation, and the program that is theirs. */
const LEADS: [kind: Kind, own: ProgramName][] = [
  ['lead', 'secret'],
  ['lead in another workspace', 'foreign'],
  ['lead in an organisation', 'granted'],
];

/**
 * Every way of everybody to every program, and every way to one's own program with the inner ids of another.
 */
export function everyAttempt({ places }: World): Attempt[] {
  return WAYS.flatMap((way): Attempt[] => {
    // Slack waits three seconds for what nobody listens to.
    if (way.needs === 'nobody') return [{ way, kind: 'lead', place: places.open }];
    if (way.isPlaceless) return KINDS.map((kind) => ({ way, kind, place: places.secret }));
    return [
      ...TARGETS.flatMap((name) => KINDS.map((kind) => ({ way, kind, place: places[name] }))),
      ...ELSEWHERE.flatMap((name) => TRY_ELSEWHERE.map((kind) => ({ way, kind, place: places[name] }))),
      ...RULERS.flatMap(([kind, own, others]) =>
        others.flatMap((name) => {
          const swapped = { way, kind, place: places[own], inner: places[name] };
          return namesInnerIds(swapped) ? [swapped] : [];
        }),
      ),
    ];
  });
}

/** The same ways from one installation into another, where more than the ids that are named is of the other one. */
export function everySwap({ places }: World): Attempt[] {
  return LEADS.flatMap(([kind]) =>
    LEADS.filter(([, name]) => workspaceOf(name) !== homeOf(kind)).flatMap(([, name]) =>
      FOR_SOMEBODY.flatMap((way) =>
        SWAPS.filter((swap) => swap !== 'window' || hasWindow(way, places[name], kind)).map((swap) => ({
          ...{ way, kind, place: places[name], swap },
        })),
      ),
    ),
  );
}

/** Every way of each lead to their own program, for a database in which tokens are swapped. */
export function everyWayWith(swap: Swap & (typeof TOKEN_SWAPS)[number], { places }: World): Attempt[] {
  return LEADS.flatMap(([kind, name]) => FOR_SOMEBODY.map((way) => ({ way, kind, place: places[name], swap })));
}

/** The ids that a request holds beside that of its program. */
export function placeOf({ place, inner }: Attempt): Place {
  if (!inner) return place;
  const { areaId, spareAreaId, reportId, sourceId, ruleId, triageId, batchId } = inner;
  return { ...place, areaId, spareAreaId, reportId, sourceId, ruleId, triageId, batchId };
}

function hasWindow(way: Way, place: Place, kind: Kind): boolean {
  return 'window' in way.request(place, kind);
}

function namesInnerIds(attempt: Attempt): boolean {
  const { way, kind, place } = attempt;
  return JSON.stringify(way.request(placeOf(attempt), kind)) !== JSON.stringify(way.request(place, kind));
}
