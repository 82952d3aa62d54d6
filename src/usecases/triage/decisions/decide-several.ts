import { severalDecided } from '../../../blocks/triage/decide-several.ts';
import { type Defect, lockDefectByNumber } from '../../../db/defects/defects.ts';
import { listEvents } from '../../../db/defects/events.ts';
import { enqueuePost } from '../../../db/messages/outbox.ts';
import { listCriteria } from '../../../db/proof/criteria.ts';
import { insertBatch } from '../../../db/triage/decision-batches.ts';
import { findTriage, listTriageItems, lockOpenTriage, type Triage } from '../../../db/triage/triages.ts';
import { isOpen } from '../../../domain/defects/lifecycle.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { cleanLine } from '../../../domain/text/clean-text.ts';
import type { Choice, DecidedBefore } from '../../../domain/triage/decide-several.ts';
import { acceptDefect } from '../../defects/accept-defect.ts';
import { recommitDefect } from '../../defects/recommit-defect.ts';
import { acceptRisk, dismissDefect } from '../../defects/set-aside-defect.ts';
import type { Db, Doing, Program } from '../../doing.ts';
import { criteriaFor } from '../agenda/default-criteria.ts';
import { addressOf, triageKeys } from '../render-triage.ts';
import { deferDefect } from './defer-defect.ts';

export type Chosen = { number: number; choice: Choice };
/** `passedOver` had been decided by somebody else before. */
export type DecidedSeveral = { decided: number[]; passedOver: number[] };

/** Decides many items of one thread in one transaction, and remembers how each stood, so that it can be undone as one. */
export async function decideSeveral(
  db: Db,
  program: Program,
  triageId: number,
  { chosen, reason }: { chosen: readonly Chosen[]; reason: string },
  doing: Doing,
): Promise<DecidedSeveral> {
  return db.transaction(async (tx) => {
    const wanted = chosen.filter(({ choice }) => choice.kind !== 'leave');
    if (wanted.length === 0) throw new Refusal('Nothing is chosen. Pick a decision for at least one item.');
    refuseWithoutReason(wanted, reason);
    const held = await holdAll(tx, program, wanted);
    const triage = await lockOpenTriage(tx, program.id);
    if (triage?.id !== triageId) throw new Refusal(await closedWords(tx, program, triageId));
    const waiting = new Set(
      (await listTriageItems(tx, triageId))
        .filter(({ item, defect }) => item.decision === null && isOpen(defect.state))
        .map(({ defect }) => defect.number),
    );
    const before: DecidedBefore[] = [];
    const passedOver: number[] = [];
    for (const { number, choice } of wanted) {
      const defect = held.get(number);
      if (!defect || !waiting.has(number)) {
        passedOver.push(number);
        continue;
      }
      const stood = await standingOf(tx, defect);
      await decide(tx, program, defect, choice, reason, { ...doing, triageId });
      before.push({ ...stood, eventId: (await listEvents(tx, defect.id)).at(-1)?.id ?? 0 });
    }
    if (before.length === 0) throw new Refusal('All of these have been decided meanwhile.');
    await tellThread(tx, program, triage, before, doing);
    return { decided: before.map(({ number }) => number), passedOver };
  });
}

function refuseWithoutReason(wanted: readonly Chosen[], reason: string): void {
  const isAsked = wanted.some(({ choice }) => choice.kind !== 'accept' && choice.kind !== 'keep');
  if (isAsked && !cleanLine(reason, 500)) {
    throw new Refusal('Say in a few words why, for what is deferred, dismissed or lived with.', 'reason');
  }
}

/** In the order of their numbers, so that two who decide at once never wait for each other. */
async function holdAll(tx: Db, program: Program, wanted: readonly Chosen[]): Promise<Map<number, Defect>> {
  const held = new Map<number, Defect>();
  for (const number of wanted.map((one) => one.number).sort((a, b) => a - b)) {
    const defect = await lockDefectByNumber(tx, program.id, number);
    if (defect) held.set(number, defect);
  }
  return held;
}

async function closedWords(tx: Db, program: Program, triageId: number): Promise<string> {
  return (await findTriage(tx, program.id, triageId))
    ? 'This triage is closed. Decide what is left in the next one, or by its card: `/defect show`.'
    : 'This thread is of a triage that is no longer here.';
}

async function standingOf(tx: Db, defect: Defect): Promise<Omit<DecidedBefore, 'eventId'>> {
  const { number, state, ownerId, dueOn, deferStreak } = defect;
  return {
    ...{ number, state, ownerId, dueOn, escape: defect.escape, deferStreak },
    acceptedAt: defect.acceptedAt?.toISOString() ?? null,
    lastTriagedAt: defect.lastTriagedAt?.toISOString() ?? null,
    askedAt: defect.askedAt?.toISOString() ?? null,
    criteria: (await listCriteria(tx, defect.id)).map(({ criterion }) => criterion),
  };
}

async function decide(tx: Db, program: Program, defect: Defect, choice: Choice, reason: string, doing: Doing) {
  const { number } = defect;
  switch (choice.kind) {
    case 'accept': {
      const { ownerId, dueOn } = choice;
      const criteria = await criteriaFor(tx, defect);
      return acceptDefect(tx, program, number, { ownerId, dueOn, criteria, escape: defect.escape }, doing);
    }
    case 'keep': {
      const { ownerId, dueOn } = choice;
      return recommitDefect(tx, program, number, { ownerId, dueOn, criteria: await criteriaFor(tx, defect) }, doing);
    }
    case 'defer':
      return deferDefect(tx, program, number, reason, doing);
    case 'accept_risk':
      return acceptRisk(tx, program, number, reason, doing);
    case 'dismiss':
      return dismissDefect(tx, program, number, reason, doing);
    case 'leave':
      return undefined;
  }
}

async function tellThread(
  tx: Db,
  program: Program,
  triage: Triage,
  before: DecidedBefore[],
  { by, now }: Doing,
): Promise<void> {
  const batch = await insertBatch(tx, { programId: program.id, triageId: triage.id, decidedBy: by, at: now, before });
  await enqueuePost(tx, {
    ...addressOf(program, now),
    dedupeKey: triageKeys.several(program, triage.dueAt, batch.id),
    parentKey: triageKeys.parent(program, triage.dueAt),
    body: severalDecided({
      ref: { programId: program.id, batchId: batch.id },
      by,
      numbers: before.map(({ number }) => number),
      undone: null,
    }),
  });
}
