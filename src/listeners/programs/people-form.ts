import { LEAD_ACTIONS, LEAD_VIEWS } from '../../blocks/kit/ids.ts';
import { PEOPLE_INPUTS, peopleForm } from '../../blocks/programs/people-form.ts';
import type { PeopleSettings } from '../../domain/programs/settings.ts';
import type { FormAnswers } from '../../requests/listen/form-answers.ts';
import { onOpen } from '../../requests/listen/on-button.ts';
import { type AskedForm, onForm } from '../../requests/listen/on-form.ts';
import { changeSettings } from '../../usecases/programs/change-settings.ts';
import { readSettings } from '../../usecases/programs/read-settings.ts';
import { programInMetadata, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { proposeFacilitators } from './propose-facilitators.ts';
import { renewWhereSaved } from './ritual-forms.ts';

/** Who leads, decides and facilitates: a small form on the page of the settings. */
export function registerPeopleForm(deps: Deps): void {
  onOpen(deps, LEAD_ACTIONS.openPeople, {
    right: 'lead',
    names: programInValue,
    view: async ({ program, client, workspaceId }) => {
      const settings = await readSettings(deps.db, program);
      const proposed = await proposeFacilitators(deps, { client, workspaceId }, program);
      const facilitatorIds = proposed ?? settings.facilitatorIds;
      return peopleForm({ ...settings, facilitatorIds }, String(program.id), { areProposed: proposed !== null });
    },
  });
  onForm(deps, LEAD_VIEWS.people, {
    right: 'lead',
    names: programInMetadata,
    inputs: PEOPLE_INPUTS,
    check: (asked) => refuseOutsiders(deps, asked),
    work: (tx, { program, form, doing }) => changeSettings(tx, program, readPeople(form), doing),
    answer: () => null,
    afterwards: (asked, said) => renewWhereSaved(deps, asked, said),
  });
}

/** Whoever leads, decides or facilitates must be able to see the program. */
async function refuseOutsiders({ gate }: Deps, { program, form, ...of }: AskedForm<object>): Promise<void> {
  const { leads, deciders, facilitators } = PEOPLE_INPUTS;
  const known = new Set([...program.leadIds, ...(program.deciderIds ?? []), ...program.facilitatorIds]);
  for (const field of [leads, deciders, facilitators]) {
    for (const userId of form.people(field)) if (!known.has(userId)) await gate.mustSee(of, program, userId, field);
  }
}

function readPeople(form: FormAnswers): PeopleSettings {
  const INPUT = PEOPLE_INPUTS;
  const deciderIds = form.people(INPUT.deciders);
  return {
    leadIds: form.people(INPUT.leads),
    deciderIds: deciderIds.length > 0 ? deciderIds : null,
    facilitatorIds: form.people(INPUT.facilitators),
    strangersMayReport: form.choice(INPUT.strangers) === 'report',
  };
}
