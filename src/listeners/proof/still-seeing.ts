import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { SIGHTING_INPUTS, sightingModal } from '../../blocks/proof/still-seeing-message.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { onButton, onOpen } from '../../requests/listen/on-button.ts';
import { doneAnswer, onForm } from '../../requests/listen/on-form.ts';
import { findOrRefuse } from '../../usecases/defects/show-defect.ts';
import { answerStillSeeing, findOwnReport } from '../../usecases/proof/answer-still-seeing.ts';
import { stillSeeingKey } from '../../usecases/proof/ask-reporters.ts';
import { whatNow } from '../../usecases/reports/what-now.ts';
import { defectInMetadata, defectInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

/** What a reporter is asked about a claimed fix: a no is one click, a yes says when and where. */
export function registerStillSeeing(deps: Deps): void {
  const { db } = deps;
  onButton(deps, ACTIONS.notSeeing, {
    right: 'answer',
    names: defectInValue,
    work: (tx, { program, named: { number }, doing }) => answerStillSeeing(tx, program, number, 'no', doing),
  });
  onOpen(deps, ACTIONS.stillSeeing, {
    right: 'answer',
    names: defectInValue,
    view: async ({ program, named: { number }, doing, now }) => {
      const defect = await findOrRefuse(db, program, number);
      const { environment } = await findOwnReport(db, defect, doing);
      return sightingModal({ ref: { programId: program.id, number }, title: defect.title, now, environment });
    },
  });
  onForm(deps, VIEWS.stillSeeing, {
    right: 'answer',
    names: defectInMetadata,
    work: async (tx, { program, named: { number }, form, doing, now }) => {
      const seenAt = form.moment(SIGHTING_INPUTS.seenAt);
      if (!seenAt) throw new Refusal('Pick when you saw it.', SIGHTING_INPUTS.seenAt);
      const asked = await findOrRefuse(tx, program, number);
      const sighting = { seenAt, environment: form.text(SIGHTING_INPUTS.environment) };
      await answerStillSeeing(tx, program, number, sighting, doing);
      const defect = await findOrRefuse(tx, program, number);
      return (await whatNow(tx, program, defect, stillSeeingKey(asked, doing.by), now)).source;
    },
    answer: (said) => doneAnswer(new Mrkdwn(`Thank you. ${said}`)),
  });
}
