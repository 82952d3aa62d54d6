import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { REASSIGN_INPUTS, reassignModal } from '../../blocks/people/departed-message.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type Naming, TOO_OLD } from '../../requests/door.ts';
import { onOpen } from '../../requests/listen/on-button.ts';
import { doneAnswer, onForm } from '../../requests/listen/on-form.ts';
import { onPersonEvent } from '../../requests/listen/on-person-event.ts';
import { followPerson } from '../../usecases/people/know-person.ts';
import { type Left, listStillUnowned, reassignDeparted } from '../../usecases/people/reassign-departed.ts';
import { releaseDeparted } from '../../usecases/people/release-departed.ts';
import type { Deps } from '../deps.ts';
import { askSlack } from './people.ts';

const VALUE = /^(\d+):([UW][A-Z0-9]+):(\d+):(\d+(?:,\d+)*)$/;

function readLeft(text: string): Left & { programId: number } {
  const [, programId, userId = '', atMs, numbers = ''] = VALUE.exec(text) ?? [];
  if (!programId) throw new Refusal(TOO_OLD);
  return { programId: Number(programId), userId, atMs: Number(atMs), numbers: numbers.split(',').map(Number) };
}

const leftInValue: Naming<Left> = ({ value }) => readLeft(value);
const leftInMetadata: Naming<Left> = ({ view }) => readLeft(view?.private_metadata ?? '');

/** Accounts that change, and what somebody owned who is gone. */
export function registerDeparted(deps: Deps): void {
  const { db, clock, gate } = deps;
  onPersonEvent(deps, async ({ client, workspaceId, userId }) => {
    const now = clock.now();
    const isKnown = await followPerson(db, { workspaceId, userId }, now, (id) => askSlack(client, id));
    if (isKnown) await releaseDeparted(db, workspaceId, now);
  });
  onOpen(deps, ACTIONS.reassignAll, {
    right: 'decide',
    names: leftInValue,
    view: async ({ program, named: { numbers }, value }) => {
      const unowned = await listStillUnowned(db, program, numbers);
      if (unowned.length === 0) throw new Refusal('All of these have an owner or are closed by now.');
      return reassignModal(unowned, value);
    },
  });
  onForm(deps, VIEWS.reassign, {
    right: 'decide',
    names: leftInMetadata,
    check: async ({ program, form, ...of }) => {
      const ownerId = form.person(REASSIGN_INPUTS.owner);
      if (!ownerId) throw new Refusal('Pick somebody.', REASSIGN_INPUTS.owner);
      await gate.mustSee(of, program, ownerId, REASSIGN_INPUTS.owner);
      return ownerId;
    },
    work: (tx, { program, named, doing }, ownerId) => reassignDeparted(tx, program, named, ownerId, doing),
    answer: (said) => doneAnswer(new Mrkdwn(said)),
  });
}
