import { ACTIONS } from '../../blocks/kit/ids.ts';
import { onButton } from '../../requests/listen/on-button.ts';
import { keepProving } from '../../usecases/proof/keep-proving.ts';
import { defectInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

/** Beside a defect that is seen less and not gone, in the owner's message and in triage. */
export function registerKeepProving(deps: Deps): void {
  onButton(deps, ACTIONS.keepProving, {
    right: 'decide',
    names: defectInValue,
    work: async (tx, { program, named: { number, triageId }, doing }) => {
      await keepProving(tx, program, number, { ...doing, triageId });
    },
  });
}
