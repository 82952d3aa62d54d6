import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../../../src/db/engine/client.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { decisionBatches } from '../../../src/db/schema/rituals.ts';
import type { Triage } from '../../../src/db/triage/triages.ts';
import type { Acceptance } from '../../../src/usecases/defects/accept-defect.ts';
import { closeDueTriages } from '../../../src/usecases/triage/close-triage.ts';
import { type Opened, openTriage } from '../../../src/usecases/triage/open-triage.ts';

/** Everything that the bot has due in a workspace: where, whether it is new, and all that a reader sees of it. */
export async function outgoing(db: Db, program: Program) {
  const found = await db
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspaceId, program.workspaceId)))
    .orderBy(asc(outbox.id));
  return found.map(({ kind, channel, dedupeKey, parentKey, targetKey, body, state }) => ({
    kind,
    channel,
    dedupeKey,
    parentKey,
    targetKey,
    state,
    body,
    seen: JSON.stringify(body.blocks),
  }));
}

/** Says that everything due has been sent, so that later changes are edits. */
export async function sendAll(db: Db, program: Program): Promise<void> {
  await db
    .update(outbox)
    .set({ state: 'sent', sentTs: '1.1', sentChannel: program.channelId })
    .where(and(eq(outbox.workspaceId, program.workspaceId), eq(outbox.state, 'due')));
}

export function openAt(db: Db, program: Program, at: Date, over: { late?: boolean } = {}): Promise<Opened> {
  return db.transaction((tx) => openTriage(tx, program, { dueAt: at, late: over.late ?? false, now: at }));
}

/** Closes what is due, and answers what of it is this program's: the tests of a suite share one database. */
export async function closeDueOf(db: Db, program: Program, now: Date): Promise<Triage[]> {
  return (await closeDueTriages(db, now)).filter(({ programId }) => programId === program.id);
}

/** What was decided in one form, by its ids, the oldest first. */
export async function listBatches(db: Db, program: Program): Promise<number[]> {
  const ofProgram = eq(decisionBatches.programId, program.id);
  const found = await db
    .select({ id: decisionBatches.id })
    .from(decisionBatches)
    .where(ofProgram)
    .orderBy(asc(decisionBatches.id));
  return found.map(({ id }) => id);
}

export const anAcceptance: Acceptance = {
  ownerId: 'UANA',
  dueOn: '2026-12-31',
  criteria: [{ kind: 'max_reports', limit: 0 }],
  escape: 'no_test',
};
