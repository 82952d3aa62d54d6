import { type Defect, findDefect } from '../../src/db/defects/defects.ts';
import { applyTransition } from '../../src/db/defects/events.ts';
import type { Db } from '../../src/db/engine/client.ts';
import type { Program } from '../../src/db/programs/programs.ts';
import { planTransition } from '../../src/domain/defects/lifecycle.ts';
import { Refusal } from '../../src/domain/errors/refusal.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import { statusOf, type TicketStatus } from '../../src/domain/trackers/ticket-status.ts';
import { type Severity, THE_BOT } from '../../src/domain/vocabulary.ts';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { assignOwner, changeDue, relabelDefect } from '../../src/usecases/defects/change-defect.ts';
import { dismissDefect, reopenDefect } from '../../src/usecases/defects/set-aside-defect.ts';
import { claimFix } from '../../src/usecases/proof/claim-fix.ts';
import { PEOPLE, type Place } from './side.ts';

/** What somebody said of a defect or its ticket, and where. */
export type Said = {
  side: 'slack' | 'tracker';
  by: 'person' | 'bot';
  /** Null where it said nothing that the other side would show as a status. */
  status: TicketStatus | null;
  title?: string;
  /** Undefined where it said nothing of it. */
  dueOn?: string | null;
  ownerId?: string | null;
  severity?: Severity;
  label?: string;
};

export const PROMISE = {
  ownerId: 'UANA',
  dueOn: '2089-12-31',
  criteria: [{ kind: 'max_reports', limit: 0 }],
  escape: null,
} as const;

/** One edit in Slack, of those that the state of the defect allows; null where it was refused. */
export async function editInSlack(
  db: Db,
  program: Program,
  defectId: number,
  random: () => number,
): Promise<Said | null> {
  const before = await findDefect(db, program.id, defectId);
  if (!before) return null;
  const doing = { by: 'UANA', now: new Date() };
  const by = before.state === 'claimed' || before.state === 'proven' ? 'bot' : 'person';
  try {
    const after = await change(db, program, before, doing, random);
    if (!after) return null;
    const status = statusOf(after.state);
    // Whoever accepts says anew that it is to do, who owns it and by when, and what came back has no date, also where it had none.
    const isAccepted = before.state === 'new';
    const isBack = by === 'bot' && after.state === 'accepted';
    return {
      ...{ side: 'slack', by, status: status === statusOf(before.state) && !isAccepted ? null : status },
      ...(after.dueOn === before.dueOn && !isAccepted && !isBack ? {} : { dueOn: after.dueOn }),
      ...(after.ownerId === before.ownerId && !isAccepted ? {} : { ownerId: after.ownerId }),
      ...(after.severity === before.severity ? {} : { severity: after.severity }),
    };
  } catch (error) {
    // The bot was faster on the same defect.
    if (error instanceof Refusal) return null;
    throw error;
  }
}

async function change(
  db: Db,
  program: Program,
  defect: Defect,
  doing: { by: string; now: Date },
  random: () => number,
): Promise<Defect | null> {
  const { number } = defect;
  switch (defect.state) {
    case 'new':
      return acceptDefect(db, program, number, PROMISE, doing);
    case 'accepted': {
      const dice = random();
      if (dice < 0.2) return changeDue(db, program, number, { dueOn: someDay(random), reason: 'More to do' }, doing);
      if (dice < 0.35) return assignOwner(db, program, number, defect.ownerId === 'UANA' ? 'UBEN' : 'UANA', doing);
      if (dice < 0.45) {
        const severity = defect.severity === 'S3' ? 'S2' : 'S3';
        return relabelDefect(db, program, number, { severity, reason: 'It is another' }, doing);
      }
      if (dice < 0.6) return dismissDefect(db, program, number, 'Works as meant', doing);
      if (defect.failedFixes >= 2) return null;
      const claim = { keepingNote: 'A test', fixKind: 'code', deployedAt: doing.now, environments: [] } as const;
      return claimFix(db, program, number, claim, doing);
    }
    case 'claimed':
      return random() < 0.6 ? judge(db, defect, 'failed', doing.now) : judge(db, defect, 'proven', doing.now);
    case 'proven':
      return judge(db, defect, 'regressed', doing.now);
    case 'dismissed':
      return reopenDefect(db, program, number, 'Seen again', doing);
    default:
      return null;
  }
}

/** As the data would: it asks for no leave. */
async function judge(db: Db, defect: Defect, kind: 'failed' | 'proven' | 'regressed', at: Date): Promise<Defect> {
  const because = { actor: THE_BOT, at, why: 'One report since the fix.' };
  const failed = kind === 'failed' ? { failedFixes: defect.failedFixes + 1 } : {};
  const patch = kind === 'proven' ? {} : { dueOn: null, ...failed };
  return db.transaction((tx) => applyTransition(tx, defect, planTransition(defect, kind), because, patch));
}

/**
 * One edit by Ana in a tracker: she closes, opens again, assigns, adds a label, gives another title or, where there are any,
 * another due date.
 */
export async function editInTracker(place: Place, key: string, random: () => number): Promise<Said> {
  const said = { side: 'tracker', by: 'person', status: null } as const;
  const dice = random();
  if (dice < 0.15) {
    const title = `As Ana calls it, ${Math.floor(random() * 1e9)}`;
    await place.rename(key, title);
    return { ...said, title };
  }
  if (dice < 0.25 && place.setDue) {
    const dueOn = someDay(random);
    await place.setDue(key, dueOn);
    return { ...said, dueOn };
  }
  if (dice < 0.4) {
    return { ...said, ownerId: PEOPLE[await place.giveOn(key)] };
  }
  if (dice < 0.45) {
    const label = `Ana's ${Math.floor(random() * 1e9)}`;
    await place.addLabel(key, label);
    return { ...said, label };
  }
  const isOpen = (await place.statusOf(key)) === 'open';
  const status = !isOpen ? 'open' : random() < 0.75 ? 'done' : 'not_planned';
  await place.setStatus(key, status);
  return { ...said, status };
}

/** A day that has not come yet, and no other edit names. */
function someDay(random: () => number): string {
  return new Date(Date.UTC(2090, 0, 1) + Math.floor(random() * 30_000) * DAY_MS).toISOString().slice(0, 10);
}
