import { type Mrkdwn, mention, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { dayWords } from '../../blocks/kit/words.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import {
  findTriageItem,
  listTriageItems,
  lockOpenTriage,
  markItemDecided,
  type TriageItem,
} from '../../db/triage/triages.ts';
import { Refusal } from '../../domain/refusal.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { type Decision, defectKey } from '../../domain/vocabulary.ts';
import type { Doing } from '../doing.ts';
import { updateItem, updateParent } from './render-triage.ts';

/** Somebody clicked in the thread on an item that another person has just decided. */
export class AlreadyDecided extends Refusal {
  constructor(number: number) {
    super(`${defectKey(number)} has just been decided in this thread.`);
    this.name = 'AlreadyDecided';
  }
}

/**
 * Where this defect waits in the program's open triage, records who decided what, and shows it in the thread and in the
 * counts of its parent. Runs inside the transaction of the decision, after the defect is held and its event is logged.
 * A decision from the thread itself is refused where the item has one already; from elsewhere it then changes nothing.
 */
export async function settleTriageItem(
  tx: Db,
  program: Program,
  defect: Defect,
  decision: Decision,
  doing: Doing,
): Promise<void> {
  const triage = await lockOpenTriage(tx, program.id);
  const item = triage && (await findTriageItem(tx, triage.id, defect.id));
  if (!triage || !item) return;
  const { source } = await outcomeOf(tx, program, defect, decision, doing);
  const settled = await markItemDecided(tx, item.id, { decision, by: doing.by, at: doing.now, outcome: source });
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

/** What was settled, in mrkdwn: who owns it until when, or the sentence that the log keeps. */
async function outcomeOf(
  tx: Db,
  program: Program,
  defect: Defect,
  decision: Decision,
  { now }: Doing,
): Promise<Mrkdwn> {
  if (decision === 'need_info') {
    return defect.askedUserId ? mrkdwn`${mention(defect.askedUserId)} was asked.` : mrkdwn`The reporters were asked.`;
  }
  if (decision !== 'accept') return mrkdwn`${(await listEvents(tx, defect.id)).at(-1)?.why ?? ''}`;
  if (defect.state === 'claimed') return mrkdwn`The fix is claimed, and proving has begun.`;
  const owner = defect.ownerId ? mrkdwn`Owner ${mention(defect.ownerId)}` : mrkdwn`No owner`;
  const todayOn = localDateOn(now, program.timeZone);
  return defect.dueOn ? mrkdwn`${owner}, due ${dayWords(defect.dueOn, todayOn)}.` : mrkdwn`${owner}.`;
}
