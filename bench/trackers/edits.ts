import { type Defect, findDefect } from '../../src/db/defects/defects.ts';
import { applyTransition } from '../../src/db/defects/events.ts';
import type { Db } from '../../src/db/engine/client.ts';
import type { Program } from '../../src/db/programs/programs.ts';
import { planTransition } from '../../src/domain/defects/lifecycle.ts';
import { Refusal } from '../../src/domain/errors/refusal.ts';
import { statusOf, type TicketStatus } from '../../src/domain/trackers/ticket-status.ts';
import { THE_BOT } from '../../src/domain/vocabulary.ts';
import { acceptDefect } from '../../src/usecases/defects/accept-defect.ts';
import { dismissDefect, reopenDefect } from '../../src/usecases/defects/set-aside-defect.ts';
import { claimFix } from '../../src/usecases/proof/claim-fix.ts';
import type { GithubServer } from './github-server.ts';

/** What somebody said of a defect or its ticket, and where. */
export type Said = {
  side: 'slack' | 'tracker';
  by: 'person' | 'bot';
  /** Null where it said nothing that the other side would show as a status. */
  status: TicketStatus | null;
};

export const PROMISE = {
  ownerId: 'UANA',
  dueOn: '2099-01-01',
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
  const defect = await findDefect(db, program.id, defectId);
  if (!defect) return null;
  const doing = { by: 'UANA', now: new Date() };
  const said = (after: Defect, by: Said['by'] = 'person'): Said => {
    const status = statusOf(after.state);
    return { side: 'slack', by, status: status === statusOf(defect.state) ? null : status };
  };
  const { number } = defect;
  try {
    switch (defect.state) {
      case 'new':
        return said(await acceptDefect(db, program, number, PROMISE, doing));
      case 'accepted': {
        if (random() < 0.3) return said(await dismissDefect(db, program, number, 'Works as meant', doing));
        const claim = { keepingNote: 'A test', fixKind: 'code', deployedAt: doing.now, environments: [] } as const;
        if (defect.failedFixes >= 2) return null;
        return said(await claimFix(db, program, number, claim, doing));
      }
      case 'claimed': {
        const because = { actor: THE_BOT, at: doing.now, why: 'One report since the fix.' };
        const kind = random() < 0.6 ? 'failed' : 'proven';
        const patch = kind === 'failed' ? { failedFixes: defect.failedFixes + 1, dueOn: null } : {};
        return said(await applyTransition(db, defect, planTransition(defect, kind), because, patch), 'bot');
      }
      case 'dismissed':
        return said(await reopenDefect(db, program, number, 'Seen again', doing));
      default:
        return null;
    }
  } catch (error) {
    // The bot was faster on the same defect.
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** One edit on GitHub by Ana: she closes, opens again, or gives another title. */
export async function editOnGithub(
  github: GithubServer,
  path: string,
  random: () => number,
): Promise<Said & { title?: string }> {
  const { state } = await github.as('ana', 'GET', path);
  const dice = random();
  if (dice < 0.2) {
    const title = `As Ana calls it, ${Math.floor(random() * 1e9)}`;
    await github.as('ana', 'PATCH', path, { title });
    return { side: 'tracker', by: 'person', status: null, title };
  }
  const status = state === 'closed' ? 'open' : dice < 0.8 ? 'done' : 'not_planned';
  const reason = { open: 'reopened', done: 'completed', not_planned: 'not_planned' }[status];
  await github.as('ana', 'PATCH', path, { state: status === 'open' ? 'open' : 'closed', state_reason: reason });
  return { side: 'tracker', by: 'person', status };
}
