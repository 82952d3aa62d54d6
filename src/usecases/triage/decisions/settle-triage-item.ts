import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../../blocks/kit/mrkdwn.ts';
import { dayWords } from '../../../blocks/kit/words.ts';
import type { Defect } from '../../../db/defects/defects.ts';
import { type DefectEvent, listEvents } from '../../../db/defects/events.ts';
import type { Db } from '../../../db/engine/client.ts';
import type { Program } from '../../../db/programs/programs.ts';
import {
  findTriageItem,
  listTriageItems,
  lockOpenTriage,
  markItemDecided,
  type TriageItem,
} from '../../../db/triage/triages.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { localDateOn } from '../../../domain/time/working-time.ts';
import { type Decision, defectKey } from '../../../domain/vocabulary.ts';
import type { Doing } from '../../doing.ts';
import { updateEscalation } from '../escalate.ts';
import { updateItem, updateParent } from '../render-triage.ts';

/** Somebody clicked in the thread on an item that another person has just decided. */
export class AlreadyDecided extends Refusal {
  constructor(number: number) {
    super(`${defectKey(number)} has just been decided in this thread.`);
    this.name = 'AlreadyDecided';
  }
}

/**
 * Where this defect waits in the program's open triage, records who decided what, and shows it in the thread and in the
 * counts of its parent; where it waits for the lead, shows it there. Runs inside the transaction of the decision, after
 * the defect is held and its event is logged. A decision from the thread itself is refused where the item has one
 * already; from elsewhere it then changes nothing.
 */
export async function settleTriageItem(
  tx: Db,
  program: Program,
  defect: Defect,
  decision: Decision,
  doing: Doing,
): Promise<void> {
  const outcome = await outcomeOf(tx, program, defect, decision, doing);
  await updateEscalation(tx, program, defect, { by: doing.by, outcome }, doing.now);
  const triage = await lockOpenTriage(tx, program.id);
  const item = triage && (await findTriageItem(tx, triage.id, defect.id));
  if (!triage || !item) return;
  const decided = { decision, by: doing.by, at: doing.now, outcome: outcome.source };
  const settled = await markItemDecided(tx, item.id, decided);
  if (!settled) {
    if (doing.triageId === triage.id) throw new AlreadyDecided(defect.number);
    return;
  }
  const items = await listTriageItems(tx, triage.id);
  const shown = items.find(isOf(settled));
  if (shown) await updateItem(tx, program, triage, shown, doing.now);
  await updateParent(tx, program, triage, items, doing.now);
}

function isOf(settled: TriageItem): (one: { item: TriageItem }) => boolean {
  return ({ item }) => item.id === settled.id;
}

/** What somebody did, to stand behind their name: "accepted it: @ana, due 4 Dec." */
async function outcomeOf(
  tx: Db,
  program: Program,
  defect: Defect,
  decision: Decision,
  { now }: Doing,
): Promise<Mrkdwn> {
  if (decision === 'accept') return promiseWords(defect, localDateOn(now, program.timeZone), now);
  const last = (await listEvents(tx, defect.id)).at(-1);
  const why = last?.why ?? '';
  switch (decision) {
    case 'merge':
      return mrkdwn`${mergedWords(why)}`;
    case 'dismiss':
      return mrkdwn`says it is not a defect: ${why}`;
    case 'accept_risk':
      return mrkdwn`accepted the risk: ${why}`;
    case 'need_info':
      return mrkdwn`asked ${askedWords(defect, last)}: ${why}`;
    case 'defer':
      return mrkdwn`deferred it to the next triage: ${why}`;
    case 'split':
      return mrkdwn`split it: ${why}`;
  }
}

/** "Merged into D-4." as the log says it. */
function mergedWords(why: string): string {
  return why.startsWith('Merged ') ? `merged it ${why.slice('Merged '.length)}` : `merged it. ${why}`;
}

function askedWords({ askedUserId }: Defect, asked: DefectEvent | undefined): Mrkdwn {
  const ids = (asked?.data?.askedIds ?? (askedUserId ? [askedUserId] : [])) as string[];
  return ids.length > 0 ? joinMrkdwn(ids.map(mention), ', ') : mrkdwn`the reporters`;
}

function promiseWords(defect: Defect, todayOn: string, now: Date): Mrkdwn {
  if (defect.state === 'claimed' && defect.claimedAt?.getTime() === now.getTime()) {
    return mrkdwn`claimed its fix, and proving has begun.`;
  }
  const isNew = defect.acceptedAt?.getTime() === now.getTime();
  const owner = defect.ownerId ? mention(defect.ownerId) : mrkdwn`nobody`;
  const due = defect.dueOn && defect.state !== 'claimed' ? mrkdwn`, due ${dayWords(defect.dueOn, todayOn)}` : '';
  return mrkdwn`${isNew ? 'accepted it' : 'kept it'}: ${owner}${due}.`;
}
