import { notGivenMessage } from '../../../blocks/trackers/who-is-messages.ts';
import { enqueuePosts } from '../../../db/messages/outbox.ts';
import type { TrackerPersonRow } from '../../../db/trackers/tracker-people.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { THE_BOT } from '../../../domain/vocabulary.ts';
import { assignOwner } from '../../defects/change-defect.ts';
import type { Db } from '../../doing.ts';
import type { Learnt, OwnerFacts } from '../sync/bring-owner-together.ts';
import { type AskedAbout, askedOf } from './ask-who.ts';

type Taking = AskedAbout & {
  facts: Omit<OwnerFacts, 'db'>;
  account: string;
  /** What is known of the account. */
  who: TrackerPersonRow | undefined;
  learnt: Learnt;
};

/**
 * A ticket was given to an account: whoever that is owns the defect now, and is told so as if it had been done in Slack.
 * `asked` where nobody knows whose account it is, and then nothing is agreed on, so that nothing is lost.
 */
export async function takeAssignee(tx: Db, taking: Taking): Promise<'done' | 'asked' | 'later'> {
  const { program, defect, who, learnt, tracker, ticket, facts } = taking;
  if (!who || (who.userId === null && who.knownBy === null)) return 'asked';
  // Somebody has said that it is nobody here.
  if (who.userId === null || who.userId === defect.ownerId) return 'done';
  if (learnt.mayOwn?.userId !== who.userId) return 'later';
  if (learnt.mayOwn.answer === 'no') {
    await tellNotGiven(tx, taking, who.userId, 'cannot_see');
    return 'done';
  }
  const by = learnt.byUserId;
  const through = { key: ticket.key ?? tracker.place, place: tracker.place, by };
  const actor = by === null ? THE_BOT : ({ kind: 'person', userId: by } as const);
  try {
    await assignOwner(tx, program, defect.number, who.userId, { by: by ?? '', now: facts.now, actor, through });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return 'done';
}

/** Once for each change of the ticket, to those who lead. */
export async function tellNotGiven(
  tx: Db,
  { program, tracker, defect, ticket, facts, account, who }: Omit<Taking, 'learnt'>,
  userId: string,
  why: 'cannot_see' | 'not_assignable',
): Promise<void> {
  const { number, title, ownerId } = defect;
  const body = notGivenMessage({
    ...{ number, title, ownerId, userId, why },
    ...{ kind: tracker.kind, account: who?.name ?? account, place: tracker.place },
    ticket: { key: ticket.key ?? tracker.place, url: ticket.url ?? tracker.webUrl },
  });
  const dedupeKey = `not-given:${ticket.id}:${account}:${why}:${userId}:${ownerId ?? ''}`;
  const post = { workspaceId: program.workspaceId, programId: program.id, dedupeKey, body, runAt: facts.now };
  await enqueuePosts(tx, post, askedOf(program, tracker));
}
