import { counted } from '../../blocks/kit/words.ts';
import { outcomeWords, summarize } from '../../blocks/signals/signal-outcome.ts';
import { forgetDeliveries } from '../../db/programs/program-retention.ts';
import { mustBe } from '../../db/programs/programs.ts';
import { type Became, type Settled, settleDeliveries } from '../../db/signals/signal-deliveries.ts';
import { listDeliveries, takeWaitingDeliveries } from '../../db/signals/waiting-deliveries.ts';
import type { Db } from '../doing.ts';
import { fitting, parseDeliveries } from './parse-deliveries.ts';
import { type ParsedDeliveries, rememberParsed } from './parsed-deliveries.ts';
import { type ReadDelivery, readDeliveries } from './read-deliveries.ts';
import { type TakenParts, takeDeliveries } from './take-deliveries.ts';

/** What a delivery counts as, by the most that any of its signals did. */
const BY_WEIGHT = [
  'filed',
  'joined',
  'burst',
  'revised',
  'released',
  'measured',
  'resolved',
  'ran',
  'repeated',
  'ignored',
] as const satisfies Became[];

const MOST_ATTEMPTS = 5;

/**
 * On the embedded database whatever else asks it waits until a transaction has ended. An alert that opens a defect or joins
 * one takes twenty to thirty milliseconds, and all that comes around it as much again.
 */
const MOST_COSTLY = 2;

/** Of the parts of a delivery, since it is asked of each in advance whether it is known, however few then fit. */
const MOST_OF_ONE = 20;

export type Worked =
  /** Null where other parts of it wait. */
  { deliveryId: number; became: Became | null } | { deliveryId: number; error: unknown; isGivenUp: boolean };

/**
 * Lets the oldest waiting deliveries happen, as far as fits into one transaction with the note of what they became; what
 * is left of them waits for the next, parsed in `known`. Where that fails they are taken one by one. One that cannot be is
 * tried a few times and then set aside, so that it holds nothing up. Empty where nothing waits.
 */
export async function workOnDeliveries(
  db: Db,
  now: Date,
  most: number,
  known: ParsedDeliveries = rememberParsed(),
): Promise<Worked[]> {
  const taken: Awaited<ReturnType<typeof listDeliveries>>[number]['delivery'][] = [];
  try {
    const worked = await db.transaction(async (tx) => {
      const waiting = fitting(await takeWaitingDeliveries(tx, most), known);
      const listed = await listDeliveries(
        tx,
        waiting.map(({ id }) => id),
      );
      taken.splice(0, taken.length, ...listed.map(({ delivery }) => delivery));
      if (listed.length === 0) return [];
      const read = await readDeliveries(await parseDeliveries(tx, listed, known), most, MOST_OF_ONE);
      const reached = await takeDeliveries(tx, read, now, MOST_COSTLY);
      const settled = read.flatMap((one, i) => settledBy(one, mustBe(reached[i])));
      await settleDeliveries(tx, settled, now);
      return settled.map(({ id, became }) => ({ deliveryId: id, became }));
    });
    for (const { deliveryId, became } of worked) if (became) known.forget(deliveryId);
    return worked;
  } catch (error) {
    const [delivery] = taken;
    if (!delivery) throw error;
    if (taken.length > 1) return workOneByOne(db, now, taken.length, known);
    const isGivenUp = delivery.attempts + 1 >= MOST_ATTEMPTS;
    const outcome = `Something went wrong on our side; ${delivery.progress ? `only ${counted(delivery.progress.parts, 'alert')} done` : 'nothing was filed'}.`;
    const state = isGivenUp ? ('failed' as const) : ('waiting' as const);
    await settleDeliveries(db, [{ id: delivery.id, state, became: null, outcome }], now);
    return [{ deliveryId: delivery.id, error, isGivenUp }];
  }
}

async function workOneByOne(db: Db, now: Date, count: number, known: ParsedDeliveries): Promise<Worked[]> {
  const worked: Worked[] = [];
  for (let i = 0; i < count; i += 1) worked.push(...(await workOnDeliveries(db, now, 1, known)));
  return worked;
}

function settledBy({ delivery, parts, isWhole, leftOut }: ReadDelivery, taken: TakenParts): Settled[] {
  if (taken.parts === 0) return [];
  const { id, progress: before } = delivery;
  const summary = summarize(before ?? { said: [], more: 0 }, taken.outcomes);
  const became = weightiest([...taken.outcomes.map((one) => one.became), ...(before ? [before.became] : [])]);
  if (isWhole && taken.parts === parts.length) {
    return [{ id, state: 'done', became, outcome: outcomeWords(summary, leftOut) }];
  }
  const progress = { parts: (before?.parts ?? 0) + taken.parts, became, ...summary };
  const outcome = `${counted(progress.parts, 'alert')} done, others wait. ${outcomeWords(summary)}`;
  return [{ id, state: 'waiting', became: null, outcome, progress }];
}

function weightiest(became: readonly Became[]): Became {
  return BY_WEIGHT.find((one) => became.includes(one)) ?? 'ignored';
}

/** Deliveries are kept long enough to recognise every repeat, and then forgotten. */
export async function forgetOldDeliveries(db: Db, now: Date): Promise<void> {
  await forgetDeliveries(db, now);
}
