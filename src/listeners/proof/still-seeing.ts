import { ACTIONS } from '../../blocks/kit/ids.ts';
import { onButton } from '../../requests/on-button.ts';
import { answerStillSeeing } from '../../usecases/proof/answer-still-seeing.ts';
import { defectInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

const SAID = { [ACTIONS.stillSeeing]: 'yes', [ACTIONS.notSeeing]: 'no' } as const;

/** The two buttons that ask a reporter whether a claimed fix holds for them. */
export function registerStillSeeing(deps: Deps): void {
  for (const actionId of [ACTIONS.stillSeeing, ACTIONS.notSeeing] as const) {
    onButton(deps, actionId, {
      right: 'answer',
      names: defectInValue,
      work: (tx, { program, named: { number }, doing }) =>
        answerStillSeeing(tx, program, number, SAID[actionId], doing),
    });
  }
}
