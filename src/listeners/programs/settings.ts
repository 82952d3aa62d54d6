import type { ModalView } from '@slack/types';
import { ACTIONS } from '../../blocks/kit/ids.ts';
import { settingsPage } from '../../blocks/programs/settings-page.ts';
import { onOpen } from '../../requests/listen/on-button.ts';
import type { Db, Program } from '../../usecases/doing.ts';
import { readSettingsPage } from '../../usecases/programs/read-settings-page.ts';
import type { Deps } from '../deps.ts';
import { registerAreas } from './areas.ts';
import { registerPeopleForm } from './people-form.ts';
import { registerProgramForm } from './program-form.ts';
import { registerRitualForms } from './ritual-forms.ts';

/** `/defect settings`: a page of what is set, and a small form for each section on top of it. */
export function registerSettings(deps: Deps): void {
  onOpen(deps, [ACTIONS.setUpRituals, ACTIONS.openSettings], {
    right: 'lead',
    names: ({ value }) => (/^\d+$/.test(value) ? { programId: Number(value) } : {}),
    view: ({ program, now }) => openedSettings(deps.db, program, now),
  });
  registerProgramForm(deps);
  registerRitualForms(deps);
  registerAreas(deps);
  registerPeopleForm(deps);
}

export async function openedSettings(db: Db, program: Program, now: Date): Promise<ModalView> {
  return settingsPage(await readSettingsPage(db, program, now));
}
