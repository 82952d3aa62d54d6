import type { App } from '@slack/bolt';
import { ACTIONS } from '../blocks/ids.ts';
import { answerStillSeeing } from '../usecases/answer-still-seeing.ts';
import { defectOf } from './defect-forms.ts';
import type { Deps } from './deps.ts';
import { onQuietButton } from './quiet-button.ts';

const SAID = { [ACTIONS.stillSeeing]: 'yes', [ACTIONS.notSeeing]: 'no' } as const;

/** The two buttons that ask a reporter whether a claimed fix holds for them. */
export function registerStillSeeing(app: App, deps: Deps): void {
  for (const actionId of [ACTIONS.stillSeeing, ACTIONS.notSeeing] as const) {
    onQuietButton(app, deps, actionId, async (db, { body, value, doing }) => {
      const { program, number } = await defectOf({ ...deps, db }, body, value);
      await answerStillSeeing(db, program, number, SAID[actionId], doing);
    });
  }
}
