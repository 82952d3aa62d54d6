import { LEAD_ACTIONS, LEAD_VIEWS } from '../../blocks/kit/ids.ts';
import { defaultDueInput, defaultOwnerInput, defaultsForm } from '../../blocks/triage/defaults-form.ts';
import { DUE_SPANS } from '../../domain/defects/default-due.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { SEVERITIES } from '../../domain/vocabulary.ts';
import { TOO_OLD } from '../../requests/door.ts';
import type { FormAnswers } from '../../requests/listen/form-answers.ts';
import { onOpen } from '../../requests/listen/on-button.ts';
import { onForm } from '../../requests/listen/on-form.ts';
import { changeDefaults, readDefaults, type WantedDefaults } from '../../usecases/triage/change-defaults.ts';
import { programInMetadata, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

/** Who owns what comes in an area, and how long a severity may take: a small form on the page of the settings. */
export function registerDefaults(deps: Deps): void {
  onOpen(deps, LEAD_ACTIONS.openDefaults, {
    right: 'lead',
    names: programInValue,
    view: async ({ program }) => defaultsForm(await readDefaults(deps.db, program), String(program.id)),
  });
  onForm(deps, LEAD_VIEWS.defaults, {
    right: 'lead',
    names: programInMetadata,
    check: async ({ program, form, ...of }) => {
      const { areas } = await readDefaults(deps.db, program);
      // Areas of another program, or gone since the form was opened.
      if ([...ownersIn(form).keys()].some((id) => !areas.some((area) => area.id === id))) throw new Refusal(TOO_OLD);
      const known = new Set(areas.flatMap(({ ownerIds }) => ownerIds));
      for (const [areaId, ownerIds] of ownersIn(form)) {
        for (const userId of ownerIds)
          if (!known.has(userId)) await deps.gate.mustSee(of, program, userId, defaultOwnerInput(areaId));
      }
    },
    work: async (tx, { program, form, doing }) => {
      await changeDefaults(tx, program, wantedIn(form), doing);
    },
    answer: () => null,
  });
}

function wantedIn(form: FormAnswers): WantedDefaults {
  const dueSpans = SEVERITIES.map((severity) => {
    const field = defaultDueInput(severity);
    const span = DUE_SPANS.find((one) => one === form.choice(field));
    if (!span) throw new Refusal('Pick one of the spans.', field);
    return span;
  });
  return { ownerIds: ownersIn(form), dueSpans };
}

function ownersIn(form: FormAnswers): Map<number, string[]> {
  const ids = form.names.flatMap((name) => /^owners_(\d{1,15})$/.exec(name)?.[1] ?? []).map(Number);
  return new Map(ids.map((id) => [id, form.people(defaultOwnerInput(id))]));
}
