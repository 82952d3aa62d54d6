import type { PullRow } from '../../db/fixes/pull-requests.ts';
import type { CodeHost, Shipment } from '../../domain/fixes/code-host.ts';
import { isCutAfter, shipmentsAfter } from '../../domain/fixes/first-shipment.ts';
import {
  isToBeAsked,
  type Missing,
  type MissingWhy,
  mayBeTagged,
  notReached,
  type Reaching,
  reachOf,
  shipmentTold,
  type ToldRelease,
} from '../../domain/fixes/told-release.ts';
import type { TrackerAnswer } from '../../domain/trackers/tracker.ts';

/** What may have brought a merge to users: listed where its code is, or told by a source. */
type Candidate = Shipment & { told?: ToldRelease };

export type Asking = ReturnType<typeof askCode> & {
  now: Date;
  /** Keeps what need not be asked again for a merge. */
  ruleOut: (pullId: number, ruledOut: readonly string[]) => Promise<void>;
};

export type Shipping = Shipment & { to: readonly string[] | null };
/** `missing` is undefined where the rest waits for the next look. */
type First = { shipment: Shipping | null; missing: Missing | null | undefined };

// The rest is asked for at the next look, so that names which a tracker does not know never use up its limit.
const MOST_NAMES = 50;

/** Asks what went out, each name once in a look; `undefined` for a name that waits for the next one. */
export function askCode(code: Pick<CodeHost, 'contains' | 'findCommit'>) {
  const known = new Map<number, string | null>();
  return {
    contains: code.contains,
    findCommit: async (told: ToldRelease): Promise<TrackerAnswer<string | null | undefined>> => {
      const before = known.get(told.id);
      if (before !== undefined || known.size >= MOST_NAMES) return { ok: before };
      const found = await code.findCommit(told);
      if ('ok' in found) known.set(told.id, found.ok);
      return found;
    },
  };
}

/** All in the order in which they went out. Of what is both listed and told, the listed one comes first. */
export function inOrder(listed: readonly Shipment[], told: readonly ToldRelease[]): Candidate[] {
  const all: Candidate[] = [...listed, ...told.map((one) => ({ ...shipmentTold(one), told: one }))];
  return all.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/**
 * The first that has a merge and with which it has reached all places where its defect was met. Where a source told of one
 * of which that cannot be known, why.
 */
export async function firstShipment(
  asking: Asking,
  pull: PullRow,
  { shipments, reaching }: { shipments: readonly Candidate[]; reaching: Reaching },
): Promise<TrackerAnswer<First>> {
  const { environments } = reaching;
  const reached: (string | null)[] = [];
  const ruledOut = [...pull.ruledOut];
  let missing: Missing | null = null;
  for (const { told, ...shipment } of shipmentsAfter(pull.mergedAt, shipments, ruledOut)) {
    const looked = await lookInto(asking, { pull, ruledOut, reaching }, { told, ...shipment });
    if ('trouble' in looked) return looked;
    const { has, rulesOut, why } = looked.ok;
    if (has === 'later') return { ok: { shipment: null, missing: undefined } };
    if (rulesOut && !ruledOut.includes(rulesOut)) {
      ruledOut.push(rulesOut);
      await asking.ruleOut(pull.id, ruledOut);
    }
    if (why) missing = { release: shipment.name, why };
    if (has !== 'yes') continue;
    reached.push(told ? told.environment : null);
    const left = notReached(environments, reached);
    if (left.length === 0) {
      return { ok: { shipment: { ...shipment, to: reachOf(environments, reached) }, missing: null } };
    }
    missing = { release: shipment.name, why: 'elsewhere', environments: left };
  }
  return { ok: { shipment: null, missing } };
}

type Looked = { has: 'yes' | 'no' | 'unknown' | 'later'; rulesOut?: string; why?: MissingWhy };
type Of = { pull: PullRow; ruledOut: readonly string[]; reaching: Reaching };

/** Whether one of them has the merge, as far as that can be known now. */
async function lookInto(asking: Asking, of: Of, one: Candidate): Promise<TrackerAnswer<Looked>> {
  if (!one.told) return contains(asking, of.pull, one);
  const { told, ...shipment } = one;
  const asked = isToBeAsked(told, of.reaching);
  if (asked === false) return { ok: { has: 'no' } };
  if (asked !== true) return { ok: { has: 'unknown', why: asked } };
  const unnamed = `unknown-${told.id}`;
  const found = of.ruledOut.includes(unnamed) ? { ok: null } : await asking.findCommit(told);
  if ('trouble' in found) return found;
  if (found.ok === undefined) return { ok: { has: 'later' } };
  if (found.ok !== null) return contains(asking, of.pull, { ...shipment, ref: found.ok });
  if (isCutAfter(shipment, of.pull)) return { ok: { has: 'yes' } };
  const isFinal = !mayBeTagged(told, asking.now);
  return { ok: { has: 'unknown', why: 'no_commit', ...(isFinal ? { rulesOut: unnamed } : {}) } };
}

async function contains(asking: Asking, pull: PullRow, shipment: Shipment): Promise<TrackerAnswer<Looked>> {
  const has = await asking.contains(shipment, pull.mergeSha);
  if ('trouble' in has) return has;
  if (has.ok ?? isCutAfter(shipment, pull)) return { ok: { has: 'yes' } };
  return { ok: has.ok === null ? { has: 'unknown' } : { has: 'no', rulesOut: shipment.id } };
}
