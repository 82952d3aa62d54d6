import { EXIT_INPUTS, exitForm, parseExit } from '../../blocks/exit/exit-form.ts';
import { LEAD_ACTIONS, LEAD_VIEWS } from '../../blocks/kit/ids.ts';
import type { Asked } from '../../requests/door.ts';
import { inModal } from '../../requests/listen/answer.ts';
import { onButton, onOpen } from '../../requests/listen/on-button.ts';
import { onForm } from '../../requests/listen/on-form.ts';
import type { Db } from '../../usecases/doing.ts';
import { changeExitCriteria } from '../../usecases/exit/change-exit-criteria.ts';
import { endProgram, goOn, startAgain } from '../../usecases/exit/end-program.ts';
import { exitCriteriaOf } from '../../usecases/exit/gather-scorecard.ts';
import { programInMetadata, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { renewSettings } from '../programs/renew-settings.ts';

/** What a program sets for its own end, and the end itself. */
export function registerExit(deps: Deps): void {
  onOpen(deps, LEAD_ACTIONS.openExit, {
    right: 'lead',
    names: programInValue,
    view: async ({ program }) => exitForm(exitCriteriaOf(program), program.endedAt, String(program.id)),
  });
  onForm(deps, LEAD_VIEWS.exit, {
    right: 'lead',
    names: programInMetadata,
    inputs: EXIT_INPUTS,
    work: (tx, { program, form, doing }) => changeExitCriteria(tx, program, parseExit(form.text), doing),
    answer: () => null,
    afterwards: (asked, said) => renewSettings(deps, asked, said),
  });
  const answers = [
    [LEAD_ACTIONS.endProgram, endProgram],
    [LEAD_ACTIONS.goOn, goOn],
  ] as const;
  for (const [id, work] of answers) {
    onButton(deps, id, { right: 'lead', names: programInValue, work: (tx, asked) => done(work, tx, asked) });
  }
  onButton(deps, LEAD_ACTIONS.startAgain, {
    right: 'lead',
    names: programInValue,
    work: (tx, asked) => done(startAgain, tx, asked),
    tell: async (_, asked) => {
      const { program, client, view } = asked;
      await inModal(client, view?.id, exitForm(exitCriteriaOf(program), null, String(program.id)));
      await renewSettings(deps, asked, ['The program starts again.']);
    },
  });
}

/** What was done once is remembered as JSON. */
async function done(work: typeof endProgram, tx: Db, { program, doing }: Asked): Promise<true> {
  await work(tx, program, doing);
  return true;
}
