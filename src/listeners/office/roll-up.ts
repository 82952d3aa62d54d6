import { monthAt, monthBefore, monthSpan, rollUpDueAt } from '../../domain/office/month.ts';
import { readableInChannel } from '../../requests/gate/who-reads.ts';
import { postRollUp } from '../../usecases/office/post-roll-up.ts';
import { listOfficePrograms, listOffices } from '../../usecases/office/read-offices.ts';
import type { Deps } from '../deps.ts';

/** Rolls up the month that is over for each office of a workspace where that is due; where Slack does not say who reads, later. */
export async function rollUpOffices(deps: Deps, workspaceId: string, now: Date): Promise<void> {
  for (const office of await listOffices(deps.db, workspaceId)) {
    const running = monthAt(now, office.timeZone);
    const month = monthBefore(running);
    if (office.rolledUpFor >= month || now < rollUpDueAt(running, office.timeZone)) continue;
    const programs = await listOfficePrograms(deps.db, office.id, monthSpan(month, office.timeZone).upTo);
    const readable = await readableInChannel(deps, office, programs);
    if (readable === null) continue;
    const audience =
      readable === 'outsiders' ? { kind: 'outsiders' as const } : { kind: 'mayRead' as const, programIds: readable };
    await postRollUp(deps.db, office, month, { audience, now });
    deps.wake();
  }
}
