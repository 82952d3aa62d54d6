import type { KeyRing } from '../../../db/engine/sealed.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { ticketStatusWords } from '../../../domain/trackers/ticket-status.ts';
import { type Access, type OpenTracker, TRACKER_NAMES, type TrackerTrouble } from '../../../domain/trackers/tracker.ts';
import type { Db, Program } from '../../doing.ts';
import { openTracker } from '../sync/work-on-tickets.ts';
import type { Connection } from './change-tracker.ts';

/** Reads one ticket of a tracker and writes none; says what it read, or what is wrong. */
export async function tryTracker(
  deps: { db: Db; keys: KeyRing; open: OpenTracker },
  program: Program,
  id: number,
): Promise<string> {
  const opened = await openTracker(deps, id);
  if (!opened || opened.program.id !== program.id) throw new Refusal('This tracker is no longer connected.');
  const { row, tracker } = opened;
  const answer = await tracker.introduce();
  if ('trouble' in answer) return troubleWords(answer.trouble, row);
  const { latest, isPublic } = answer.ok;
  const account = answer.ok.accountName ?? answer.ok.account;
  const read = isPublic ? ' Everybody can read what is written there.' : '';
  if (!latest) return `It answers, as ${account}.${read} ${row.place} has no ticket yet.`;
  return `It answers, as ${account}.${read} The ticket that changed last is ${latest.key} “${latest.title}”, ${ticketStatusWords(latest.status)}.`;
}

/**
 * Asks a place that is about to be connected who we are there. What is wrong is a Refusal at its field; so is a place that
 * everybody can read, for a program that only those in its channel may know of.
 */
export async function introduceTracker(open: OpenTracker, program: Program, access: Access): Promise<Connection> {
  const answer = await open(access).introduce();
  if ('trouble' in answer) {
    const { trouble } = answer;
    const ofApp = trouble.kind === 'refused' ? trouble.at : undefined;
    throw new Refusal(troubleWords(trouble, access), ofApp ?? (trouble.kind === 'missing' ? 'place' : 'token'));
  }
  const { kind, place, site = null } = access;
  const { webUrl, account, accountName = null, isPublic } = answer.ok;
  if (isPublic && program.channelIsPrivate)
    throw new Refusal(
      `Everybody can read ${place}, and the channel of ${program.name} is private. Connect a private one.`,
      'place',
    );
  return { kind, place, site, webUrl, account, accountName, isPublic };
}

export function troubleWords(trouble: TrackerTrouble, { kind, place }: Pick<Access, 'kind' | 'place'>): string {
  const name = TRACKER_NAMES[kind];
  switch (trouble.kind) {
    case 'refused':
      return trouble.words;
    case 'missing':
      return `${name} has no ${place}, or what it is connected with does not reach it.`;
    case 'limited':
      return `${name} has been asked too much for the moment. Try again in a few minutes.`;
    case 'later':
    case 'lost':
      return `${name} did not answer. Try again in a moment.`;
  }
}
