import type { ModalView } from '@slack/types';
import { ACTIONS, LEAD_ACTIONS, LEAD_VIEWS, VIEWS } from '../../blocks/kit/ids.ts';
import { mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import {
  nameAccountModal,
  nameOwnAccountModal,
  readWhoInput,
  WHO_INPUTS,
  whoIsWhoModal,
} from '../../blocks/trackers/who-is-forms.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Naming } from '../../requests/door.ts';
import type { FormAnswers } from '../../requests/listen/form-answers.ts';
import { onButton, onOpen } from '../../requests/listen/on-button.ts';
import { doneAnswer, onForm } from '../../requests/listen/on-form.ts';
import { addAccount, nameAccount, nameOwnAccount } from '../../usecases/trackers/people/name-account.ts';
import {
  findNamedAccount,
  readOwnQuestion,
  readQuestion,
  readWhoIsWho,
} from '../../usecases/trackers/people/read-who-is-who.ts';
import { NO_ID, programInMetadata, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

type Question = { personId: number };

const questionIn = (text: string): Question & { programId: number } => {
  const [programId, personId] = text.split(':');
  return { programId: Number(programId || NO_ID), personId: Number(personId || NO_ID) };
};
const questionInValue: Naming<Question> = ({ value }) => questionIn(value);
const questionInMetadata: Naming<Question> = ({ view }) => questionIn(view?.private_metadata ?? '');

/** Who is who in the trackers: the answers of those who were asked, and the window of `/defect settings`. */
export function registerWhoIsWho(deps: Deps): void {
  const { db } = deps;
  const asking = { db, keys: deps.keys, open: deps.openTracker };

  onOpen(deps, LEAD_ACTIONS.nameAccount, {
    right: 'lead',
    names: questionInValue,
    view: async ({ program, named }) => nameAccountModal(await readQuestion(db, program, named.personId), program.id),
  });
  onForm(deps, LEAD_VIEWS.nameAccount, {
    right: 'lead',
    names: questionInMetadata,
    inputs: WHO_INPUTS,
    work: (tx, { program, named, form, doing }) =>
      nameAccount(tx, program, named.personId, form.person(WHO_INPUTS.person), doing),
    answer: ({ name }) => doneAnswer(mrkdwn`It is known now who ${name} is. What waited for that follows in a moment.`),
  });

  onOpen(deps, ACTIONS.nameOwnAccount, {
    right: 'read',
    names: questionInValue,
    view: async ({ program, named, userId }) =>
      nameOwnAccountModal(await readOwnQuestion(db, program, named.personId, userId), program.id),
  });
  onForm(deps, VIEWS.nameOwnAccount, {
    right: 'read',
    names: questionInMetadata,
    inputs: WHO_INPUTS,
    check: async ({ program, named, form, userId }) => {
      const { kind, home } = await readOwnQuestion(db, program, named.personId, userId);
      const isThere = (one: { kind: string; home: string }) => one.kind === kind && one.home === home;
      return findNamedAccount(asking, program, { isThere, named: form.text(WHO_INPUTS.account) });
    },
    work: async (tx, { program, named, doing }, { account }) => {
      await nameOwnAccount(tx, program, named.personId, account, doing);
      return account.name;
    },
    answer: (name) => doneAnswer(mrkdwn`You are ${name} there from now on. What waited for that follows in a moment.`),
  });
  onButton(deps, ACTIONS.noAccount, {
    right: 'read',
    names: questionInValue,
    work: (tx, { program, named, doing }) => nameOwnAccount(tx, program, named.personId, null, doing),
  });

  onOpen(deps, LEAD_ACTIONS.openTrackerPeople, {
    right: 'lead',
    names: programInValue,
    view: async ({ program }): Promise<ModalView> => whoIsWhoModal(await readWhoIsWho(db, program), program.id),
  });
  onForm(deps, LEAD_VIEWS.trackerPeople, {
    right: 'lead',
    names: programInMetadata,
    inputs: WHO_INPUTS,
    check: async ({ program, form }) => {
      const named = form.text(WHO_INPUTS.account).trim();
      if (named === '') return null;
      const userId = form.person(WHO_INPUTS.person);
      if (!userId) throw new Refusal('Pick who that is here.', WHO_INPUTS.person);
      const trackerId = Number(form.choice(WHO_INPUTS.tracker));
      const isThere = ({ id }: { id: number }) => id === trackerId;
      return { userId, ...(await findNamedAccount(asking, program, { isThere, named })) };
    },
    work: async (tx, { program, form, doing }, added) => {
      for (const { id, userId } of changedIn(form)) await nameAccount(tx, program, id, userId, doing);
      if (added) await addAccount(tx, program, added, added, doing);
    },
    answer: () => null,
  });
}

/** Whom somebody has changed in this window: two may have it open at once. */
function changedIn(form: FormAnswers): { id: number; userId: string | null }[] {
  return form.names.flatMap((name) => {
    const input = readWhoInput(name);
    const userId = input && form.person(name);
    return input && userId !== input.before ? [{ id: input.id, userId }] : [];
  });
}
